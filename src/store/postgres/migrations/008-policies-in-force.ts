import { type Kysely, sql } from "kysely";

/**
 * The policy in force, and those that were before it. An older version would judge by its variables instead, and give what the
 * policy refuses.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table policies (
    digest text primary key,
    text text not null,
    loaded_by text not null check (loaded_by in ('start', 'sighup')),
    loader text not null,
    loaded_at bigint not null,
    replaced_at bigint
  )`,
  // Null in all that it holds: so one policy is in force, and no second one.
  `create unique index policy_in_force on policies ((replaced_at is null)) where replaced_at is null`,
];
