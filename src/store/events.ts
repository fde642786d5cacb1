import type { Transaction } from "kysely";
import type { Event } from "../domain/event";
import type { Tx } from "../workflow/store-port";
import type { Tables } from "./tables";

/** @param appended gets each event that is appended */
export function eventsIn(db: Transaction<Tables>, appended: Event[]): Tx["events"] {
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
