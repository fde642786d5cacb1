import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { Lease } from "../domain/attempt";
import { tooFarAhead } from "../domain/due";
import {
  DELETIONS_TOLD_AFTER_MS,
  FAILURES_THAT_LAST,
  LEASE_MS,
  MESSAGE_PAUSE,
  UNREADABLE_PAUSE_MS,
} from "../domain/limits";
import { type OutboxMessage, type SenderCode, TO_APPROVERS } from "../workflow/outbox-message";
import type { DueMessage, StorePort, Tx } from "../workflow/store-port";
import { messageOf, orUnreadable, toJson } from "./shapes";
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
          last_code: null,
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
export function outboxQueue(
  db: Kysely<Tables>,
  onUnreadable: (row: string) => void,
): Omit<StorePort["outbox"], "forget"> {
  return {
    take: async (at, lease, limit) => {
      // An idle round only looks.
      const due = await dueAt(db, at).select("id").limit(1).execute();
      if (due.length === 0) return [];
      for (;;) {
        const { messages, taken } = await db
          .transaction()
          .execute((tx) => take(tx, { at, lease, limit }, onUnreadable));
        // Rows that can't be read are put off: those behind them have their turn.
        if (messages.length > 0 || taken === 0) return messages;
      }
    },
    done: (message) => db.transaction().execute((tx) => done(tx, message)),
    postpone: (message, again) => db.transaction().execute((tx) => postpone(tx, message, again)),
    approvalsFailure: () => db.transaction().execute(approvalsFailure),
    approvalsPosted: (at) => db.transaction().execute((tx) => approvalsPosted(tx, at)),
  };
}

/** What is due and nobody sends; what lies further ahead than it can, too. */
function dueAt(db: Kysely<Tables>, at: number) {
  return db
    .selectFrom("outbox")
    .where((eb) => eb.or([eb("next_at", "<=", at), eb("next_at", ">", tooFarAhead(at, MESSAGE_PAUSE.mostMs))]))
    .where((eb) => eb.or([eb("lease_until", "<=", at), eb("lease_until", ">", tooFarAhead(at, LEASE_MS))]));
}

async function done(tx: Transaction<Tables>, message: DueMessage): Promise<void> {
  await tx.deleteFrom("outbox").where("id", "=", message.id).where("revision", "=", message.revision).execute();
  await tx.updateTable("outbox").set({ lease_holder: null, lease_until: 0 }).where("id", "=", message.id).execute();
}

async function postpone(
  tx: Transaction<Tables>,
  message: DueMessage,
  { at, code }: { at: number; code: string },
): Promise<void> {
  await tx
    .updateTable("outbox")
    .set((eb) => ({ tries: eb("tries", "+", 1), next_at: at, last_code: code, lease_holder: null, lease_until: 0 }))
    .where("id", "=", message.id)
    .execute();
}

/** Codes of ours: there was no try to post. */
const NOT_TRIED = ["no_card_yet", "approvals_channel_unfit"] satisfies SenderCode[];

const isToApprovers = sql<boolean>`json_extract(message_json, '$.kind') in (${sql.join([...TO_APPROVERS])})`;

async function approvalsFailure(tx: Transaction<Tables>): Promise<string | null> {
  const row = await tx
    .selectFrom("outbox")
    .select("last_code")
    .where("last_code", "is not", null)
    .where("last_code", "not in", NOT_TRIED)
    .where("tries", ">=", FAILURES_THAT_LAST)
    .where(isToApprovers)
    .orderBy("tries", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.last_code ?? null;
}

async function approvalsPosted(tx: Transaction<Tables>, at: number): Promise<void> {
  await tx
    .updateTable("outbox")
    .set({ last_code: null, next_at: at })
    .where("last_code", "is not", null)
    .where("tries", ">", 0)
    .where(isToApprovers)
    .execute();
}

async function take(
  tx: Transaction<Tables>,
  { at, lease, limit }: { at: number; lease: Lease; limit: number },
  onUnreadable: (row: string) => void,
): Promise<{ messages: DueMessage[]; taken: number }> {
  const rows = await dueAt(tx, at).selectAll().orderBy("next_at").orderBy("id").limit(limit).execute();
  const messages = rows.flatMap((row) => toMessage(row, onUnreadable) ?? []);
  const readable = messages.map(({ id }) => id);
  const unreadable = rows.map(({ id }) => id).filter((id) => !readable.includes(id));
  if (readable.length > 0)
    await tx
      .updateTable("outbox")
      .set({ lease_holder: lease.holder, lease_until: lease.until })
      .where("id", "in", readable)
      .execute();
  if (unreadable.length > 0)
    await tx
      .updateTable("outbox")
      .set({ next_at: at + UNREADABLE_PAUSE_MS })
      .where("id", "in", unreadable)
      .execute();
  return { messages, taken: rows.length };
}

function toMessage(row: Selectable<Tables["outbox"]>, onUnreadable: (row: string) => void): DueMessage | null {
  const message = orUnreadable(() => messageOf(row.message_json, `outbox ${row.id}`), onUnreadable);
  return message && { id: row.id, message, tries: row.tries, createdAt: row.created_at, revision: row.revision };
}
