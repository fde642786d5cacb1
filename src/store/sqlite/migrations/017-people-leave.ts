import { type Kysely, sql } from "kysely";

/**
 * Owners who have left, or may have; nobody had before. A key that somebody takes over has another owner than the one who asked for it.
 * An older version knows neither what holds such a key nor what its secret is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table leavers (
    owner_id text primary key,
    state text not null,
    state_json text not null,
    changed_at integer not null,
    version integer not null,
    channel_id text,
    ts text
  ) strict`,
];
