import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { Lease } from "../domain/attempt";
import { DELETIONS_TOLD_AFTER_MS } from "../domain/limits";
import type { OutboxMessage } from "../workflow/outbox-message";
import type { DueMessage, StorePort, Tx } from "../workflow/store-port";
import { messageOf, toJson, UnknownShape } from "./shapes";
import type { Tables } from "./tables";

export function outboxIn(db: Transaction<Tables>): Tx["outbox"] {
  return {
    add: async (message, at) => {
      await db
        .insertInto("outbox")
        .values({
          card: cardOf(message),
          message_json: toJson(message),
          created_at: at,
          next_at: at + delayOf(message),
          tries: 0,
          revision: 1,
          lease_holder: null,
          lease_until: 0,
        })
        // A card that is owed already is drawn once more after whatever is drawing it now.
        .onConflict((conflict) =>
          conflict.column("card").doUpdateSet((eb) => ({
            revision: eb("outbox.revision", "+", 1),
            next_at: sql<number>`min(outbox.next_at, excluded.next_at)`,
          })),
        )
        .execute();
    },
  };
}

/** What happens within a while becomes one message. */
function delayOf({ kind }: OutboxMessage): number {
  return kind === "deletions" ? DELETIONS_TOLD_AFTER_MS : 0;
}

function cardOf(message: OutboxMessage): string | null {
  switch (message.kind) {
    case "requester_card":
    case "approvals_card":
      return `${message.kind} ${message.requestId}`;
    case "card_copy":
      return `${message.kind} ${message.place.channelId} ${message.place.ts}`;
    case "deletions":
    case "held_deletions":
      return `${message.kind} ${message.byId}`;
    default:
      return null;
  }
}

/**
 * The sender's side of the outbox; each step is a transaction of its own.
 * @param onUnreadable is told of a row that can't be read: it stays, and holds up no other
 */
export function outboxQueue(db: Kysely<Tables>, onUnreadable: (row: string) => void): StorePort["outbox"] {
  return {
    take: async (at, lease, limit) => {
      // An idle round only looks.
      const due = await db
        .selectFrom("outbox")
        .select("id")
        .where("next_at", "<=", at)
        .where("lease_until", "<=", at)
        .limit(1)
        .execute();
      return due.length === 0 ? [] : db.transaction().execute((tx) => take(tx, { at, lease, limit }, onUnreadable));
    },
    done: (message) => db.transaction().execute((tx) => done(tx, message)),
    postpone: (message, nextAt) => db.transaction().execute((tx) => postpone(tx, message, nextAt)),
  };
}

async function done(tx: Transaction<Tables>, message: DueMessage): Promise<void> {
  await tx.deleteFrom("outbox").where("id", "=", message.id).where("revision", "=", message.revision).execute();
  await tx.updateTable("outbox").set({ lease_holder: null, lease_until: 0 }).where("id", "=", message.id).execute();
}

async function postpone(tx: Transaction<Tables>, message: DueMessage, nextAt: number): Promise<void> {
  await tx
    .updateTable("outbox")
    .set((eb) => ({ tries: eb("tries", "+", 1), next_at: nextAt, lease_holder: null, lease_until: 0 }))
    .where("id", "=", message.id)
    .execute();
}

async function take(
  tx: Transaction<Tables>,
  { at, lease, limit }: { at: number; lease: Lease; limit: number },
  onUnreadable: (row: string) => void,
): Promise<DueMessage[]> {
  const rows = await tx
    .selectFrom("outbox")
    .selectAll()
    .where("next_at", "<=", at)
    .where("lease_until", "<=", at)
    .orderBy("next_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  await tx
    .updateTable("outbox")
    .set({ lease_holder: lease.holder, lease_until: lease.until })
    .where(
      "id",
      "in",
      rows.map((row) => row.id),
    )
    .execute();
  return rows.flatMap((row) => toMessage(row, onUnreadable));
}

function toMessage(row: Selectable<Tables["outbox"]>, onUnreadable: (row: string) => void): DueMessage[] {
  try {
    const message = messageOf(row.message_json, `outbox ${row.id}`);
    return [{ id: row.id, message, tries: row.tries, createdAt: row.created_at, revision: row.revision }];
  } catch (error) {
    if (!(error instanceof UnknownShape)) throw error;
    onUnreadable(error.row);
    return [];
  }
}
