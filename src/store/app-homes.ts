import type { Selectable } from "kysely";
import { FIRST_LOOK } from "../domain/app-home";
import { newLease } from "../domain/attempt";
import { tooFarAhead } from "../domain/due";
import { APP_HOME_DRAWN_EVERY_MS, APP_HOME_LIVE_MS, LEASE_MS } from "../domain/limits";
import type { OpenedHome } from "../workflow/app-home-port";
import type { StorePort, Tx } from "../workflow/store-port";
import { lookOf, saidOf } from "./app-home-shapes";
import type { Database, Db, Differences } from "./database";
import { outboxIn } from "./outbox-in";
import { toJson } from "./shapes";
import type { Tables } from "./tables";

/**
 * Homes that are drawn again because of a change. In the order of their ids, so that of two transactions that owe the same
 * ones neither waits for the other in a ring.
 */
export function appHomesIn(db: Db, differences: Differences, at: number): Tx["appHomes"] {
  return {
    owe: async (ownerIds) => {
      const affected = await db
        .selectFrom("app_homes")
        .select(["user_id", "drawn_at"])
        .where("opened_at", ">", at - APP_HOME_LIVE_MS)
        .where((eb) => eb.or([eb("user_id", "in", [...ownerIds, ""]), eb("sees_others", "=", 1)]))
        .execute();
      const outbox = outboxIn(db, differences, at);
      const inOrder = affected.sort((one, other) => (one.user_id < other.user_id ? -1 : 1));
      for (const { user_id: userId, drawn_at: drawnAt } of inOrder)
        await outbox.add({ kind: "app_home", userId }, drawnAt + APP_HOME_DRAWN_EVERY_MS);
    },
  };
}

/** Who has opened their Home, and who draws it: one at a time, so that no drawing of an older record overwrites a newer one. */
export function appHomeQueue({ read, step, differences }: Database): StorePort["appHomes"] {
  return {
    opened: (userId, eventId) => step((db, at) => opened(db, { userId, eventId, at })),
    acted: (userId, act) =>
      step(async (db, at) => {
        const said_json = act.said === null ? null : toJson({ sentence: act.said });
        const look = act.look ? { look_json: toJson(act.look) } : {};
        await db
          .insertInto("app_homes")
          .values({ ...newHome(userId, at), said_json, ...look })
          .onConflict((conflict) =>
            conflict.column("user_id").doUpdateSet((eb) => ({
              opened_at: at,
              acts: eb("app_homes.acts", "+", 1),
              said_json,
              ...look,
            })),
          )
          .execute();
      }),
    find: (userId) =>
      read(async (db) => {
        const row = await db.selectFrom("app_homes").selectAll().where("user_id", "=", userId).executeTakeFirst();
        return row ? toHome(row) : null;
      }),
    take: (userId, { holder, seesOthers }) =>
      step(async (db, at) => {
        const lease = newLease(holder, at);
        const row = await db
          .updateTable("app_homes")
          .set({ lease_holder: lease.holder, lease_until: lease.until, sees_others: seesOthers ? 1 : 0 })
          .where("user_id", "=", userId)
          .where((eb) => eb.or([eb("lease_until", "<=", at), eb("lease_until", ">", tooFarAhead(at, LEASE_MS))]))
          .returningAll()
          .executeTakeFirst();
        return row ? toHome(row) : null;
      }),
    drawn: (userId, holder, drawing) =>
      step(async (db, at) => {
        const row = await db
          .updateTable("app_homes")
          .set((eb) => ({
            digest: drawing.digest,
            drawn_acts: drawing.acts,
            drawn_at: at,
            look_json: eb
              .case()
              .when("acts", "=", drawing.acts)
              .then(toJson(drawing.look))
              .else(eb.ref("look_json"))
              .end(),
            lease_holder: null,
            lease_until: 0,
          }))
          .where("user_id", "=", userId)
          .where("lease_holder", "=", holder)
          .returning("acts")
          .executeTakeFirst();
        if (row) return row.acts === drawing.acts ? "newest" : "outdated";
        // Whoever has it by now may have drawn before this one, from a newer record.
        await outboxIn(db, differences, at).add({ kind: "app_home", userId });
        return "overtaken";
      }),
    release: (userId, holder, { isOwed }) =>
      step(async (db, at) => {
        await db
          .updateTable("app_homes")
          .set({ digest: null, lease_holder: null, lease_until: 0 })
          .where("user_id", "=", userId)
          .where("lease_holder", "=", holder)
          .execute();
        if (isOwed) await outboxIn(db, differences, at).add({ kind: "app_home", userId });
      }),
    owe: (userId) => step((db, at) => outboxIn(db, differences, at).add({ kind: "app_home", userId })),
    forget: (olderThanMs, limit) => forget({ read, step }, olderThanMs, limit),
  };
}

/** What was drawn before it is known, nobody knows: as long as its person was not looked at, it may show others' things. */
function newHome(userId: string, at: number) {
  return {
    user_id: userId,
    opened_at: at,
    opened_by: null,
    acts: 1,
    drawn_acts: 0,
    look_json: toJson(FIRST_LOOK),
    said_json: null,
    sees_others: 1,
    drawn_at: 0,
    digest: null,
    lease_holder: null,
    lease_until: 0,
  };
}

/** One who comes back after a while begins anew. The same event comes again where Slack did not hear that it arrived. */
async function opened(db: Db, { userId, eventId, at }: { userId: string; eventId: string; at: number }) {
  const first = toJson({ ...FIRST_LOOK, emptiedAt: at });
  const written = await db
    .insertInto("app_homes")
    .values({ ...newHome(userId, at), opened_by: eventId })
    .onConflict((conflict) =>
      conflict
        .column("user_id")
        .doUpdateSet((eb) => ({
          opened_at: at,
          opened_by: eventId,
          acts: eb("app_homes.acts", "+", 1),
          look_json: eb
            .case()
            .when("app_homes.opened_at", "<", at - APP_HOME_LIVE_MS)
            .then(first)
            .else(eb.ref("app_homes.look_json"))
            .end(),
          said_json: null,
          sees_others: 1,
        }))
        .where((eb) => eb.or([eb("app_homes.opened_by", "is", null), eb("app_homes.opened_by", "<>", eventId)])),
    )
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

function toHome(row: Selectable<Tables["app_homes"]>): OpenedHome {
  const named = `app_homes ${row.user_id}`;
  return {
    openedAt: row.opened_at,
    acts: row.acts,
    drawnActs: row.drawn_acts,
    look: lookOf(row.look_json, named),
    said: saidOf(row.said_json, named),
    drawnAt: row.drawn_at,
    digest: row.digest,
  };
}

/** Forgets who has not opened their Home for so long; a few at a time. @returns how many */
async function forget({ read, step }: Pick<Database, "read" | "step">, olderThanMs: number, limit: number) {
  const old = (db: Db, at: number) =>
    db
      .selectFrom("app_homes")
      .select("user_id")
      .where("opened_at", "<", at - olderThanMs)
      .orderBy("opened_at")
      .limit(limit);
  // An idle round only looks.
  if ((await read((db, at) => old(db, at).limit(1).execute())).length === 0) return 0;
  return step(async (db, at) => {
    const ids = (await old(db, at).execute()).map((row) => row.user_id);
    if (ids.length === 0) return 0;
    const gone = await db.deleteFrom("app_homes").where("user_id", "in", ids).executeTakeFirst();
    return Number(gone.numDeletedRows);
  });
}
