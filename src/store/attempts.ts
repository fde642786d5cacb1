import type { Selectable, Transaction } from "kysely";
import type { Attempt, CreatePhase, DeletePhase, RotatePhase, Work } from "../domain/attempt";
import { isClosed } from "../domain/attempt";
import type { Tx } from "../workflow/store-port";
import type { Tables } from "./tables";

type Db = Transaction<Tables>;
type Row = Selectable<Tables["attempts"]>;

export function attemptsIn(db: Db): Tx["attempts"] {
  return {
    find: async (id) => toAttempt(await db.selectFrom("attempts").selectAll().where("id", "=", id).executeTakeFirst()),
    findByClick: async (clickId) =>
      toAttempt(await db.selectFrom("attempts").selectAll().where("click_id", "=", clickId).executeTakeFirst()),
    insert: async ({ clickId, ...attempt }) => {
      await db
        .insertInto("attempts")
        .values({ ...toRow(attempt), click_id: clickId })
        .execute();
    },
    save: async (attempt, holder) => {
      const result = await db
        .updateTable("attempts")
        .set(toRow(attempt))
        .where("id", "=", attempt.id)
        .where("worker_id", "=", holder)
        .where("closed", "=", 0)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    due: async (at, limit) => {
      const rows = await db
        .selectFrom("attempts")
        .selectAll()
        .where("closed", "=", 0)
        .where("lease_until", "<=", at)
        .where("next_at", "<=", at)
        .orderBy("next_at")
        .limit(limit)
        .execute();
      return rows.flatMap((row) => toAttempt(row) ?? []);
    },
    takeOver: async (attempt, lease, at) => {
      const result = await db
        .updateTable("attempts")
        .set({ worker_id: lease.workerId, lease_until: lease.until })
        .where("id", "=", attempt.id)
        .where("closed", "=", 0)
        .where("lease_until", "=", attempt.lease.until)
        .where("lease_until", "<=", at)
        .where("worker_id", "=", attempt.lease.workerId)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    isRecorded: (accessKeyId, exceptAttemptId) => isRecorded(db, accessKeyId, exceptAttemptId),
  };
}

async function isRecorded(db: Db, accessKeyId: string, exceptAttemptId: string): Promise<boolean> {
  const key = await db
    .selectFrom("keys")
    .select("access_key_id")
    .where("access_key_id", "=", accessKeyId)
    .executeTakeFirst();
  if (key !== undefined) return true;
  const attempt = await db
    .selectFrom("attempts")
    .select("id")
    .where("access_key_id", "=", accessKeyId)
    .where("id", "<>", exceptAttemptId)
    .executeTakeFirst();
  return attempt !== undefined;
}

function toRow(attempt: Attempt) {
  const { work } = attempt;
  return {
    id: attempt.id,
    request_id: attempt.requestId,
    access_key_id: attempt.accessKeyId,
    actor_id: attempt.actorId,
    started_at: attempt.startedAt,
    worker_id: attempt.lease.workerId,
    lease_until: attempt.lease.until,
    next_at: attempt.nextAt,
    tries: attempt.tries,
    alerted: attempt.alerted ? 1 : 0,
    kind: work.kind,
    phase: work.phase,
    number: work.kind === "create" ? work.number : null,
    tigris_name: work.kind === "create" ? work.tigrisName : null,
    closed: isClosed(work) ? 1 : 0,
  };
}

function toAttempt(row: Row | undefined): Attempt | null {
  if (row === undefined) return null;
  return {
    id: row.id,
    requestId: row.request_id,
    accessKeyId: row.access_key_id,
    actorId: row.actor_id,
    startedAt: row.started_at,
    lease: { workerId: row.worker_id, until: row.lease_until },
    nextAt: row.next_at,
    tries: row.tries,
    alerted: row.alerted === 1,
    work: toWork(row),
  };
}

function toWork(row: Row): Work {
  switch (row.kind) {
    case "create":
      return {
        kind: "create",
        number: row.number ?? 1,
        tigrisName: row.tigris_name ?? "",
        phase: row.phase as CreatePhase,
      };
    case "rotate":
      return { kind: "rotate", phase: row.phase as RotatePhase };
    default:
      return { kind: "delete", phase: row.phase as DeletePhase };
  }
}
