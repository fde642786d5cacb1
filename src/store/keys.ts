import { type Selectable, sql, type Transaction } from "kysely";
import type { Key, KeyState } from "../domain/key";
import type { Endpoint } from "../domain/permission";
import type { KeyQuery, Tx } from "../workflow/store-port";
import { accessOf } from "./requests";
import { keyStateOf } from "./state-json";
import type { Tables } from "./tables";

type Db = Transaction<Tables>;
type KeyRow = Selectable<Tables["keys"]> &
  Pick<Selectable<Tables["requests"]>, "reference" | "key_name" | "permission" | "buckets" | "endpoint">;

export function keysIn(db: Db): Tx["keys"] {
  return {
    find: async (id) => toKey(await selectKeys(db).where("keys.access_key_id", "=", id).executeTakeFirst()),
    findByRequest: async (id) => toKey(await selectKeys(db).where("keys.request_id", "=", id).executeTakeFirst()),
    findByDelivery: (id) => findByDelivery(db, id),
    insert: (key) => insert(db, key),
    move: (key, to, deliveryId) => move(db, key, to, deliveryId),
    page: (query) => page(db, query),
    countAlive: async (ownerId) => {
      const row = await db
        .selectFrom("keys")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("owner_id", "=", ownerId)
        .where("state", "<>", "deleted")
        .executeTakeFirstOrThrow();
      return row.count;
    },
  };
}

function selectKeys(db: Db) {
  return db
    .selectFrom("keys")
    .innerJoin("requests", "requests.id", "keys.request_id")
    .selectAll("keys")
    .select([
      "requests.reference",
      "requests.key_name",
      "requests.permission",
      "requests.buckets",
      "requests.endpoint",
    ]);
}

/** By the delivery that holds the newest secret, or by an earlier one of the same key. */
async function findByDelivery(db: Db, deliveryId: string): Promise<Key | null> {
  const attempt = await db
    .selectFrom("attempts")
    .select("access_key_id")
    .where("id", "=", deliveryId)
    .where("kind", "in", ["create", "rotate"])
    .executeTakeFirst();
  if (!attempt?.access_key_id) return null;
  return toKey(await selectKeys(db).where("keys.access_key_id", "=", attempt.access_key_id).executeTakeFirst());
}

async function insert(db: Db, key: Omit<Key, "version">): Promise<void> {
  await db
    .insertInto("keys")
    .values({
      access_key_id: key.accessKeyId,
      request_id: key.requestId,
      owner_id: key.ownerId,
      tigris_name: key.tigrisName,
      made_at: key.madeAt,
      delivery_id: key.deliveryId,
      state: key.state.kind,
      state_json: JSON.stringify(key.state),
      version: 1,
    })
    .execute();
}

/** The one conditional write by which a key changes. */
async function move(db: Db, key: Key, to: KeyState, deliveryId = key.deliveryId): Promise<boolean> {
  const result = await db
    .updateTable("keys")
    .set({ state: to.kind, state_json: JSON.stringify(to), delivery_id: deliveryId, version: key.version + 1 })
    .where("access_key_id", "=", key.accessKeyId)
    .where("version", "=", key.version)
    .where("state", "=", key.state.kind)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

async function page(db: Db, { ownerId, from, search, limit }: KeyQuery): Promise<Key[]> {
  const order = from?.side === "newer" ? "asc" : "desc";
  let query = selectKeys(db).where("keys.state", "<>", "deleted");
  if (ownerId !== null) query = query.where("keys.owner_id", "=", ownerId);
  for (const word of wordsOf(search))
    query = query.where(
      sql<boolean>`instr(lower(requests.key_name || ' ' || requests.reference || ' ' || keys.access_key_id), ${word}) > 0`,
    );
  if (from !== null) {
    const side = sql.raw(from.side === "newer" ? ">" : "<");
    query = query.where(
      sql<boolean>`(keys.made_at, keys.access_key_id) ${side}
        (select made_at, access_key_id from keys where access_key_id = ${from.accessKeyId})`,
    );
  }
  const rows = await query.orderBy("keys.made_at", order).orderBy("keys.access_key_id", order).limit(limit).execute();
  const keys = rows.flatMap((row) => toKey(row) ?? []);
  return order === "asc" ? keys.reverse() : keys;
}

/** Each word is a condition of its own, and SQLite takes only so many. */
const MAX_WORDS = 8;

/** What somebody looks for: every word has to be found. Brackets stand around references where keys are shown. */
function wordsOf(search: string | null): string[] {
  return (search ?? "")
    .toLowerCase()
    .split(/[\s()]+/)
    .filter((word) => word !== "")
    .slice(0, MAX_WORDS);
}

function toKey(row: KeyRow | undefined): Key | null {
  if (row === undefined) return null;
  return {
    accessKeyId: row.access_key_id,
    requestId: row.request_id,
    reference: row.reference,
    ownerId: row.owner_id,
    keyName: row.key_name,
    tigrisName: row.tigris_name,
    access: accessOf(row),
    endpoint: row.endpoint as Endpoint,
    madeAt: row.made_at,
    deliveryId: row.delivery_id,
    state: keyStateOf(row.state_json),
    version: row.version,
  };
}
