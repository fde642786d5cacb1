import { type Kysely, sql } from "kysely";

/**
 * A key is off until its owner says that they hold its secret, so a request may have several, one after the other; and keys can
 * be paused. Two tables are made anew, since SQLite changes no constraint: whoever runs this has switched foreign keys off, so
 * that rows elsewhere stay as they are.
 * @throws where a row refers to none afterwards
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  const { rows } = await sql`pragma foreign_key_check`.execute(db);
  if (rows.length > 0) throw new Error("a row refers to none");
}

const KEY_COLUMNS = `access_key_id, request_id, reference, owner_id, key_name, tigris_name, permission, buckets, endpoint,
  made_at, delivery_id, state, state_json, version`;
const ATTEMPT_COLUMNS = `id, request_id, access_key_id, actor_id, started_at, lease_holder, lease_until, next_at, tries,
  alerted, kind, phase, number, tigris_name, closed, click_id`;

const TABLES = [
  `create table new_keys (
    access_key_id text primary key,
    request_id text not null references requests (id),
    reference text not null,
    owner_id text not null,
    key_name text not null,
    tigris_name text not null unique,
    permission text not null check (permission in ('ReadOnly', 'Editor', 'Admin')),
    buckets text,
    endpoint text not null check (endpoint in ('Default', 'Fly')),
    made_at integer not null,
    delivery_id text not null unique,
    state text not null,
    state_json text not null,
    pause_json text not null default '{"v":3,"holds":[],"stands":"none","areRolesTaken":false,"unansweredAt":null}',
    version integer not null
  ) strict`,
  `insert into new_keys (${KEY_COLUMNS}) select ${KEY_COLUMNS} from keys`,
  `drop table keys`,
  `alter table new_keys rename to keys`,
  // At most one key per request that may be switched on, whatever the code does. One that was raised is on beside it.
  `create unique index one_key_of_request on keys (request_id) where state in ('off', 'switching_on')`,
  `create index keys_of_request on keys (request_id, made_at, access_key_id)`,
  `create index keys_newest_first on keys (made_at desc, access_key_id desc) where state <> 'deleted'`,
  `create index keys_of_person on keys (owner_id, made_at desc, access_key_id desc) where state <> 'deleted'`,

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
    kind text not null check (kind in ('create', 'rotate', 'delete', 'switch_on', 'pause', 'resume', 'list_made')),
    phase text not null,
    number integer,
    tigris_name text unique,
    closed integer not null check (closed in (0, 1)),
    click_id text unique
  ) strict`,
  `insert into new_attempts (${ATTEMPT_COLUMNS}) select ${ATTEMPT_COLUMNS} from attempts`,
  `drop table attempts`,
  `alter table new_attempts rename to attempts`,
  // What gives a secret or power goes one at a time, for a request and for a key; what takes power waits for nothing.
  `create unique index one_open_attempt on attempts (request_id) where closed = 0
    and phase in ('calling', 'delivering', 'giving') and kind in ('create', 'rotate', 'switch_on', 'resume')`,
  `create unique index one_open_grant on attempts (access_key_id) where closed = 0
    and phase in ('calling', 'delivering', 'giving') and kind in ('rotate', 'switch_on', 'resume')`,
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

const STATEMENTS = [
  ...TABLES,
  `create index pauses_by_person on events (actor_id, at) where name = 'key.paused'`,

  // A key that was to go is looked for by its name, like any other that was given up.
  `update timers set due_at = 0 where kind = 'recover' and subject_id in
    (select id from attempts where closed = 0 and phase = 'discarding')`,
  `update attempts set phase = 'searching', next_at = 0, tries = 0 where closed = 0 and phase = 'discarding'`,

  // A deletion that waited for somebody else is a pause from now on, which Tigris has not been asked for yet.
  `update outbox set card = 'pauses ' || substr(card, 16), message_json = json_object('v', 3, 'kind', 'pauses',
      'byId', substr(card, 16), 'since', coalesce((select min(json_extract(state_json, '$.at')) from keys
        where state = 'deletion_held' and json_extract(state_json, '$.byId') = substr(card, 16)), created_at))
    where card like 'held_deletions %'`,
  `insert into attempts (${ATTEMPT_COLUMNS})
    select 'pause-' || access_key_id, request_id, access_key_id, json_extract(state_json, '$.byId'),
      json_extract(state_json, '$.at'), 'nobody', 0, 0, 0, 0, 'pause', 'calling', null, null, 0, null
    from keys where state = 'deletion_held'`,
  `insert into events (at, name, actor_id, request_id, access_key_id, outcome)
    select json_extract(state_json, '$.at'), 'key.paused', json_extract(state_json, '$.byId'), request_id, access_key_id, 'deletion_held'
    from keys where state = 'deletion_held' order by json_extract(state_json, '$.at')`,
  `insert into timers (subject_id, kind, due_at, lease_until)
    select 'pause-' || access_key_id, 'recover', 0, 0 from keys where state = 'deletion_held'`,
  `update keys set
      state = json_extract(state_json, '$.before.kind'),
      state_json = json_set(json_extract(state_json, '$.before'), '$.v', 2),
      pause_json = json_object('v', 3, 'holds', json_array(json_object('kind', 'approver',
          'byId', json_extract(state_json, '$.byId'), 'at', json_extract(state_json, '$.at'))),
        'stands', 'pausing', 'areRolesTaken', json('false'), 'unansweredAt', null),
      version = version + 1
    where state = 'deletion_held'`,

  // Each key that was signed with is remembered by its id instead.
  `delete from installation where kind = 'own_key_listed'`,
];
