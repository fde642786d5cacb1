import { type Kysely, sql } from "kysely";

/** People name keys in the command: all of one name are found without reading the others. An older version has no use for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`create index keys_of_name on keys (key_name, owner_id) where state <> 'deleted'`).execute(db);
}
