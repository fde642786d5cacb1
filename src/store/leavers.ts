import { type Selectable, sql } from "kysely";
import type { Leaver, LeaverState } from "../domain/leaver";
import type { LeaverCards, LeaverReads, LeaverWrites } from "../workflow/leavers-port";
import type { Database, Db, Differences } from "./database";
import { NOT_LIVING } from "./key-owners";
import { leaverStateOf } from "./leaver-shapes";
import { outboxIn } from "./outbox-in";
import { toJson } from "./shapes";
import type { Tables } from "./tables";

export function leaverReads(db: Db, { jsonText }: Differences): LeaverReads {
  return {
    find: async (ownerId) => {
      const row = await db.selectFrom("leavers").selectAll().where("owner_id", "=", ownerId).executeTakeFirst();
      return row ? toLeaver(row) : null;
    },
    card: async (ownerId) => {
      const row = await db
        .selectFrom("leavers")
        .select(["channel_id as channelId", "ts"])
        .where("owner_id", "=", ownerId)
        .executeTakeFirst();
      return row?.channelId && row.ts ? { channelId: row.channelId, ts: row.ts } : null;
    },
    countGone: async (since) => {
      const row = await db
        .selectFrom("leavers")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where((eb) =>
          eb.or([
            eb("state", "in", ["suspected", "held_back"]),
            eb.and([
              eb("state", "=", "left"),
              eb(jsonText("state_json", "byId"), "=", "bot"),
              eb(sql`cast(${jsonText("state_json", "at")} as bigint)`, ">", since),
            ]),
          ]),
        )
        .executeTakeFirstOrThrow();
      return row.count;
    },
    heldBack: async ({ isTold, until, limit }) => {
      let query = db
        .selectFrom("leavers")
        .selectAll()
        .where("state", "=", "held_back")
        .where(sql`cast(${jsonText("state_json", "at")} as bigint)`, "<=", until);
      if (isTold === false) query = query.where(jsonText("state_json", "toldAt"), "is", null);
      return (await query.orderBy("owner_id").limit(limit).execute()).map(toLeaver);
    },
  };
}

export function leaverWrites(db: Db, differences: Differences, at: number): LeaverWrites {
  return {
    write: (ownerId, before, to) => write(db, { ownerId, before, to, at }),
    owe: async (ownerIds) => {
      if (ownerIds.length === 0) return;
      const rows = await db
        .selectFrom("leavers")
        .select("owner_id")
        .where("owner_id", "in", [...ownerIds])
        .where("state", "in", ["left", "back"])
        .orderBy("owner_id")
        .execute();
      const outbox = outboxIn(db, differences, at);
      for (const { owner_id } of rows) await outbox.add({ kind: "leaver_card", ownerId: owner_id, isNews: false });
    },
  };
}

/** The one conditional write by which it changes what an owner is. */
async function write(
  db: Db,
  { ownerId, before, to, at }: { ownerId: string; before: Leaver | null; to: LeaverState | null; at: number },
): Promise<boolean> {
  if (before === null) {
    if (to === null) return true;
    const row = { owner_id: ownerId, state: to.kind, state_json: toJson(to), changed_at: at, version: 1 };
    const put = await db
      .insertInto("leavers")
      .values({ ...row, channel_id: null, ts: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return put.numInsertedOrUpdatedRows === 1n;
  }
  if (to === null) {
    const gone = await db
      .deleteFrom("leavers")
      .where("owner_id", "=", ownerId)
      .where("version", "=", before.version)
      .executeTakeFirst();
    return gone.numDeletedRows === 1n;
  }
  const moved = await db
    .updateTable("leavers")
    .set({ state: to.kind, state_json: toJson(to), changed_at: at, version: before.version + 1 })
    .where("owner_id", "=", ownerId)
    .where("version", "=", before.version)
    .where("state", "=", before.state.kind)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

export function leaverCards({ read, step, differences }: Database): LeaverCards {
  return {
    placed: (ownerId, place) =>
      step(async (db, at) => {
        const before = await leaverReads(db, differences).card(ownerId);
        await db
          .updateTable("leavers")
          .set({ channel_id: place.channelId, ts: place.ts })
          .where("owner_id", "=", ownerId)
          .execute();
        if (before !== null) await outboxIn(db, differences, at).add({ kind: "leaver_moved", ownerId, place: before });
      }),
    forget: async (olderThanMs, limit) => {
      const idle = (db: Db, at: number) =>
        db
          .selectFrom("leavers")
          .select("owner_id")
          .where("changed_at", "<", at - olderThanMs)
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom("keys")
                  .select("access_key_id")
                  .whereRef("keys.owner_id", "=", "leavers.owner_id")
                  .where("keys.state", "not in", NOT_LIVING),
              ),
            ),
          )
          .limit(limit);
      // An idle round only looks.
      if ((await read((db, at) => idle(db, at).limit(1).execute())).length === 0) return 0;
      return step(async (db, at) => {
        const ids = (await idle(db, at).execute()).map((row) => row.owner_id);
        if (ids.length === 0) return 0;
        const gone = await db.deleteFrom("leavers").where("owner_id", "in", ids).executeTakeFirst();
        return Number(gone.numDeletedRows);
      });
    },
  };
}

function toLeaver(row: Selectable<Tables["leavers"]>): Leaver {
  return {
    ownerId: row.owner_id,
    state: leaverStateOf(row.state_json, `leavers ${row.owner_id}`),
    version: row.version,
  };
}
