import type { Kysely, Transaction } from "kysely";
import type { OutboxMessage } from "../workflow/outbox-message";
import type { DueMessage, StorePort, Tx } from "../workflow/store-port";
import type { Tables } from "./tables";

export function outboxIn(db: Transaction<Tables>): Tx["outbox"] {
  return {
    add: async (message, at) => {
      await db
        .insertInto("outbox")
        .values({
          card: cardOf(message),
          message_json: JSON.stringify(message),
          created_at: at,
          next_at: at,
          tries: 0,
          revision: 1,
          worker_id: null,
          lease_until: 0,
        })
        // A card that is owed already is drawn once more after whatever is drawing it now.
        .onConflict((conflict) =>
          conflict.column("card").doUpdateSet((eb) => ({ revision: eb("outbox.revision", "+", 1), next_at: at })),
        )
        .execute();
    },
  };
}

function cardOf(message: OutboxMessage): string | null {
  switch (message.kind) {
    case "requester_card":
    case "approvals_card":
      return `${message.kind} ${message.requestId}`;
    case "card_copy":
      return `${message.kind} ${message.place.channelId} ${message.place.ts}`;
    default:
      return null;
  }
}

/** The sender's side of the outbox; each step is a transaction of its own. */
export function outboxQueue(db: Kysely<Tables>): StorePort["outbox"] {
  return {
    take: (at, holder, limit) => db.transaction().execute((tx) => take(tx, at, holder, limit)),
    done: (message) => db.transaction().execute((tx) => done(tx, message)),
    postpone: (message, nextAt) => db.transaction().execute((tx) => postpone(tx, message, nextAt)),
  };
}

async function done(tx: Transaction<Tables>, message: DueMessage): Promise<void> {
  await tx.deleteFrom("outbox").where("id", "=", message.id).where("revision", "=", message.revision).execute();
  await tx.updateTable("outbox").set({ worker_id: null, lease_until: 0 }).where("id", "=", message.id).execute();
}

async function postpone(tx: Transaction<Tables>, message: DueMessage, nextAt: number): Promise<void> {
  await tx
    .updateTable("outbox")
    .set((eb) => ({ tries: eb("tries", "+", 1), next_at: nextAt, worker_id: null, lease_until: 0 }))
    .where("id", "=", message.id)
    .execute();
}

async function take(
  tx: Transaction<Tables>,
  at: number,
  holder: { workerId: string; leaseUntil: number },
  limit: number,
): Promise<DueMessage[]> {
  const rows = await tx
    .selectFrom("outbox")
    .selectAll()
    .where("next_at", "<=", at)
    .where("lease_until", "<=", at)
    .orderBy("id")
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  await tx
    .updateTable("outbox")
    .set({ worker_id: holder.workerId, lease_until: holder.leaseUntil })
    .where(
      "id",
      "in",
      rows.map((row) => row.id),
    )
    .execute();
  return rows.map((row) => ({
    id: row.id,
    message: JSON.parse(row.message_json) as OutboxMessage,
    tries: row.tries,
    createdAt: row.created_at,
    revision: row.revision,
  }));
}
