import { type SelectQueryBuilder, sql } from "kysely";
import { AGE_LIMITS_MS, type KeyCounts, MAX_OWNERS_NAMED } from "../domain/key-counts";
import { PERMISSIONS } from "../domain/permission";
import type { Db } from "./database";
import type { Tables } from "./tables";

/** Counts the keys that are not deleted, each time along one index: none of their rows is read. */
export async function countsOfKeys(db: Db, at: number): Promise<KeyCounts> {
  const groups = await living(db)
    .select("permission")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .select((eb) => eb.fn.countAll<number>().filterWhere("rotated_at", "is", null).as("neverRotated"))
    .select((eb) =>
      AGE_LIMITS_MS.map((ms, index) =>
        eb.fn
          .countAll<number>()
          .filterWhere("secret_since", ">=", at - ms)
          .as(`younger${index}`),
      ),
    )
    .groupBy("permission")
    .execute();
  const ofAllBuckets = await living(db)
    .select("permission")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("buckets", "is", null)
    .groupBy("permission")
    .execute();
  const sumOf = (count: (group: (typeof groups)[number]) => number) =>
    groups.reduce((sum, group) => sum + count(group), 0);
  const all = sumOf(({ count }) => count);
  const younger = [0, ...AGE_LIMITS_MS.map((_, index) => sumOf((group) => youngerIn(group, index))), all];
  return {
    all,
    byPermission: PERMISSIONS.map((permission) => ({
      permission,
      count: countIn(groups, permission),
      ofAllBuckets: countIn(ofAllBuckets, permission),
    })),
    byAge: younger.slice(1).map((count, index) => count - (younger[index] ?? 0)),
    withoutEnd: await countOf(living(db).where("end_json", "is", null)),
    neverRotated: sumOf(({ neverRotated }) => neverRotated),
    owners: await ownersOf(db),
  };
}

async function ownersOf(db: Db): Promise<KeyCounts["owners"]> {
  const most = await living(db)
    .select("owner_id as ownerId")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .groupBy("owner_id")
    .orderBy("count", "desc")
    .orderBy("owner_id")
    .limit(MAX_OWNERS_NAMED)
    .execute();
  const { count } = await living(db)
    .select((eb) => eb.fn.count<number>("owner_id").distinct().as("count"))
    .executeTakeFirstOrThrow();
  return { count, most };
}

/** A bound value would keep SQLite from its partial indexes. */
function living(db: Db) {
  return db.selectFrom("keys").where((eb) => eb("state", "<>", sql.lit("deleted")));
}

async function countOf(keys: SelectQueryBuilder<Tables, "keys", object>): Promise<number> {
  const row = await keys.select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  return row.count;
}

function countIn(groups: readonly { permission: string; count: number }[], permission: string): number {
  return groups.find((group) => group.permission === permission)?.count ?? 0;
}

function youngerIn(group: object, index: number): number {
  return Number((group as Record<string, unknown>)[`younger${index}`] ?? 0);
}
