import { type Kysely, sql } from "kysely";

/**
 * The access of keys changes. The table of attempts is made anew, since SQLite changes no constraint: whoever runs this has switched
 * foreign keys off, so that rows elsewhere stay as they are. An older version would set the roles that a key had before.
 * @throws where a row refers to none afterwards
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  const { rows } = await sql`pragma foreign_key_check`.execute(db);
  if (rows.length > 0) throw new Error("a row refers to none");
}

const COLUMNS = `id, request_id, access_key_id, actor_id, started_at, lease_holder, lease_until, next_at, tries,
  alerted, kind, phase, number, tigris_name, closed, click_id`;

const STATEMENTS = [
  `alter table keys add column access_change_json text`,
  `create table new_attempts (
    id text primary key,
    request_id text not null references requests (id),
    access_key_id text,
    actor_id text not null,
    started_at integer not null,
    lease_holder text not null,
    lease_until integer not null,
    next_at integer not null,
    tries integer not null,
    alerted integer not null,
    kind text not null
      check (kind in ('create', 'rotate', 'delete', 'switch_on', 'pause', 'resume', 'list_made', 'change_access')),
    phase text not null,
    number integer,
    tigris_name text unique,
    closed integer not null check (closed in (0, 1)),
    click_id text unique
  ) strict`,
  `insert into new_attempts (${COLUMNS}) select ${COLUMNS} from attempts`,
  `drop table attempts`,
  `alter table new_attempts rename to attempts`,
  `create unique index one_open_attempt on attempts (request_id) where closed = 0
    and phase in ('calling', 'delivering', 'giving') and kind in ('create', 'rotate', 'switch_on', 'resume', 'change_access')`,
  `create unique index one_open_grant on attempts (access_key_id) where closed = 0
    and phase in ('calling', 'delivering', 'giving') and kind in ('rotate', 'switch_on', 'resume', 'change_access')`,
  `create unique index one_open_deletion on attempts (access_key_id) where closed = 0 and kind = 'delete'`,
  `create unique index one_open_pause on attempts (access_key_id) where closed = 0 and kind = 'pause'
    and phase <> 'watching'`,
  `create index attempts_by_key on attempts (access_key_id) where access_key_id is not null`,
  `create index attempts_of_request on attempts (request_id)`,
  `create index open_attempts on attempts (request_id) where closed = 0`,
  `create index searching_attempts on attempts (started_at) where closed = 0 and phase = 'searching'`,
  `create trigger names_are_used_once before insert on attempts
    when exists (select 1 from used_names where tigris_name = new.tigris_name)
    begin select raise(abort, 'this name was used before'); end`,
];
