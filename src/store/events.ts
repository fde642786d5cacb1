import { sql, type Transaction } from "kysely";
import type { Event } from "../domain/event";
import type { Reads, Tx } from "../workflow/store-port";
import { toKey } from "./keys";
import type { Tables } from "./tables";

export function eventReads(db: Transaction<Tables>): Reads["events"] {
  const deletions = (actorIds: readonly string[], since: number) =>
    db
      .selectFrom("events")
      .innerJoin("keys", "keys.access_key_id", "events.access_key_id")
      // A bound name would keep SQLite from its partial index.
      .where((eb) => eb("events.name", "=", sql.lit("key.deletion_started")))
      .where("events.actor_id", "in", actorIds)
      .where("events.at", ">=", since)
      .where("keys.owner_id", "not in", actorIds);
  return {
    deletionsBy: async (actorId, since, limit) => {
      const rows = await deletions([actorId], since).selectAll("keys").orderBy("events.id").limit(limit).execute();
      return rows.map(toKey).filter((key) => key !== null);
    },
    countDeletionsBy: async (actorIds, since) => {
      const counted = deletions(actorIds, since).select((eb) => eb.fn.countAll<number>().as("count"));
      return (await counted.executeTakeFirstOrThrow()).count;
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
export function eventWrites(db: Transaction<Tables>, appended: Event[]): Pick<Tx["events"], "append"> {
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
