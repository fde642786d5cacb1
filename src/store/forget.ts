import { type Kysely, sql, type Transaction } from "kysely";
import type { Attempt } from "../domain/attempt";
import type { Request } from "../domain/request";
import { attemptReads } from "./attempts";
import type { Tables } from "./tables";

type Db = Transaction<Tables>;

/** Takes out a request with its attempts and their timers; answers whether it was as given and none of them is open. */
export async function forgetRequest(db: Db, { id, version, state }: Request): Promise<boolean> {
  if (await attemptReads(db).hasOpen(id)) return false;
  const rows = await db.selectFrom("attempts").select("id").where("request_id", "=", id).execute();
  const attemptIds = rows.map((row) => row.id);
  await keepNames(db, attemptIds);
  await db
    .deleteFrom("timers")
    .where("subject_id", "in", [id, ...attemptIds])
    .execute();
  await db.deleteFrom("attempts").where("request_id", "=", id).execute();
  const gone = await db
    .deleteFrom("requests")
    .where("id", "=", id)
    .where("version", "=", version)
    .where("state", "=", state.kind)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
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
export async function forgetMessages(db: Kysely<Tables>, before: number, limit: number): Promise<number> {
  const old = db.selectFrom("outbox").select("id").where("created_at", "<", before).orderBy("created_at").limit(limit);
  // An idle round only looks.
  if ((await old.limit(1).execute()).length === 0) return 0;
  const dropped = await db
    .transaction()
    .execute((tx) => tx.deleteFrom("outbox").where("id", "in", old).executeTakeFirst());
  return Number(dropped.numDeletedRows);
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
