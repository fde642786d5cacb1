import { sql } from "kysely";
import { DELETIONS_TOLD_AFTER_MS, UNANSWERED_TOLD_AFTER_MS } from "../domain/limits";
import { DAILY, type OutboxMessage, type Ring } from "../workflow/outbox-message";
import type { Db, Differences } from "./database";
import { messageOf } from "./message-shapes";
import { orUnreadable, toJson } from "./shapes";

/** As in a transaction; a message that is to wait until a moment waits for it, also where it is owed already. */
type OutboxIn = { add(message: OutboxMessage, notBefore?: number): Promise<void> };

export function outboxIn(db: Db, { least, most }: Differences, at: number): OutboxIn {
  return {
    add: async (message, notBefore = 0) => {
      await db
        .insertInto("outbox")
        .values({
          card: cardOf(message),
          message_json: toJson(message),
          created_at: at,
          next_at: Math.max(at + delayOf(message), notBefore),
          tries: 0,
          last_code: null,
          revision: 1,
          lease_holder: null,
          lease_until: 0,
          daily: DAILY.has(message.kind) ? 1 : 0,
        })
        // A card that is owed already is drawn once more after whatever is drawing it now. It rings if it is to ring by either. What
        // waits for a morning goes on waiting, for the first one after all that it asks.
        .onConflict((conflict) =>
          conflict.column("card").doUpdateSet((eb) => ({
            ...(rings(message) || message.kind === "old_keys" ? { message_json: eb.ref("excluded.message_json") } : {}),
            revision: eb("outbox.revision", "+", 1),
            next_at: (notBefore > 0 || message.kind === "old_keys" ? most : least)(
              sql.ref("outbox.next_at"),
              sql.ref("excluded.next_at"),
            ),
          })),
        )
        .execute();
    },
  };
}

function rings(message: OutboxMessage): boolean {
  if (message.kind === "leaver_card") return message.isNews;
  return message.kind === "requester_card" && message.ring !== undefined;
}

/** What is left of a card that is owed once it has rung: to draw it. */
export function withoutRing(message: OutboxMessage): OutboxMessage {
  if (message.kind === "leaver_card") return { ...message, isNews: false };
  return message.kind === "requester_card" ? { kind: message.kind, requestId: message.requestId } : message;
}

/**
 * A card has rung: whatever is still owed of it draws it only, unless it is to ring for another reason by now. Belongs into the
 * transaction that remembers its new place.
 */
export async function noteRung(db: Db, { requestId, ring }: { requestId: string; ring: Ring }): Promise<void> {
  const message = { kind: "requester_card", requestId, ring } as const;
  const row = await db
    .selectFrom("outbox")
    .select("message_json")
    .where("card", "=", cardOf(message))
    .executeTakeFirst();
  const owed =
    row &&
    orUnreadable(
      () => messageOf(row.message_json, "outbox"),
      () => undefined,
    );
  if (!owed || toJson(owed) !== toJson(messageOf(toJson(message), "outbox"))) return;
  await db
    .updateTable("outbox")
    .set({ message_json: toJson(withoutRing(message)) })
    .where("card", "=", cardOf(message))
    .where("message_json", "=", row.message_json)
    .execute();
}

/** What happens within a while becomes one message. */
function delayOf({ kind }: OutboxMessage): number {
  if (kind === "unanswered") return UNANSWERED_TOLD_AFTER_MS;
  return kind === "deletions" || kind === "pauses" || kind === "leavers_held_back" ? DELETIONS_TOLD_AFTER_MS : 0;
}

function cardOf(message: OutboxMessage): string | null {
  switch (message.kind) {
    case "requester_card":
    case "approvals_card":
    case "review_card":
      return `${message.kind} ${message.requestId}`;
    case "review_question":
      return `${message.kind} ${message.requestId} ${message.userId}`;
    case "reminder":
      return `${message.kind} ${message.requestId} ${message.byId ?? "bot"}`;
    case "card_copy":
    case "leak_redraw":
    case "leaver_moved":
    case "old_keys_redraw":
      return `${message.kind} ${message.place.channelId} ${message.place.ts}`;
    case "deletions":
    case "pauses":
      return `${message.kind} ${message.byId}`;
    case "leaver_card":
      return `${message.kind} ${message.ownerId}`;
    case "leavers_held_back":
      return message.kind;
    case "app_home":
    case "old_keys":
      return `${message.kind} ${message.userId}`;
    case "unanswered":
      return message.kind;
    default:
      return null;
  }
}
