import { type Kysely, sql } from "kysely";

/** How often somebody has reported leaked keys is counted at each report. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`create index reports_by_person on events (actor_id, at) where name = 'leak.reported'`).execute(db);
}
