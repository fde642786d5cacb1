import { type Selectable, sql } from "kysely";
import { newLease } from "../domain/attempt";
import { tooFarAhead } from "../domain/due";
import { FAILURES_THAT_LAST, LEASE_MS, MESSAGE_PAUSE, MORNING_WITHIN_MS, UNREADABLE_PAUSE_MS } from "../domain/limits";
import { type OutboxMessage, type SenderCode, TO_APPROVERS } from "../workflow/outbox-message";
import type { DueMessage, Lane } from "../workflow/outbox-port";
import type { StorePort } from "../workflow/store-port";
import type { Database, Db, Differences } from "./database";
import { messageOf } from "./message-shapes";
import { outboxIn, withoutRing } from "./outbox-in";
import { orUnreadable } from "./shapes";
import type { Tables } from "./tables";

/**
 * The sender's side of the outbox; each step is a transaction of its own.
 * @param onUnreadable is told of a row that can't be read: it stays, and holds up no other
 */
export function outboxQueue(
  { read, step, differences }: Database,
  onUnreadable: (row: string) => void,
): Omit<StorePort["outbox"], "forget"> {
  return {
    take: async (holder, limit, what = "messages") => {
      // An idle round only looks, along the index: without an order PostgreSQL would rather read the table, where much lies ahead.
      const due = await read((db, at) => dueAt(db, at, what).select("id").orderBy("next_at").limit(1).execute());
      if (due.length === 0) return [];
      for (;;) {
        const taking = (db: Db, at: number) => take(db, differences, { holder, at, limit, what }, onUnreadable);
        const { messages, taken } = await step(taking);
        // Rows that can't be read are put off: those behind them have their turn.
        if (messages.length > 0 || taken === 0) return messages;
      }
    },
    done: (message) => step((db, at) => done(db, differences, message, at)),
    postpone: (message, again) => step((db, at) => postpone(db, message, { at: at + again.afterMs, code: again.code })),
    approvalsFailure: () => read((db) => approvalsFailure(db, differences)),
    approvalsPosted: () => step((db, at) => approvalsPosted(db, differences, at)),
  };
}

/** What is due and nobody sends; what lies further ahead than it can, too. */
function dueAt(db: Db, at: number, what: Lane) {
  const isHome = sql<boolean>`coalesce(card, '') like 'app_home %'`;
  const isDaily = what === "daily";
  const mostMs = isDaily ? MORNING_WITHIN_MS : MESSAGE_PAUSE.mostMs;
  return (
    db
      .selectFrom("outbox")
      .where(what === "homes" ? isHome : sql<boolean>`not ${isHome}`)
      // A bound value would keep SQLite from its partial indexes.
      .where((eb) => eb("daily", "=", eb.lit(isDaily ? 1 : 0)))
      .where((eb) => eb.or([eb("next_at", "<=", at), eb("next_at", ">", tooFarAhead(at, mostMs))]))
      .where((eb) => eb.or([eb("lease_until", "<=", at), eb("lease_until", ">", tooFarAhead(at, LEASE_MS))]))
  );
}

/**
 * Who has lost their lease meanwhile may have drawn a card after whoever has it now, from an older record: it is drawn once
 * more, so that the newest state stands there in the end.
 */
async function done(db: Db, differences: Differences, { id, message, ...held }: DueMessage, at: number): Promise<void> {
  const sent = await db
    .deleteFrom("outbox")
    .where("id", "=", id)
    .where("revision", "=", held.revision)
    .where("lease_holder", "=", held.holder)
    .executeTakeFirst();
  if (sent.numDeletedRows === 1n) return;
  const isOurs = await release(db, { id, holder: held.holder });
  if (!isOurs && DRAWN.has(message.kind)) await outboxIn(db, differences, at).add(withoutRing(message));
}

/** @returns whether it was held by that holder, and so given up */
async function release(db: Db, { id, holder }: Pick<DueMessage, "id" | "holder">): Promise<boolean> {
  const released = await db
    .updateTable("outbox")
    .set({ lease_holder: null, lease_until: 0 })
    .where("id", "=", id)
    .where("lease_holder", "=", holder)
    .executeTakeFirst();
  return released.numUpdatedRows === 1n;
}

/** Messages that draw what stands in Slack already, from the record of that moment. */
const DRAWN: ReadonlySet<OutboxMessage["kind"]> = new Set([
  "requester_card",
  "approvals_card",
  "review_card",
  "card_copy",
  "leak_redraw",
  "leaver_card",
  "leaver_moved",
  "old_keys_redraw",
  "app_home",
]);

async function postpone(db: Db, { id, holder }: DueMessage, { at, code }: { at: number; code: string }): Promise<void> {
  await db
    .updateTable("outbox")
    .set((eb) => ({ tries: eb("tries", "+", 1), next_at: at, last_code: code, lease_holder: null, lease_until: 0 }))
    .where("id", "=", id)
    .where("lease_holder", "=", holder)
    .execute();
}

/** Codes of ours: there was no try to post. */
const NOT_TRIED = ["no_card_yet", "approvals_channel_unfit"] satisfies SenderCode[];

const kindOf = ({ jsonText }: Differences) => jsonText("message_json", "kind");

async function approvalsFailure(db: Db, differences: Differences): Promise<string | null> {
  const row = await db
    .selectFrom("outbox")
    .select("last_code")
    .where("last_code", "is not", null)
    .where("last_code", "not in", NOT_TRIED)
    .where("tries", ">=", FAILURES_THAT_LAST)
    .where(kindOf(differences), "in", [...TO_APPROVERS])
    .orderBy("tries", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.last_code ?? null;
}

async function approvalsPosted(db: Db, differences: Differences, at: number): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ last_code: null, next_at: at })
    .where("last_code", "is not", null)
    .where("tries", ">", 0)
    .where(kindOf(differences), "in", [...TO_APPROVERS])
    .execute();
}

async function take(
  db: Db,
  { skipLocked }: Differences,
  { at, holder, limit, what }: { at: number; holder: string; limit: number; what: Lane },
  onUnreadable: (row: string) => void,
): Promise<{ messages: DueMessage[]; taken: number }> {
  const next = dueAt(db, at, what).selectAll().orderBy("next_at").orderBy("id").limit(limit);
  const rows = await skipLocked(next).execute();
  const messages = rows.flatMap((row) => toMessage(row, holder, onUnreadable) ?? []);
  const readable = messages.map(({ id }) => id);
  const unreadable = rows.map(({ id }) => id).filter((id) => !readable.includes(id));
  const lease = newLease(holder, at);
  if (readable.length > 0)
    await db
      .updateTable("outbox")
      .set({ lease_holder: lease.holder, lease_until: lease.until })
      .where("id", "in", readable)
      .execute();
  if (unreadable.length > 0)
    await db
      .updateTable("outbox")
      .set({ next_at: at + UNREADABLE_PAUSE_MS })
      .where("id", "in", unreadable)
      .execute();
  return { messages, taken: rows.length };
}

function toMessage(
  row: Selectable<Tables["outbox"]>,
  holder: string,
  onUnreadable: (row: string) => void,
): DueMessage | null {
  const message = orUnreadable(() => messageOf(row.message_json, `outbox ${row.id}`), onUnreadable);
  return (
    message && { id: row.id, message, tries: row.tries, createdAt: row.created_at, revision: row.revision, holder }
  );
}
