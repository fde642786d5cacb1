import type { Key } from "../domain/key";
import type { CardPlace, LeakMessage } from "../workflow/outbox-message";
import type { Reads, StorePort, Tx } from "../workflow/store-port";
import type { Database, Db, Differences } from "./database";
import { leakMessageOf } from "./message-shapes";
import { outboxIn } from "./outbox-in";
import { toJson } from "./shapes";

export function leakReads(db: Db): Reads["leaks"] {
  return {
    find: async ({ channelId, ts }) => {
      const row = await db
        .selectFrom("leak_messages")
        .select("message_json")
        .where("channel_id", "=", channelId)
        .where("ts", "=", ts)
        .limit(1)
        .executeTakeFirst();
      return row ? leakMessageOf(row.message_json, `leak_messages ${channelId} ${ts}`) : null;
    },
  };
}

export function leakWrites(db: Db, differences: Differences, at: number): Pick<Tx["leaks"], "owe"> {
  return {
    owe: async (accessKeyId) => {
      const places = await db
        .selectFrom("leak_messages")
        .select(["channel_id as channelId", "ts"])
        .where("access_key_id", "=", accessKeyId)
        // In one order, so that of two transactions that owe the same ones neither waits for the other in a ring.
        .orderBy("channel_id")
        .orderBy("ts")
        .execute();
      const outbox = outboxIn(db, differences, at);
      for (const place of places) await outbox.add({ kind: "leak_redraw", place });
    },
  };
}

/** Where messages about leaks stand; each step is a transaction of its own. */
export function leakMessages({ read, step, differences }: Database): StorePort["leaks"] {
  return {
    posted: (place, told) => step((db, at) => posted(db, differences, { place, ...told, at })),
    forget: (olderThanMs, limit) => forget({ read, step }, olderThanMs, limit),
  };
}

type Posted = { place: CardPlace; message: LeakMessage; keys: readonly Key[]; at: number };

async function posted(db: Db, differences: Differences, { place, message, keys, at }: Posted): Promise<void> {
  if (keys.length === 0) return;
  const row = { channel_id: place.channelId, ts: place.ts, message_json: toJson(message), posted_at: at };
  await db
    .insertInto("leak_messages")
    .values(keys.map(({ accessKeyId }) => ({ ...row, access_key_id: accessKeyId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // Written, not only read: whoever changes one of them at this moment has done so by now, or finds this message.
  const now = await db
    .updateTable("keys")
    .set((eb) => ({ version: eb.ref("version") }))
    .where(
      "access_key_id",
      "in",
      keys.map(({ accessKeyId }) => accessKeyId),
    )
    .returning(["access_key_id as accessKeyId", "version"])
    .execute();
  const versions = new Map(now.map(({ accessKeyId, version }) => [accessKeyId, version]));
  if (keys.every(({ accessKeyId, version }) => versions.get(accessKeyId) === version)) return;
  await outboxIn(db, differences, at).add({ kind: "leak_redraw", place });
}

/** Forgets what names one of these keys, which go: drawn again, it would take them for keys of somebody else's. */
export async function forgetLeaksOf(db: Db, accessKeyIds: readonly string[]): Promise<void> {
  if (accessKeyIds.length === 0) return;
  const places = await db
    .selectFrom("leak_messages")
    .select(["channel_id", "ts"])
    .where("access_key_id", "in", accessKeyIds)
    .execute();
  for (const { channel_id, ts } of places)
    await db.deleteFrom("leak_messages").where("channel_id", "=", channel_id).where("ts", "=", ts).execute();
}

async function forget({ read, step }: Pick<Database, "read" | "step">, olderThanMs: number, limit: number) {
  const old = (db: Db, at: number) =>
    db
      .selectFrom("leak_messages")
      .select(["channel_id", "ts"])
      .where("posted_at", "<", at - olderThanMs)
      .orderBy("posted_at")
      .limit(limit);
  // An idle round only looks.
  if ((await read((db, at) => old(db, at).limit(1).execute())).length === 0) return 0;
  return step(async (db, at) => {
    let forgotten = 0;
    for (const { channel_id, ts } of await old(db, at).execute()) {
      const gone = db.deleteFrom("leak_messages").where("channel_id", "=", channel_id).where("ts", "=", ts);
      // One with several keys is met several times.
      if ((await gone.executeTakeFirst()).numDeletedRows > 0n) forgotten += 1;
    }
    return forgotten;
  });
}
