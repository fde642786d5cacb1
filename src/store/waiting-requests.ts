import { type Selectable, sql } from "kysely";
import { OPEN_STATES } from "../domain/request";
import type { PlacedRequest } from "../workflow/app-home-port";
import type { CardKind } from "../workflow/outbox-message";
import type { Reads } from "../workflow/store-port";
import type { Db } from "./database";
import { placesOf, toRequest } from "./requests";
import { orUnreadable } from "./shapes";
import type { Tables } from "./tables";

/** Requests that wait for somebody, with where their cards stand. */
export function waitingReads(
  db: Db,
  onUnreadable: (row: string) => void,
): Pick<Reads["requests"], "toDecide" | "waitingAfter" | "openOf"> {
  const placed = (row: Selectable<Tables["requests"]>, card: CardKind): PlacedRequest[] => {
    const request = orUnreadable(() => toRequest(row), onUnreadable);
    return request === null ? [] : [{ request, card: placesOf(row)[card], dmChannelId: row.dm_channel_id }];
  };
  return {
    toDecide: async (exceptIds, limit) => {
      const rows = await db
        .selectFrom("requests")
        .selectAll()
        // Bound values would keep SQLite from its partial index.
        .where((eb) => eb("state", "=", sql.lit("pending")))
        .where((eb) => eb("needs_approval", "=", eb.lit(1)))
        .where("requester_id", "not in", [...exceptIds])
        .orderBy("asked_at")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.flatMap((row) => placed(row, "approvals"));
    },
    waitingAfter: async (after, limit) => {
      const waiting = db
        .selectFrom("requests")
        .selectAll()
        .where((eb) => eb("state", "=", sql.lit("pending")))
        .where((eb) => eb("needs_approval", "=", eb.lit(1)))
        .orderBy("asked_at")
        .orderBy("id")
        .limit(limit);
      const rows = await (after === null
        ? waiting
        : waiting.where(({ eb, refTuple, tuple }) =>
            eb(refTuple("asked_at", "id"), ">", tuple(after.askedAt, after.id)),
          )
      ).execute();
      const last = rows.at(-1);
      return {
        requests: rows.map((row) => orUnreadable(() => toRequest(row), onUnreadable)).filter((one) => one !== null),
        last: last ? { askedAt: last.asked_at, id: last.id } : null,
      };
    },
    openOf: async (requesterId, limit) => {
      const rows = await db
        .selectFrom("requests")
        .selectAll()
        .where("requester_id", "=", requesterId)
        .where("state", "in", OPEN_STATES)
        .orderBy("asked_at")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.flatMap((row) => placed(row, "requester"));
    },
  };
}
