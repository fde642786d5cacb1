import { REPLICA_GONE_MS } from "../domain/service-limits";
import type { StorePort } from "../workflow/store-port";
import type { Database } from "./database";
import { dropOldCommits } from "./postgres/commits";

/** The processes that share a database: each says now and then that it is there. */
export function replicasIn({ isShared, read, step }: Database): StorePort["replicas"] {
  if (!isShared) return { seen: async () => {}, others: async () => [], gone: async () => {} };
  return {
    seen: ({ name, connections }) =>
      step(async (db, at) => {
        await db
          .insertInto("replicas")
          .values({ name, connections, seen_at: at })
          .onConflict((conflict) => conflict.column("name").doUpdateSet({ connections, seen_at: at }))
          .execute();
        await db
          .deleteFrom("replicas")
          .where("seen_at", "<", at - REPLICA_GONE_MS)
          .execute();
        await dropOldCommits(db, at);
      }),
    others: (name) =>
      read((db, at) =>
        db
          .selectFrom("replicas")
          .select(["name", "connections"])
          .where("name", "<>", name)
          .where("seen_at", ">=", at - REPLICA_GONE_MS)
          .execute(),
      ),
    gone: (name) => step(async (db) => void (await db.deleteFrom("replicas").where("name", "=", name).execute())),
  };
}
