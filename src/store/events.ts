import type { Transaction } from "kysely";
import type { Tx } from "../workflow/store-port";
import type { Tables } from "./tables";

export function eventsIn(db: Transaction<Tables>): Tx["events"] {
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
