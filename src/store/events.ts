import type { Transaction } from "kysely";
import type { Event } from "../domain/event";
import type { Reads, Tx } from "../workflow/store-port";
import type { Tables } from "./tables";

export function eventReads(db: Transaction<Tables>): Reads["events"] {
  return {
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
