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
  };
}
