import { type Kysely, sql } from "kysely";

/** The access of keys changes. An older version would set the roles that a key had before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table keys add column access_change_json text`,
  `alter table attempts drop constraint attempts_kind_check`,
  `alter table attempts add constraint attempts_kind_check
    check (kind in ('create', 'rotate', 'delete', 'switch_on', 'pause', 'resume', 'list_made', 'change_access'))`,
  `drop index one_open_attempt`,
  `create unique index one_open_attempt on attempts (request_id) where closed = 0
    and phase in ('calling', 'delivering', 'giving') and kind in ('create', 'rotate', 'switch_on', 'resume', 'change_access')`,
  `drop index one_open_grant`,
  `create unique index one_open_grant on attempts (access_key_id) where closed = 0
    and phase in ('calling', 'delivering', 'giving') and kind in ('rotate', 'switch_on', 'resume', 'change_access')`,
];
