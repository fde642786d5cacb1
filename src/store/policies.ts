import type { LoadedBy } from "../domain/policy/load";
import type { LoadedPolicy, PolicyReads, PolicyWrites } from "../workflow/policies-port";
import type { Db } from "./database";

/** The one that was not replaced is in force: an index lets there be no second one. */
export function policyReads(db: Db): PolicyReads {
  return {
    digestInForce: async () => {
      const row = await db.selectFrom("policies").select("digest").where("replaced_at", "is", null).executeTakeFirst();
      return row?.digest ?? null;
    },
    find: async (digest) => {
      const row = await db.selectFrom("policies").selectAll().where("digest", "=", digest).executeTakeFirst();
      return row ? { digest, text: row.text, ...loadOf(row) } : null;
    },
  };
}

function loadOf(row: {
  loaded_by: LoadedBy;
  loader: string;
  loaded_at: number;
  replaced_at: number | null;
}): Omit<LoadedPolicy, "digest" | "text"> {
  return { loadedBy: row.loaded_by, loader: row.loader, loadedAt: row.loaded_at, replacedAt: row.replaced_at };
}

export function policyWrites(db: Db, at: number): PolicyWrites {
  return {
    replace: async (before, { digest, text, loadedBy, loader }) => {
      if (!(await takeOut(db, before, at))) return false;
      const load = { loaded_by: loadedBy, loader, loaded_at: at, replaced_at: null };
      const put = await db
        .insertInto("policies")
        .values({ digest, text, ...load })
        // Whoever loads the same file at the same moment has put it in force.
        .onConflict((conflict) =>
          conflict.column("digest").doUpdateSet(load).where("policies.replaced_at", "is not", null),
        )
        .executeTakeFirst();
      return put.numInsertedOrUpdatedRows === 1n;
    },
  };
}

/** @returns whether that one was in force: none, where it is null */
async function takeOut(db: Db, before: string | null, at: number): Promise<boolean> {
  if (before === null) return (await policyReads(db).digestInForce()) === null;
  const replaced = await db
    .updateTable("policies")
    .set({ replaced_at: at })
    .where("digest", "=", before)
    .where("replaced_at", "is", null)
    .executeTakeFirst();
  return replaced.numUpdatedRows === 1n;
}
