import type { Kysely, Transaction } from "kysely";
import { MOST_AHEAD_MS, tooFarAhead } from "../domain/due";
import { LEASE_MS } from "../domain/limits";
import type { TimerKind } from "../domain/timers";
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
  return {
    take: async (kind, at, lease, limit) => {
      // An idle round only looks.
      if ((await dueIds(db, { kind, at, limit: 1 })).length === 0) return [];
      return db.transaction().execute(async (tx) => {
        const ids = await dueIds(tx, { kind, at, limit });
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

type Due = { kind: TimerKind; at: number; limit: number };

/** What is due, earliest first, then what lies further ahead than it can: one look into the index each. */
async function dueIds(db: Kysely<Tables>, { kind, at, limit }: Due): Promise<string[]> {
  const free = db
    .selectFrom("timers")
    .select("subject_id")
    .where("kind", "=", kind)
    .where((eb) => eb.or([eb("lease_until", "<=", at), eb("lease_until", ">", tooFarAhead(at, LEASE_MS))]))
    .orderBy("due_at")
    .limit(limit);
  const due = await free.where("due_at", "<=", at).execute();
  const ahead =
    due.length < limit ? await free.where("due_at", ">", tooFarAhead(at, MOST_AHEAD_MS[kind])).execute() : [];
  return [...due, ...ahead].slice(0, limit).map((row) => row.subject_id);
}
