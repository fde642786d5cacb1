import { type Kysely, sql } from "kysely";

/**
 * Which key takes the place of which: none does, of those that are there. An older version would neither pause nor delete what was
 * followed, and could not read why it is held.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table keys add column rotation_json text`.execute(db);
}
