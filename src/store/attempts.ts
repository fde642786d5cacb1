import { type Selectable, sql } from "kysely";
import { type Attempt, isClosed } from "../domain/attempt";
import { isLeaseOver } from "../domain/due";
import type { Reads, Tx } from "../workflow/store-port";
import { workOf } from "./attempt-shapes";
import type { Db } from "./database";
import type { Tables } from "./tables";

export function attemptReads(db: Db): Reads["attempts"] {
  return {
    find: async (id) => toAttempt(await db.selectFrom("attempts").selectAll().where("id", "=", id).executeTakeFirst()),
    findByClick: async (clickId) =>
      toAttempt(await db.selectFrom("attempts").selectAll().where("click_id", "=", clickId).executeTakeFirst()),
    hasOpen: (requestId) =>
      isAny(
        db
          .selectFrom("attempts")
          .select("id")
          .where("request_id", "=", requestId)
          // A bound value would keep SQLite from its partial index.
          .where((eb) => eb("closed", "=", eb.lit(0)))
          .where("phase", "<>", "searching"),
      ),
    // One that got no answer counts too: its call may still be on its way.
    hasOpenGrant: (accessKeyId) =>
      isAny(openOfKey(db, accessKeyId).where("kind", "in", ["rotate", "switch_on", "resume", "change_access"])),
    hasOtherRoleCall: (accessKeyId, exceptId) =>
      isAny(
        openOfKey(db, accessKeyId)
          .where("kind", "in", ["switch_on", "resume", "change_access"])
          .where("id", "<>", exceptId),
      ),
    hasOpenNarrowing: (accessKeyId) =>
      isAny(
        openOfKey(db, accessKeyId).where("kind", "=", "change_access").where("phase", "in", ["taking", "watching"]),
      ),
    hasGrantInFlight: (accessKeyId) =>
      isAny(
        openOfKey(db, accessKeyId)
          .where("kind", "in", ["rotate", "switch_on", "resume", "change_access"])
          .where("phase", "in", ["calling", "delivering", "giving"]),
      ),
    hasOpenPause: (accessKeyId) =>
      isAny(openOfKey(db, accessKeyId).where("kind", "=", "pause").where("phase", "<>", "watching")),
    searching: async (limit) => {
      const rows = await db
        .selectFrom("attempts")
        .select("id")
        .where((eb) => eb("closed", "=", eb.lit(0)))
        .where((eb) => eb("phase", "=", sql.lit("searching")))
        .orderBy("started_at")
        .limit(limit)
        .execute();
      return rows.map((row) => row.id);
    },
    isRecorded: (accessKeyId, exceptAttemptId) => isRecorded(db, accessKeyId, exceptAttemptId),
  };
}

export function attemptWrites(db: Db): Pick<Tx["attempts"], "insert" | "save" | "takeOver"> {
  return {
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
        .where("lease_holder", "=", holder)
        .where("closed", "=", 0)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    takeOver: async (attempt, lease, at) => {
      if (!isLeaseOver(attempt.lease.until, at)) return false;
      const result = await db
        .updateTable("attempts")
        .set({ lease_holder: lease.holder, lease_until: lease.until })
        .where("id", "=", attempt.id)
        .where("closed", "=", 0)
        .where("lease_until", "=", attempt.lease.until)
        .where("lease_holder", "=", attempt.lease.holder)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
  };
}

/** What is not closed of a key. */
function openOfKey(db: Db, accessKeyId: string) {
  return db.selectFrom("attempts").select("id").where("access_key_id", "=", accessKeyId).where("closed", "=", 0);
}

async function isAny(query: { executeTakeFirst(): Promise<unknown> }): Promise<boolean> {
  return (await query.executeTakeFirst()) !== undefined;
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
    lease_holder: attempt.lease.holder,
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

function toAttempt(row: Selectable<Tables["attempts"]> | undefined): Attempt | null {
  if (row === undefined) return null;
  const { kind, phase, number, tigris_name: tigrisName } = row;
  return {
    id: row.id,
    requestId: row.request_id,
    accessKeyId: row.access_key_id,
    actorId: row.actor_id,
    startedAt: row.started_at,
    lease: { holder: row.lease_holder, until: row.lease_until },
    nextAt: row.next_at,
    tries: row.tries,
    alerted: row.alerted === 1,
    work: workOf({ kind, phase, number, tigrisName }, `attempts ${row.id}`),
  };
}
