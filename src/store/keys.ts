import { type Selectable, sql } from "kysely";
import type { Key } from "../domain/key";
import { type KeyAge, newAge, secretSince } from "../domain/key-age";
import type { Reads, Tx } from "../workflow/store-port";
import { accessOf } from "./access-shapes";
import type { Db, Differences } from "./database";
import { accessChangeOf, keyAgeOf, keyEndOf, keyStateOf, pauseOf, rotationOf } from "./key-shapes";
import { toJson } from "./shapes";
import type { Tables } from "./tables";

export function keyReads(db: Db): Pick<Reads["keys"], "find" | "findByRequest" | "countAlive"> {
  return {
    find: async (id) =>
      toKey(await db.selectFrom("keys").selectAll().where("access_key_id", "=", id).executeTakeFirst()),
    findByRequest: async (id) =>
      toKey(
        await db
          .selectFrom("keys")
          .leftJoin("attempts", "attempts.id", "keys.delivery_id")
          .selectAll("keys")
          .where("keys.request_id", "=", id)
          // The time alone would not do: a clock may have been set back between two of them.
          .orderBy((eb) => eb.fn.coalesce("attempts.number", eb.lit(0)), "desc")
          .orderBy("made_at", "desc")
          .orderBy("keys.access_key_id", "desc")
          .limit(1)
          .executeTakeFirst(),
      ),
    countAlive: async (ownerId) => {
      const row = await ofOwner(db, ownerId)
        .select((eb) => eb.fn.countAll<number>().filterWhere("permission", "=", "Admin").as("admin"))
        .executeTakeFirstOrThrow();
      return { all: row.count, admin: row.admin };
    },
  };
}

/**
 * Counts somebody's keys that may have power: those that are neither off, nor go since they were never on, nor deleted. One that takes
 * the place of another counts once it has it.
 */
export function powerfulCount(db: Db, { jsonText }: Differences, ownerId: string) {
  return ofOwner(db, ownerId)
    .where("state", "<>", "off")
    .where((eb) => eb.or([eb("state", "<>", "deleting"), eb(jsonText("state_json", "byId"), "is not", null)]))
    .where((eb) => eb.or([eb("rotation_json", "is", null), eb(jsonText("rotation_json", "kind"), "<>", "follows")]));
}

/** Counts somebody's keys that are not deleted. */
function ofOwner(db: Db, ownerId: string) {
  return (
    db
      .selectFrom("keys")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("owner_id", "=", ownerId)
      // A bound value would keep SQLite from its partial index.
      .where((eb) => eb("state", "<>", sql.lit("deleted")))
  );
}

export function keyWrites(db: Db, differences: Differences): Pick<Tx["keys"], "insert" | "move"> {
  return {
    insert: async (key) => {
      await insert(db, key);
      await differences.indexKey(db, key);
    },
    move: async (key, to) => {
      if (!(await move(db, key, to))) return false;
      if (to.access === undefined) return true;
      // It is found by the buckets that it may open.
      await differences.unindexKey(db, key.accessKeyId);
      await differences.indexKey(db, { ...key, access: to.access });
      return true;
    },
  };
}

async function insert(db: Db, key: Omit<Key, "version">): Promise<void> {
  await db
    .insertInto("keys")
    .values({
      access_key_id: key.accessKeyId,
      request_id: key.requestId,
      reference: key.reference,
      owner_id: key.ownerId,
      key_name: key.keyName,
      tigris_name: key.tigrisName,
      ...accessColumns(key.access),
      endpoint: key.endpoint,
      made_at: key.madeAt,
      delivery_id: key.deliveryId,
      state: key.state.kind,
      state_json: toJson(key.state),
      pause_json: toJson(key.pause),
      end_json: key.end && toJson(key.end),
      rotation_json: key.rotation && toJson(key.rotation),
      ...ageColumns(key.age),
      access_change_json: key.accessChange && toJson(key.accessChange),
      version: 1,
    })
    .execute();
}

/** The one conditional write by which a key changes. */
async function move(db: Db, key: Key, to: Parameters<Tx["keys"]["move"]>[1]): Promise<boolean> {
  const { state, deliveryId, pause, end, rotation, age, ownerId, access, accessChange } = { ...key, ...to };
  const result = await db
    .updateTable("keys")
    .set({
      state: state.kind,
      state_json: toJson(state),
      pause_json: toJson(pause),
      delivery_id: deliveryId,
      owner_id: ownerId,
      end_json: end && toJson(end),
      rotation_json: rotation && toJson(rotation),
      ...ageColumns(age),
      ...accessColumns(access),
      access_change_json: accessChange && toJson(accessChange),
      version: key.version + 1,
    })
    .where("access_key_id", "=", key.accessKeyId)
    .where("version", "=", key.version)
    .where("state", "=", key.state.kind)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

function ageColumns(age: KeyAge) {
  return { age_json: toJson(age), secret_since: secretSince(age), rotated_at: age.rotatedAt };
}

function accessColumns({ permission, buckets }: Key["access"]) {
  return { permission, buckets: buckets.kind === "all" ? null : JSON.stringify(buckets.names) };
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
    accessChange: row.access_change_json === null ? null : accessChangeOf(row.access_change_json, named),
    madeAt: row.made_at,
    deliveryId: row.delivery_id,
    pause: pauseOf(row.pause_json, named),
    end: row.end_json === null ? null : keyEndOf(row.end_json, named),
    rotation: row.rotation_json === null ? null : rotationOf(row.rotation_json, named),
    age: row.age_json === null ? newAge(row.made_at) : keyAgeOf(row.age_json, named),
    state: keyStateOf(row.state_json, named),
    version: row.version,
  };
}
