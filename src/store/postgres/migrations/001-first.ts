import { type Kysely, sql } from "kysely";

/** Everything that the bot remembers. No column ever holds a secret. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/** Rows of a table that nobody changes or takes out again. */
const isFinal = (table: string, name: string) => [
  `create function ${table}_are_final() returns trigger language plpgsql as
    $$ begin raise exception '${name} are final'; end $$`,
  `create trigger ${table}_are_never_changed before update or delete on ${table}
    for each row execute function ${table}_are_final()`,
  `create trigger ${table}_are_never_emptied before truncate on ${table}
    for each statement execute function ${table}_are_final()`,
];

const STATEMENTS = [
  `create table installation (
    kind text primary key,
    value text not null,
    remembered_at bigint not null
  )`,

  `create table requests (
    id text primary key,
    reference text not null unique,
    requester_id text not null,
    kind text not null,
    asked_json text not null,
    access_key_id text,
    reason text,
    needs_approval integer not null check (needs_approval in (0, 1)),
    asked_at bigint not null,
    state text not null,
    state_json text not null,
    attempts integer not null,
    version integer not null,
    view_id text not null unique,
    dm_channel_id text not null,
    requester_card_channel_id text,
    requester_card_ts text,
    approvals_card_channel_id text,
    approvals_card_ts text
  )`,
  `create index requests_of_person on requests (requester_id, state)`,
  `create index requester_cards on requests (requester_card_ts)`,
  `create index approvals_cards on requests (approvals_card_ts)`,
  `create index requests_about_key on requests (access_key_id) where access_key_id is not null`,
  `create index requests_asked_of_people on requests (requester_id, asked_at) where needs_approval = 1`,

  `create table keys (
    -- In the order of its bytes, in every database: pages of a list go on by it.
    access_key_id text collate "C" primary key,
    -- At most one key per request, whatever the code does.
    request_id text not null unique references requests (id),
    reference text not null,
    owner_id text not null,
    key_name text not null,
    tigris_name text not null unique,
    permission text not null check (permission in ('ReadOnly', 'Editor', 'Admin')),
    buckets text,
    endpoint text not null check (endpoint in ('Default', 'Fly')),
    made_at bigint not null,
    delivery_id text not null unique,
    state text not null,
    state_json text not null,
    version integer not null
  )`,
  `alter table requests add foreign key (access_key_id) references keys (access_key_id)`,
  `create index keys_newest_first on keys (made_at desc, access_key_id desc) where state <> 'deleted'`,
  `create index keys_of_person on keys (owner_id, made_at desc, access_key_id desc) where state <> 'deleted'`,
  `create index held_keys on keys (state) where state = 'deletion_held'`,

  `create table attempts (
    id text primary key,
    request_id text not null references requests (id),
    access_key_id text,
    actor_id text not null,
    started_at bigint not null,
    lease_holder text not null,
    lease_until bigint not null,
    next_at bigint not null,
    tries integer not null,
    alerted integer not null,
    kind text not null check (kind in ('create', 'rotate', 'delete')),
    phase text not null,
    number integer,
    tigris_name text unique,
    closed integer not null check (closed in (0, 1)),
    click_id text unique
  )`,
  // What gives power goes one at a time; looking for a lost key and deleting it go on beside the next one.
  `create unique index one_open_attempt on attempts (request_id)
    where closed = 0 and phase in ('calling', 'delivering') and kind <> 'delete'`,
  `create unique index one_open_rotation on attempts (access_key_id)
    where closed = 0 and phase in ('calling', 'delivering') and kind = 'rotate'`,
  `create unique index one_open_deletion on attempts (access_key_id) where closed = 0 and kind = 'delete'`,
  `create index attempts_by_key on attempts (access_key_id) where access_key_id is not null`,
  `create index attempts_of_request on attempts (request_id)`,
  `create index open_attempts on attempts (request_id) where closed = 0`,

  // Names in Tigris of attempts that were forgotten, with the reference in them.
  `create table used_names (
    tigris_name text primary key,
    reference text not null
  )`,
  `create index used_references on used_names (reference)`,
  ...isFinal("used_names", "used names"),
  `create function names_are_used_once() returns trigger language plpgsql as $$ begin
    if exists (select 1 from used_names where tigris_name = new.tigris_name) then
      raise exception 'this name was used before';
    end if;
    return new;
  end $$`,
  `create trigger names_are_used_once before insert on attempts for each row execute function names_are_used_once()`,

  `create table timers (
    subject_id text not null,
    kind text not null,
    due_at bigint not null,
    lease_holder text,
    lease_until bigint not null,
    primary key (subject_id, kind)
  )`,
  `create index timers_that_are_due on timers (kind, due_at)`,

  `create table events (
    id bigint generated by default as identity primary key,
    at bigint not null,
    name text not null,
    actor_id text not null,
    request_id text,
    access_key_id text,
    outcome text not null
  )`,
  `create index events_of_request on events (request_id, id)`,
  `create index deletions_by_person on events (actor_id, at) where name = 'key.deletion_started'`,
  ...isFinal("events", "events"),

  `create table outbox (
    id bigint generated by default as identity primary key,
    card text unique,
    message_json text not null,
    created_at bigint not null,
    next_at bigint not null,
    tries integer not null,
    last_code text,
    revision integer not null,
    lease_holder text,
    lease_until bigint not null
  )`,
  `create index outbox_that_is_due on outbox (next_at, id)`,
  `create index outbox_that_fails on outbox (tries) where last_code is not null`,
  `create index outbox_by_age on outbox (created_at)`,

  // Whose commit took effect, looked up where its answer was lost.
  `create table commits (
    id uuid primary key,
    at bigint not null
  )`,
  `create index commits_by_age on commits (at)`,

  // The processes that share this database, with their connections to Slack.
  `create table replicas (
    name text primary key,
    connections integer not null,
    seen_at bigint not null
  )`,
];
