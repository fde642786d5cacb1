import { type Kysely, sql } from "kysely";

/**
 * When keys end, with what was told of it. Each living key is looked at once, by the policy of then: those whose kind has to end get
 * an end. An older version would neither pause nor delete what has ended.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "alter table keys add column end_json text",
  // Only keys of broken glasses had one.
  `update keys set end_json = json_object('at', ends_at, 'since', made_at, 'remindedMs', null, 'deletesAt', null, 'isFinal', json('true'))
    where ends_at is not null`,
  "alter table keys drop column ends_at",
  `insert into timers (subject_id, kind, due_at, lease_until)
    select access_key_id, 'end', 0, 0 from keys where state not in ('off', 'deleting', 'deleted') and end_json is null`,
];
