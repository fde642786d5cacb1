import type { Kysely, Transaction } from "kysely";
import type { StorePort, Tx } from "../workflow/store-port";
import type { Tables } from "./tables";

export function timerWrites(db: Transaction<Tables>): Tx["timers"] {
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
  };
}

/** The worker's side of the timers: whoever takes one has it until the lease runs out, or what it is about changes. */
export function timerQueue(db: Kysely<Tables>): StorePort["timers"] {
  const due = (from: Kysely<Tables>, kind: string, at: number) =>
    from
      .selectFrom("timers")
      .select("subject_id")
      .where("kind", "=", kind)
      .where("due_at", "<=", at)
      .where("lease_until", "<=", at)
      .orderBy("due_at");
  return {
    take: async (kind, at, lease, limit) => {
      // An idle round only looks.
      if ((await due(db, kind, at).limit(1).execute()).length === 0) return [];
      return db.transaction().execute(async (tx) => {
        const ids = (await due(tx, kind, at).limit(limit).execute()).map((row) => row.subject_id);
        if (ids.length === 0) return [];
        await tx
          .updateTable("timers")
          .set({ lease_holder: lease.holder, lease_until: lease.until })
          .where("kind", "=", kind)
          .where("subject_id", "in", ids)
          .execute();
        return ids;
      });
    },
  };
}
