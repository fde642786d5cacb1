import { type RawBuilder, sql } from "kysely";
import { newLease } from "../domain/attempt";
import { MOST_AHEAD_MS, tooFarAhead } from "../domain/due";
import { LEASE_MS } from "../domain/limits";
import type { TimerKind } from "../domain/timers";
import type { StorePort, Tx } from "../workflow/store-port";
import type { Database, Db, Differences } from "./database";
import { NOT_LIVING } from "./key-owners";

export function timerWrites(db: Db, { least }: Differences): Tx["timers"] {
  return {
    set: async (subjectId, timers) => {
      await db.deleteFrom("timers").where("subject_id", "=", subjectId).execute();
      if (timers.length === 0) return;
      const rows = timers.map(({ kind, dueAt }) => ({
        subject_id: subjectId,
        kind,
        due_at: dueAt,
        lease_holder: null,
        lease_until: 0,
      }));
      await db.insertInto("timers").values(rows).execute();
    },
    lookAtEnds: async () => {
      const keys = db
        .selectFrom("keys")
        .select((eb) => [
          "access_key_id",
          sql<string>`'end'`.as("kind"),
          eb.lit(0).as("due_at"),
          eb.lit(0).as("lease_until"),
        ])
        .where("state", "not in", NOT_LIVING);
      await db
        .insertInto("timers")
        .columns(["subject_id", "kind", "due_at", "lease_until"])
        .expression(keys)
        .onConflict((conflict) => conflict.columns(["subject_id", "kind"]).doUpdateSet({ due_at: 0 }))
        .execute();
    },
    lookAtOwners: async (dueAt) => {
      const owners = db
        .selectFrom("keys")
        .distinct()
        .select((eb) => [
          sql<string>`'leaver ' || owner_id`.as("subject_id"),
          sql<string>`'leaver'`.as("kind"),
          eb.lit(dueAt).as("due_at"),
          eb.lit(0).as("lease_until"),
        ])
        .where("state", "not in", NOT_LIVING);
      await db
        .insertInto("timers")
        .columns(["subject_id", "kind", "due_at", "lease_until"])
        .expression(owners)
        .onConflict((conflict) =>
          conflict
            .columns(["subject_id", "kind"])
            .doUpdateSet(() => ({ due_at: least(sql.ref("timers.due_at"), sql.ref("excluded.due_at")) })),
        )
        .execute();
    },
  };
}

/** The worker's side of the timers: whoever takes one has it until the lease runs out, or what it is about changes. */
export function timerQueue({ read, step, differences }: Database): StorePort["timers"] {
  return {
    kindsDue: async (kinds) =>
      kinds.length === 0
        ? []
        : read(async (db, now) => {
            const looks = kinds.map(({ kind, behindMs }) => lookForDue(kind, now - behindMs));
            const { rows } = await sql<{ kind: TimerKind }>`${sql.join(looks, sql` union all `)}`.execute(db);
            return rows.map(({ kind }) => kind);
          }),
    take: async (kind, holder, { limit, behindMs }) => {
      const dueAt = (now: number, atMost: number): Due => ({ kind, now, at: now - behindMs, limit: atMost });
      // An idle round only looks, and locks nothing.
      const isAnyDue = await read(async (db, now) => (await dueIds(db, dueAt(now, 1), asItIs)).length > 0);
      if (!isAnyDue) return [];
      return step(async (db, now) => {
        const ids = await dueIds(db, dueAt(now, limit), differences.skipLocked);
        if (ids.length === 0) return [];
        const lease = newLease(holder, now);
        await db
          .updateTable("timers")
          .set({ lease_holder: lease.holder, lease_until: lease.until })
          .where("kind", "=", kind)
          .where("subject_id", "in", ids)
          .execute();
        return ids;
      });
    },
    drop: (kind, holder, subjectIds) =>
      step(async (db) => {
        await db
          .deleteFrom("timers")
          .where("kind", "=", kind)
          .where("subject_id", "in", subjectIds)
          .where("lease_holder", "=", holder)
          .execute();
      }),
  };
}

/**
 * One look into the index for each side, whoever holds what is due. Without an order PostgreSQL would rather read the table, where it
 * takes much for due.
 */
function lookForDue(kind: TimerKind, at: number) {
  const first = (isDue: RawBuilder<unknown>) =>
    sql`(select due_at from timers where kind = ${sql.lit(kind)} and ${isDue} order by due_at limit 1) is not null`;
  const ahead = tooFarAhead(at, MOST_AHEAD_MS[kind]);
  return sql`select ${sql.lit(kind)} as kind where ${first(sql`due_at <= ${at}`)} or ${first(sql`due_at > ${ahead}`)}`;
}

/** `at` is the moment up to which things are due, `now` the one by which leases hold. */
type Due = { kind: TimerKind; now: number; at: number; limit: number };

const asItIs: Differences["skipLocked"] = (query) => query;

/**
 * What is due, earliest first, then what lies further ahead than it can: one look into the index each.
 * @param skipLocked what is to be done about timers that another transaction is taking
 */
async function dueIds(db: Db, { kind, now, at, limit }: Due, skipLocked: Differences["skipLocked"]): Promise<string[]> {
  const free = db
    .selectFrom("timers")
    .select("subject_id")
    .where("kind", "=", kind)
    .where((eb) => eb.or([eb("lease_until", "<=", now), eb("lease_until", ">", tooFarAhead(now, LEASE_MS))]))
    .orderBy("due_at")
    .limit(limit);
  const due = await skipLocked(free.where("due_at", "<=", at)).execute();
  const ahead =
    due.length < limit
      ? await skipLocked(free.where("due_at", ">", tooFarAhead(at, MOST_AHEAD_MS[kind]))).execute()
      : [];
  return [...due, ...ahead].slice(0, limit).map((row) => row.subject_id);
}
