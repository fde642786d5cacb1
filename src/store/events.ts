import { sql } from "kysely";
import type { Event, EventName } from "../domain/event";
import type { Reads, Tx } from "../workflow/store-port";
import type { Db } from "./database";
import { toKey } from "./keys";

export function eventReads(db: Db): Reads["events"] {
  const onKeys = (name: EventName, since: number) =>
    db
      .selectFrom("events")
      .innerJoin("keys", "keys.access_key_id", "events.access_key_id")
      // A bound name would keep SQLite from its partial index.
      .where((eb) => eb("events.name", "=", sql.lit(name)))
      .where("events.at", ">=", since);
  const onKeysOfOthers = (name: EventName, actorIds: readonly string[], since: number) =>
    onKeys(name, since).where("events.actor_id", "in", actorIds).where("keys.owner_id", "not in", actorIds);
  const keysOf = async (found: ReturnType<typeof onKeys>, limit: number) => {
    const rows = await found
      .selectAll("keys")
      .select((eb) => eb.fn.min("events.at").as("at"))
      // Somebody may pause a key again and again: it is there once.
      .groupBy("keys.access_key_id")
      .orderBy((eb) => eb.fn.min("events.id"))
      .limit(limit)
      .execute();
    return rows.flatMap(({ at, ...row }) => {
      const key = toKey(row);
      return key ? [{ key, at }] : [];
    });
  };
  return {
    deletionsBy: (actorId, since, limit) => keysOf(onKeysOfOthers("key.deletion_started", [actorId], since), limit),
    pausesBy: (actorId, since, limit) => keysOf(onKeysOfOthers("key.paused", [actorId], since), limit),
    unanswered: (since, limit) => keysOf(onKeys("key.unanswered", since), limit),
    reportsBy: async (actorIds, since) => {
      const rows = await db
        .selectFrom("events")
        .select("outcome")
        // A bound name would keep SQLite from its partial index.
        .where((eb) => eb("name", "=", sql.lit("leak.reported")))
        .where("actor_id", "in", actorIds)
        .where("at", ">=", since)
        .execute();
      return rows.map(({ outcome }) => outcome);
    },
    countDeletionsBy: async (actorIds, since) => {
      const counted = onKeysOfOthers("key.deletion_started", actorIds, since).select((eb) =>
        eb.fn.countAll<number>().as("count"),
      );
      return (await counted.executeTakeFirstOrThrow()).count;
    },
    outcomes: async (requestId, name) => {
      const rows = await db
        .selectFrom("events")
        .select("outcome")
        .where("request_id", "=", requestId)
        .where("name", "=", name)
        .execute();
      return rows.map(({ outcome }) => outcome);
    },
    count: async (requestId, name, since) => {
      const row = await db
        .selectFrom("events")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("request_id", "=", requestId)
        .where("name", "=", name)
        .where("at", ">", since)
        .executeTakeFirstOrThrow();
      return row.count;
    },
  };
}

/** @param appended gets each event that is appended */
export function eventWrites(db: Db, appended: Event[]): Pick<Tx["events"], "append"> {
  return {
    append: async (event) => {
      await db
        .insertInto("events")
        .values({
          at: event.at,
          name: event.name,
          actor_id: event.actorId,
          request_id: event.requestId,
          access_key_id: event.accessKeyId,
          outcome: event.outcome,
        })
        .execute();
      appended.push(event);
    },
  };
}
