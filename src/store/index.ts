import { sql } from "kysely";
import type { Event } from "../domain/event";
import { OPEN_STATES } from "../domain/request";
import type { StoreLocation } from "../domain/store-location";
import type { CardPlace, Ring } from "../workflow/outbox-message";
import type { Reads, StorePort, Tx } from "../workflow/store-port";
import { appHomeQueue, appHomesIn } from "./app-homes";
import { attemptReads, attemptWrites } from "./attempts";
import type { Database, Db, Differences, Statement } from "./database";
import { eventReads, eventWrites } from "./events";
import { forgetAttempt, forgetMessages, forgetRequest } from "./forget";
import { countsOfKeys } from "./key-counts";
import { keyOwnerReads, NOT_LIVING } from "./key-owners";
import { countOfKeys, namedKeys, pageOfKeys, unsettledKeys } from "./key-pages";
import { keyReads, keyWrites, powerfulCount } from "./keys";
import { leakMessages, leakReads, leakWrites } from "./leak-messages";
import { leaverCards, leaverReads, leaverWrites } from "./leavers";
import { outboxQueue } from "./outbox";
import { noteRung, outboxIn } from "./outbox-in";
import { policyReads, policyWrites } from "./policies";
import { openPostgres } from "./postgres/database";
import { replicasIn } from "./replicas";
import { requestReads, requestWrites, setCard, setDm } from "./requests";
import { aboutReads } from "./requests-about";
import { openSqlite } from "./sqlite/database";
import type { StoreClock } from "./store-clock";
import { timerQueue, timerWrites } from "./timers";
import { waitingReads } from "./waiting-requests";

export { NewerDatabase, StoreMoved } from "./migrate";

/** Who is told what happens in the store. */
export type StoreListeners = {
  /** Each event, once it is written for good. */
  onEvent?: (event: Event) => void;
  /** A row that can't be read, by its table and id: what asks for more than one row leaves it out. */
  onUnreadable?: (row: string) => void;
  /** The database file is on a file system that may be another machine's; its name. */
  onDoubtfulDisk?: (fileSystem: string) => void;
  /** Each statement that the store runs, with what is bound to it. */
  onStatement?: (statement: Statement) => void;
};

const nobody = (): void => {};

/**
 * Opens the store.
 * @param clock the clock of this process. PostgreSQL has one of its own, by which leases are held and things are due
 * @throws NewerDatabase where a newer version wrote it, StoreMoved where it was moved; the database's own error where it
 *   cannot be opened, written or migrated
 */
export async function openStore(
  location: StoreLocation,
  clock: StoreClock,
  { onEvent = nobody, onUnreadable = nobody, onDoubtfulDisk = nobody, onStatement = nobody }: StoreListeners = {},
): Promise<StorePort> {
  const wakers = new Set<() => void>();
  const opening = {
    onStatement,
    onDoubtfulDisk,
    onWake: () => {
      for (const wake of wakers) wake();
    },
  };
  const database =
    location.kind === "sqlite"
      ? await openSqlite(location.file, clock, opening)
      : await openPostgres(location, clock, opening);
  return {
    read: (work) => database.read((db, at) => work(readsOn({ db, at, database, onUnreadable }))),
    transact: async (work, names = async () => []) => {
      const events: Event[] = [];
      const result = await database.transact(
        (db, at) => work(txOn({ db, at, database, onUnreadable }, events)),
        (db, at) => names(readsOn({ db, at, database, onUnreadable })),
      );
      events.forEach(onEvent);
      return result;
    },
    outbox: {
      ...outboxQueue(database, onUnreadable),
      forget: (olderThanMs, limit) => forgetMessages(database, olderThanMs, limit),
    },
    timers: timerQueue(database),
    appHomes: appHomeQueue(database),
    leaks: leakMessages(database),
    leavers: leaverCards(database),
    cards: {
      set: (id, card, place) => database.step((db, at) => placed({ db, at, database }, { id, card, place })),
      rang: (requestId, place, ring) =>
        database.step((db, at) => rang({ db, at, database, onUnreadable }, { requestId, place, ring })),
      setDm: (requestId, channelId) => database.step((db) => setDm(db, requestId, channelId)),
    },
    replicas: replicasIn(database),
    claim: (owner) => database.step((db, at) => claim(db, owner, at)),
    remembered: (kind) => database.read((db) => remembered(db, kind)),
    now: () => database.now(),
    wakeOthers: () => database.wakeOthers(),
    onWake: (wake) => void wakers.add(wake),
    check: () => database.check(),
    close: () => database.close(),
  };
}

/** What the parts of the store work on, within one transaction. */
type On = { db: Db; at: number; database: Database; onUnreadable: (row: string) => void };

function readsOn({ db, at, database: { differences }, onUnreadable }: On): Reads {
  return {
    at,
    requests: {
      ...requestReads(db, differences, onUnreadable),
      ...aboutReads(db, onUnreadable),
      ...waitingReads(db, onUnreadable),
    },
    keys: {
      ...keyReads(db),
      ...keyOwnerReads(db, onUnreadable),
      page: (query) => pageOfKeys({ db, differences, onUnreadable }, query),
      count: (query) => countOfKeys({ db, differences, onUnreadable }, query),
      counts: () => countsOfKeys(db, at),
      named: (query) => namedKeys({ db, differences, onUnreadable }, query),
      unsettled: (ownerId, limit) => unsettledKeys({ db, differences, onUnreadable }, ownerId, limit),
    },
    attempts: attemptReads(db),
    leaks: leakReads(db),
    leavers: leaverReads(db, differences),
    events: eventReads(db),
    policies: policyReads(db),
    signedWith: () => signedWith(db),
    quotaUse: (requesterId) => quotaUse(db, differences, requesterId),
  };
}

/** @param appended gets the events of this transaction */
function txOn(on: On, appended: Event[]): Tx {
  const { db, at } = on;
  const { differences } = on.database;
  const reads = readsOn(on);
  return {
    ...reads,
    requests: {
      ...reads.requests,
      ...requestWrites(db),
      forget: (request) => forgetRequest(db, differences, request),
      setDm: (id, channelId) => setDm(db, id, channelId),
    },
    keys: { ...reads.keys, ...keyWrites(db, differences) },
    attempts: { ...reads.attempts, ...attemptWrites(db), forget: (attempt) => forgetAttempt(db, attempt) },
    events: { ...reads.events, ...eventWrites(db, appended) },
    policies: { ...reads.policies, ...policyWrites(db, at) },
    outbox: outboxIn(db, differences, at),
    appHomes: appHomesIn(db, differences, at),
    leaks: { ...reads.leaks, ...leakWrites(db, differences, at) },
    leavers: { ...reads.leavers, ...leaverWrites(db, differences, at) },
    timers: timerWrites(db, differences),
  };
}

/** A card stands at a new place, to which Homes lead. */
async function placed(
  { db, at, database }: Pick<On, "db" | "at" | "database">,
  card: Parameters<typeof setCard>[1],
): Promise<void> {
  const requesterIds = await setCard(db, card);
  const owners = await db.selectFrom("keys").select("owner_id").where("request_id", "=", card.id).distinct().execute();
  const seenBy = new Set([...requesterIds, ...owners.map((row) => row.owner_id)]);
  await appHomesIn(db, database.differences, at).owe([...seenBy]);
}

/** The card of a request rang at a new place: the one before it shrinks, and this ring is owed no more. */
async function rang(
  on: On,
  { requestId, place, ring }: { requestId: string; place: CardPlace; ring: Ring },
): Promise<void> {
  const { db, at, database } = on;
  const { requester: before } = await readsOn(on).requests.cards(requestId);
  await placed(on, { id: requestId, card: "requester", place });
  await noteRung(db, { requestId, ring });
  if (before === null) return;
  await outboxIn(db, database.differences, at).add({ kind: "card_copy", card: "requester", requestId, place: before });
}

/**
 * Keys that may have power, and open requests: one of these owns the key that is off. It is one statement, so of one moment in
 * every database: a request that becomes a key between two of them would count as neither.
 */
async function quotaUse(db: Db, differences: Differences, requesterId: string): Promise<number> {
  const open = db
    .selectFrom("requests")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("requester_id", "=", requesterId)
    // What is asked about a key that is there takes no place beside it.
    .where("kind", "=", "key")
    // Nor does one that takes the place of a key that counts: where that one goes, or is somebody else's, this one counts.
    .where((eb) =>
      eb.or([
        eb("requests.access_key_id", "is", null),
        eb.not(
          eb.exists(
            eb
              .selectFrom("keys")
              .select("keys.access_key_id")
              .whereRef("keys.access_key_id", "=", "requests.access_key_id")
              .where("keys.owner_id", "=", requesterId)
              .where("keys.state", "not in", NOT_LIVING),
          ),
        ),
      ]),
    )
    .where("state", "in", OPEN_STATES);
  const taken = sql<number>`${powerfulCount(db, differences, requesterId)} + ${open}`;
  const row = await db.selectNoFrom(taken.as("taken")).executeTakeFirstOrThrow();
  return row.taken;
}

async function remembered(db: Db, kind: string): Promise<string | null> {
  const row = await db.selectFrom("installation").select("value").where("kind", "=", kind).executeTakeFirst();
  return row?.value ?? null;
}

/** What stands before the id of an access key in the kind of what is remembered about it. */
const SIGNED_WITH = "signed_with ";

async function signedWith(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom("installation").select("kind").where("kind", "like", `${SIGNED_WITH}%`).execute();
  return new Set(rows.map(({ kind }) => kind.slice(SIGNED_WITH.length)));
}

async function claim(db: Db, owner: { kind: string; value: string }, at: number): Promise<string> {
  await db
    .insertInto("installation")
    .values({ kind: owner.kind, value: owner.value, remembered_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom("installation")
    .select("value")
    .where("kind", "=", owner.kind)
    .executeTakeFirstOrThrow();
  return row.value;
}
