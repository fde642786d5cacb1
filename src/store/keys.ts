import { type Selectable, sql, type Transaction } from "kysely";
import type { Key, KeyState } from "../domain/key";
import type { Reads, Tx } from "../workflow/store-port";
import { accessOf, keyStateOf, toJson } from "./shapes";
import type { Tables } from "./tables";

type Db = Transaction<Tables>;

export function keyReads(db: Db): Omit<Reads["keys"], "page"> {
  return {
    find: async (id) =>
      toKey(await db.selectFrom("keys").selectAll().where("access_key_id", "=", id).executeTakeFirst()),
    findByRequest: async (id) =>
      toKey(await db.selectFrom("keys").selectAll().where("request_id", "=", id).executeTakeFirst()),
    onBefore: async (madeBefore, limit) => {
      const rows = await db
        .selectFrom("keys")
        .select("access_key_id")
        // A bound value would keep SQLite from its partial index.
        .where((eb) => eb("state", "<>", sql.lit("deleted")))
        .where("state", "<>", "deleting")
        .where("made_at", "<", madeBefore)
        .orderBy("made_at", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => row.access_key_id);
    },
    heldBy: async (userId, limit) => {
      const rows = await db
        .selectFrom("keys")
        .selectAll()
        .where((eb) => eb("state", "=", sql.lit("deletion_held")))
        .where(sql<boolean>`json_extract(state_json, '$.byId') = ${userId}`)
        .orderBy(sql`json_extract(state_json, '$.at')`)
        .limit(limit)
        .execute();
      return rows.map(toKey).filter((key) => key !== null);
    },
    countAlive: async (ownerId) => {
      const row = await db
        .selectFrom("keys")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("owner_id", "=", ownerId)
        // A bound value would keep SQLite from its partial index.
        .where((eb) => eb("state", "<>", sql.lit("deleted")))
        .executeTakeFirstOrThrow();
      return row.count;
    },
  };
}

export function keyWrites(db: Db): Pick<Tx["keys"], "insert" | "move"> {
  return {
    insert: (key) => insert(db, key),
    move: (key, to, deliveryId) => move(db, key, to, deliveryId),
  };
}

async function insert(db: Db, key: Omit<Key, "version">): Promise<void> {
  const { buckets } = key.access;
  await db
    .insertInto("keys")
    .values({
      access_key_id: key.accessKeyId,
      request_id: key.requestId,
      reference: key.reference,
      owner_id: key.ownerId,
      key_name: key.keyName,
      tigris_name: key.tigrisName,
      permission: key.access.permission,
      buckets: buckets.kind === "all" ? null : JSON.stringify(buckets.names),
      endpoint: key.endpoint,
      made_at: key.madeAt,
      delivery_id: key.deliveryId,
      state: key.state.kind,
      state_json: toJson(key.state),
      version: 1,
    })
    .execute();
  const words = `${key.keyName} ${key.reference} ${key.accessKeyId}`;
  await db.insertInto("key_search").values({ access_key_id: key.accessKeyId, words }).execute();
}

/** The one conditional write by which a key changes. */
async function move(db: Db, key: Key, to: KeyState, deliveryId = key.deliveryId): Promise<boolean> {
  const result = await db
    .updateTable("keys")
    .set({ state: to.kind, state_json: toJson(to), delivery_id: deliveryId, version: key.version + 1 })
    .where("access_key_id", "=", key.accessKeyId)
    .where("version", "=", key.version)
    .where("state", "=", key.state.kind)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** A key out of its row. @throws UnknownShape */
export function toKey(row: Selectable<Tables["keys"]> | undefined): Key | null {
  if (row === undefined) return null;
  const named = `keys ${row.access_key_id}`;
  return {
    accessKeyId: row.access_key_id,
    requestId: row.request_id,
    reference: row.reference,
    ownerId: row.owner_id,
    keyName: row.key_name,
    tigrisName: row.tigris_name,
    ...accessOf(row, named),
    madeAt: row.made_at,
    deliveryId: row.delivery_id,
    state: keyStateOf(row.state_json, named),
    version: row.version,
  };
}
