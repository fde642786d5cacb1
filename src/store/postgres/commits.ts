import { type Kysely, type RawBuilder, sql } from "kysely";
import { COMMIT_LOOK_PAUSE_MS, COMMITS_KEPT_MS, MAX_COMMIT_LOOKS } from "../../domain/service-limits";
import type { Db } from "../database";
import type { Tables } from "../tables";

/**
 * Says who commits: whether the row is there tells later whether the transaction took effect, whatever became of its answer,
 * and also after a crash of the server, which may give the number of a transaction to another one.
 * @returns the moment of the transaction, in milliseconds since 1970
 */
export async function signCommit(db: Db, id: string, now: RawBuilder<number>): Promise<number> {
  const row = await db.insertInto("commits").values({ id, at: now }).returning("at").executeTakeFirstOrThrow();
  return row.at;
}

/** What a look writes in place of a moment: no transaction signs with it. */
const NEVER = 0;

/**
 * Whether a transaction took effect whose commit got no answer. Writing its row once more waits for one that still runs, and
 * leaves one that has not committed by then no way to. The answer to a look may be lost too: so its row can be told from
 * that of the transaction.
 * @returns null where the database does not say
 */
export async function wasCommitted(db: Kysely<Tables>, id: string): Promise<boolean | null> {
  for (let looks = 1; ; looks++) {
    try {
      await db
        .insertInto("commits")
        .values({ id, at: sql<number>`${sql.lit(NEVER)}` })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await db.selectFrom("commits").select("at").where("id", "=", id).executeTakeFirst();
      // Rows of looks may be dropped at once, those of transactions are not by then.
      return row !== undefined && row.at !== NEVER;
    } catch {
      if (looks === MAX_COMMIT_LOOKS) return null;
      await new Promise((resolve) => setTimeout(resolve, COMMIT_LOOK_PAUSE_MS));
    }
  }
}

/** Drops what nobody looks up any more. */
export async function dropOldCommits(db: Db, at: number): Promise<void> {
  await db
    .deleteFrom("commits")
    .where("at", "<", at - COMMITS_KEPT_MS)
    .execute();
}
