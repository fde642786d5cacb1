import { type Kysely, sql } from "kysely";

/** Everything that the bot remembers. No column ever holds a secret. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table installation (
    kind text primary key,
    value text not null,
    remembered_at integer not null
  ) strict`,

  `create table requests (
    id text primary key,
    reference text not null unique,
    requester_id text not null,
    key_name text not null,
    permission text not null check (permission in ('ReadOnly', 'Editor', 'Admin')),
    buckets text,
    endpoint text not null check (endpoint in ('Default', 'Fly')),
    reason text,
    needs_approval integer not null check (needs_approval in (0, 1)),
    asked_at integer not null,
    state text not null,
    state_json text not null,
    lapses_at integer,
    attempts integer not null,
    version integer not null,
    view_id text not null unique,
    dm_channel_id text not null,
    requester_card_channel_id text,
    requester_card_ts text,
    approvals_card_channel_id text,
    approvals_card_ts text
  ) strict`,
  `create index requests_of_person on requests (requester_id, state)`,
  `create index requester_cards on requests (requester_card_ts)`,
  `create index approvals_cards on requests (approvals_card_ts)`,
  `create index requests_that_lapse on requests (lapses_at) where state in ('pending', 'approved')`,

  `create table keys (
    access_key_id text primary key,
    -- At most one key per request, whatever the code does.
    request_id text not null unique references requests (id),
    owner_id text not null,
    tigris_name text not null unique,
    made_at integer not null,
    delivery_id text not null unique,
    state text not null,
    state_json text not null,
    version integer not null
  ) strict`,
  `create index keys_newest_first on keys (made_at desc, access_key_id desc) where state <> 'deleted'`,
  `create index keys_of_person on keys (owner_id, made_at desc, access_key_id desc) where state <> 'deleted'`,

  `create table attempts (
    id text primary key,
    request_id text not null references requests (id),
    access_key_id text,
    actor_id text not null,
    started_at integer not null,
    worker_id text not null,
    lease_until integer not null,
    next_at integer not null,
    tries integer not null,
    alerted integer not null,
    kind text not null check (kind in ('create', 'rotate', 'delete')),
    phase text not null,
    number integer,
    tigris_name text unique,
    closed integer not null check (closed in (0, 1)),
    click_id text unique
  ) strict`,
  // One call at a time for a request and its key; looking for a lost key and deleting it go on beside the next one.
  `create unique index one_open_attempt on attempts (request_id) where closed = 0 and phase in ('calling', 'delivering')`,
  `create index attempts_that_are_due on attempts (next_at) where closed = 0`,

  `create table events (
    id integer primary key autoincrement,
    at integer not null,
    name text not null,
    actor_id text not null,
    request_id text,
    access_key_id text,
    outcome text not null
  ) strict`,
  `create index events_of_request on events (request_id, id)`,
  `create trigger events_are_never_changed before update on events begin select raise(abort, 'events are final'); end`,
  `create trigger events_are_never_deleted before delete on events begin select raise(abort, 'events are final'); end`,

  `create table outbox (
    id integer primary key autoincrement,
    card text unique,
    message_json text not null,
    created_at integer not null,
    next_at integer not null,
    tries integer not null,
    revision integer not null,
    worker_id text,
    lease_until integer not null
  ) strict`,
  `create index outbox_that_is_due on outbox (next_at)`,
];
