import { sql } from "kysely";
import type { Attempt } from "../domain/attempt";
import type { Request } from "../domain/request";
import { attemptReads } from "./attempts";
import type { Database, Db, Differences } from "./database";
import { forgetLeaksOf } from "./leak-messages";

/**
 * Takes out a request with its keys, its attempts and their timers; answers whether it was as given, none of its attempts goes on,
 * and all of its keys are deleted, with nothing else on record about them. Searches end with it.
 */
export async function forgetRequest(
  db: Db,
  differences: Differences,
  { id, version, state }: Request,
): Promise<boolean> {
  if (await attemptReads(db).hasOpen(id)) return false;
  const keyIds = await idsOfKeys(db, id);
  if (keyIds === null) return false;
  const rows = await db.selectFrom("attempts").select("id").where("request_id", "=", id).execute();
  const attemptIds = rows.map((row) => row.id);
  await keepNames(db, attemptIds);
  await db
    .deleteFrom("timers")
    .where("subject_id", "in", [id, ...keyIds, ...attemptIds])
    .execute();
  await db.deleteFrom("attempts").where("request_id", "=", id).execute();
  await forgetLeaksOf(db, keyIds);
  for (const keyId of keyIds) {
    await differences.unindexKey(db, keyId);
    await db.deleteFrom("keys").where("access_key_id", "=", keyId).execute();
  }
  const gone = await db
    .deleteFrom("requests")
    .where("id", "=", id)
    .where("version", "=", version)
    .where("state", "=", state.kind)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

/** The keys of a request; null where one of them is not deleted, or another request is about one. */
async function idsOfKeys(db: Db, requestId: string): Promise<string[] | null> {
  const keys = await db
    .selectFrom("keys")
    .select(["access_key_id", "state"])
    .where("request_id", "=", requestId)
    .execute();
  if (keys.some(({ state }) => state !== "deleted")) return null;
  const ids = keys.map((key) => key.access_key_id);
  if (ids.length === 0) return ids;
  const about = await db.selectFrom("requests").select("id").where("access_key_id", "in", ids).limit(1).execute();
  return about.length === 0 ? ids : null;
}

/** Takes out an attempt with its timer; answers whether it is closed, and not the newest delivery of a key that works. */
export async function forgetAttempt(db: Db, { id }: Attempt): Promise<boolean> {
  await keepNames(db, [id]);
  await db.deleteFrom("timers").where("subject_id", "=", id).execute();
  const gone = await db
    .deleteFrom("attempts")
    .where("id", "=", id)
    .where("closed", "=", 1)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom("keys").select("access_key_id").where("delivery_id", "=", id).where("state", "<>", "deleted"),
        ),
      ),
    )
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

/** Drops messages that are older than that, whoever holds them; a few at a time. @returns how many */
export async function forgetMessages({ read, step }: Database, olderThanMs: number, limit: number): Promise<number> {
  const old = (db: Db, at: number) =>
    db
      .selectFrom("outbox")
      .select("id")
      .where("created_at", "<", at - olderThanMs)
      .orderBy("created_at")
      .limit(limit);
  // An idle round only looks.
  if ((await read((db, at) => old(db, at).limit(1).execute())).length === 0) return 0;
  return step(async (db, at) => {
    // By their ids: PostgreSQL reads the whole outbox rather than join it with a query inside.
    const rows = await old(db, at).execute();
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return 0;
    const dropped = await db.deleteFrom("outbox").where("id", "in", ids).executeTakeFirst();
    return Number(dropped.numDeletedRows);
  });
}

/** The names that attempts had in Tigris stay, so that no key ever gets one of them again. */
async function keepNames(db: Db, attemptIds: readonly string[]): Promise<void> {
  if (attemptIds.length === 0) return;
  await db
    .insertInto("used_names")
    .columns(["tigris_name", "reference"])
    .expression((eb) =>
      eb
        .selectFrom("attempts")
        .innerJoin("requests", "requests.id", "attempts.request_id")
        .select([sql<string>`attempts.tigris_name`.as("tigris_name"), "requests.reference"])
        .where("attempts.id", "in", attemptIds)
        .where("attempts.tigris_name", "is not", null),
    )
    .execute();
}
