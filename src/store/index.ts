import type { Kysely, Transaction } from "kysely";
import type { Event } from "../domain/event";
import { OPEN_STATES } from "../domain/request";
import type { Reads, StorePort, Tx } from "../workflow/store-port";
import { attemptReads, attemptWrites } from "./attempts";
import { checkWritable, openDatabase, type Statement } from "./database";
import { eventReads, eventWrites } from "./events";
import { forgetAttempt, forgetMessages, forgetRequest } from "./forget";
import { pageOfKeys } from "./key-pages";
import { keyReads, keyWrites } from "./keys";
import { outboxIn, outboxQueue } from "./outbox";
import { requestReads, requestWrites, setCard, setDm } from "./requests";
import type { Tables } from "./tables";
import { timerQueue, timerWrites } from "./timers";

export { NewerDatabase } from "./migrate";

/** Who is told what happens in the store. */
export type StoreListeners = {
  /** Each event, once it is written for good. */
  onEvent?: (event: Event) => void;
  /** A row that can't be read, by its table and id: what asks for more than one row leaves it out. */
  onUnreadable?: (row: string) => void;
  /** Each statement that the store runs, with what is bound to it. */
  onStatement?: (statement: Statement) => void;
};

const nobody = (): void => {};

/**
 * Opens the store in a database file, which two processes may share.
 * @param file a path
 * @throws NewerDatabase where a newer version wrote it; the database's own error where the file cannot be opened, written
 *   or migrated
 */
export async function openStore(
  file: string,
  { onEvent = nobody, onUnreadable = nobody, onStatement = nobody }: StoreListeners = {},
): Promise<StorePort> {
  const { writer, reader } = await openDatabase(file, onStatement);
  return {
    read: (work) => reader.transaction().execute((tx) => work(readsOn(tx, onUnreadable))),
    transact: async (work) => {
      const events: Event[] = [];
      const result = await writer.transaction().execute((tx) => work(txOn(tx, events, onUnreadable)));
      events.forEach(onEvent);
      return result;
    },
    outbox: { ...outboxQueue(writer, onUnreadable), forget: (before, limit) => forgetMessages(writer, before, limit) },
    timers: timerQueue(writer),
    cards: {
      set: (requestId, card, place) => writer.transaction().execute((tx) => setCard(tx, requestId, card, place)),
      setDm: (requestId, channelId) => writer.transaction().execute((tx) => setDm(tx, requestId, channelId)),
    },
    claim: (owner) => writer.transaction().execute((tx) => claim(tx, owner)),
    remembered: (kind) => remembered(reader, kind),
    check: () => checkWritable(writer),
    close: async () => {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

function readsOn(db: Transaction<Tables>, onUnreadable: (row: string) => void): Reads {
  return {
    requests: requestReads(db, onUnreadable),
    keys: { ...keyReads(db), page: (query) => pageOfKeys(db, query, onUnreadable) },
    attempts: attemptReads(db),
    events: eventReads(db),
    quotaUse: (requesterId) => quotaUse(db, requesterId),
  };
}

/** @param appended gets the events of this transaction */
function txOn(db: Transaction<Tables>, appended: Event[], onUnreadable: (row: string) => void): Tx {
  const reads = readsOn(db, onUnreadable);
  return {
    ...reads,
    requests: { ...reads.requests, ...requestWrites(db), forget: (request) => forgetRequest(db, request) },
    keys: { ...reads.keys, ...keyWrites(db) },
    attempts: { ...reads.attempts, ...attemptWrites(db), forget: (attempt) => forgetAttempt(db, attempt) },
    events: { ...reads.events, ...eventWrites(db, appended) },
    outbox: outboxIn(db),
    timers: timerWrites(db),
  };
}

/** Live keys, open requests, and attempts that still look for a key of theirs. */
async function quotaUse(db: Transaction<Tables>, requesterId: string): Promise<number> {
  const alive = await keyReads(db).countAlive(requesterId);
  const open = await db
    .selectFrom("requests")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("requester_id", "=", requesterId)
    // What is asked about a key that is there takes no place beside it.
    .where("kind", "=", "key")
    .where("state", "in", OPEN_STATES)
    .executeTakeFirstOrThrow();
  const searching = await db
    .selectFrom("attempts")
    .innerJoin("requests", "requests.id", "attempts.request_id")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("requests.requester_id", "=", requesterId)
    // A bound value would keep SQLite from its partial index.
    .where((eb) => eb("attempts.closed", "=", eb.lit(0)))
    .where("attempts.kind", "=", "create")
    .where("requests.state", "<>", "making")
    .executeTakeFirstOrThrow();
  return alive + open.count + searching.count;
}

async function remembered(db: Kysely<Tables>, kind: string): Promise<string | null> {
  const row = await db.selectFrom("installation").select("value").where("kind", "=", kind).executeTakeFirst();
  return row?.value ?? null;
}

async function claim(db: Transaction<Tables>, owner: { kind: string; value: string; at: number }): Promise<string> {
  await db
    .insertInto("installation")
    .values({ kind: owner.kind, value: owner.value, remembered_at: owner.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom("installation")
    .select("value")
    .where("kind", "=", owner.kind)
    .executeTakeFirstOrThrow();
  return row.value;
}
