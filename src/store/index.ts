import type { Transaction } from "kysely";
import type { Event } from "../domain/event";
import { OPEN_STATES } from "../domain/request";
import type { StorePort, Tx } from "../workflow/store-port";
import { attemptsIn } from "./attempts";
import { checkWritable, openDatabase } from "./database";
import { eventsIn } from "./events";
import { keysIn } from "./keys";
import { outboxIn, outboxQueue } from "./outbox";
import { requestsIn } from "./requests";
import type { Tables } from "./tables";

/**
 * Opens the store in a database file, which two processes may share.
 * @param file a path
 * @param onEvent is told each event once it is written for good
 * @throws where the file cannot be opened, written or migrated
 */
export async function openStore(file: string, onEvent: (event: Event) => void = () => {}): Promise<StorePort> {
  const db = await openDatabase(file);
  return {
    transact: async (work) => {
      const events: Event[] = [];
      const result = await db.transaction().execute((tx) => work(txOn(tx, events)));
      events.forEach(onEvent);
      return result;
    },
    outbox: outboxQueue(db),
    claim: (owner) => db.transaction().execute((tx) => claim(tx, owner)),
    check: () => checkWritable(db),
    close: () => db.destroy(),
  };
}

/** @param appended gets the events of this transaction */
function txOn(db: Transaction<Tables>, appended: Event[]): Tx {
  return {
    requests: requestsIn(db),
    keys: keysIn(db),
    attempts: attemptsIn(db),
    events: eventsIn(db, appended),
    outbox: outboxIn(db),
    quotaUse: (requesterId) => quotaUse(db, requesterId),
  };
}

/** Live keys, open requests, and attempts that still look for a key of theirs. */
async function quotaUse(db: Transaction<Tables>, requesterId: string): Promise<number> {
  const alive = await keysIn(db).countAlive(requesterId);
  const open = await db
    .selectFrom("requests")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("requester_id", "=", requesterId)
    .where("state", "in", OPEN_STATES)
    .executeTakeFirstOrThrow();
  const searching = await db
    .selectFrom("attempts")
    .innerJoin("requests", "requests.id", "attempts.request_id")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("requests.requester_id", "=", requesterId)
    .where("attempts.closed", "=", 0)
    .where("attempts.kind", "=", "create")
    .where("requests.state", "<>", "making")
    .executeTakeFirstOrThrow();
  return alive + open.count + searching.count;
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
