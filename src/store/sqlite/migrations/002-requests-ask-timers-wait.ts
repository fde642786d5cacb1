import { type Kysely, sql } from "kysely";

/**
 * A request says what is asked for, so that a key may have many; a key knows its own access. What is due stands in one
 * table of timers. A version before this one can't live with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // What is asked for, in a shape of its own for each kind, and the key that it is about where there is one already.
  `alter table requests add column kind text not null default 'key'`,
  `alter table requests add column asked_json text not null default '{}'`,
  `alter table requests add column access_key_id text references keys (access_key_id)`,
  `update requests set asked_json = json_object('v', 1, 'kind', 'key', 'keyName', key_name, 'endpoint', endpoint, 'access',
    json_object('permission', permission, 'buckets', json(case when buckets is null
      then json_object('kind', 'all') else json_object('kind', 'named', 'names', json(buckets)) end)))`,
  `create index requests_about_key on requests (access_key_id) where access_key_id is not null`,

  `alter table keys add column reference text not null default ''`,
  `alter table keys add column key_name text not null default ''`,
  `alter table keys add column permission text not null default 'ReadOnly' check (permission in ('ReadOnly', 'Editor', 'Admin'))`,
  `alter table keys add column buckets text`,
  `alter table keys add column endpoint text not null default 'Default' check (endpoint in ('Default', 'Fly'))`,
  `update keys set (reference, key_name, permission, buckets, endpoint) =
    (select reference, key_name, permission, buckets, endpoint from requests where id = keys.request_id)`,

  // Three letters in a row find a key however many there are; what was deleted is left out when it is read.
  `create virtual table key_search using fts5 (access_key_id unindexed, words, tokenize = 'trigram')`,
  `insert into key_search (access_key_id, words)
    select access_key_id, key_name || ' ' || reference || ' ' || access_key_id from keys`,

  `create table timers (
    subject_id text not null,
    kind text not null,
    due_at integer not null,
    lease_holder text,
    lease_until integer not null,
    primary key (subject_id, kind)
  ) strict, without rowid`,
  `create index timers_that_are_due on timers (kind, due_at)`,
  `insert into timers (subject_id, kind, due_at, lease_until)
    select id, 'lapse', lapses_at, 0 from requests where state in ('pending', 'approved')`,
  `insert into timers (subject_id, kind, due_at, lease_until)
    select id, 'recover', max(lease_until, next_at), 0 from attempts where closed = 0`,

  `drop index requests_that_lapse`,
  `drop index attempts_that_are_due`,
  ...["lapses_at", "key_name", "permission", "buckets", "endpoint"].map(
    (column) => `alter table requests drop column ${column}`,
  ),
  `create index requests_asked_of_people on requests (requester_id, asked_at) where needs_approval = 1`,

  `alter table attempts rename column worker_id to lease_holder`,
  `create index attempts_by_key on attempts (access_key_id) where access_key_id is not null`,
  `create index open_attempts on attempts (request_id) where closed = 0`,

  `alter table outbox rename column worker_id to lease_holder`,
  `drop index outbox_that_is_due`,
  `create index outbox_that_is_due on outbox (next_at, id)`,

  `update requests set state = 'requester_gone', state_json = json_set(state_json, '$.kind', 'requester_gone')
    where state = 'ended'`,
];
