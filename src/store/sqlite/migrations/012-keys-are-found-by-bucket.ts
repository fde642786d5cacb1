import { type Kysely, sql } from "kysely";

/** Keys are found by the names of their buckets too. What an older version adds from here on is found by its own words alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `delete from key_search`,
  `insert into key_search (access_key_id, words)
    select access_key_id, key_name || ' ' || reference || ' ' || access_key_id || ' ' || coalesce(buckets, '') from keys`,
];
