import { type Kysely, sql } from "kysely";

/**
 * A key is off until its owner says that they hold its secret, so a request may have several, one after the other; and keys can
 * be paused.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table keys add column pause_json text not null
    default '{"v":3,"holds":[],"stands":"none","areRolesTaken":false,"unansweredAt":null}'`,
  `alter table keys drop constraint keys_request_id_key`,
  // At most one key per request that may be switched on, whatever the code does. One that was raised is on beside it.
  `create unique index one_key_of_request on keys (request_id) where state in ('off', 'switching_on')`,
  `create index keys_of_request on keys (request_id, made_at, access_key_id)`,
  `drop index held_keys`,

  `alter table attempts drop constraint attempts_kind_check`,
  `alter table attempts add constraint attempts_kind_check
    check (kind in ('create', 'rotate', 'delete', 'switch_on', 'pause', 'resume', 'list_made'))`,
  // What gives a secret or power goes one at a time, for a request and for a key; what takes power waits for nothing.
  `drop index one_open_attempt`,
  `create unique index one_open_attempt on attempts (request_id) where closed = 0
    and phase in ('calling', 'delivering', 'giving') and kind in ('create', 'rotate', 'switch_on', 'resume')`,
  `drop index one_open_rotation`,
  `create unique index one_open_grant on attempts (access_key_id) where closed = 0
    and phase in ('calling', 'delivering', 'giving') and kind in ('rotate', 'switch_on', 'resume')`,
  `create unique index one_open_pause on attempts (access_key_id) where closed = 0 and kind = 'pause'
    and phase <> 'watching'`,
  `create index searching_attempts on attempts (started_at) where closed = 0 and phase = 'searching'`,
  `create index pauses_by_person on events (actor_id, at) where name = 'key.paused'`,

  // A key that was to go is looked for by its name, like any other that was given up.
  `update timers set due_at = 0 where kind = 'recover' and subject_id in
    (select id from attempts where closed = 0 and phase = 'discarding')`,
  `update attempts set phase = 'searching', next_at = 0, tries = 0 where closed = 0 and phase = 'discarding'`,

  // A deletion that waited for somebody else is a pause from now on, which Tigris has not been asked for yet.
  `update outbox set card = 'pauses ' || substr(card, 16), message_json = json_build_object('v', 3, 'kind', 'pauses',
      'byId', substr(card, 16), 'since', coalesce((select min((state_json::json ->> 'at')::bigint) from keys
        where state = 'deletion_held' and state_json::json ->> 'byId' = substr(card, 16)), created_at))::text
    where card like 'held_deletions %'`,
  `insert into attempts (id, request_id, access_key_id, actor_id, started_at, lease_holder, lease_until, next_at, tries,
      alerted, kind, phase, closed)
    select 'pause-' || access_key_id, request_id, access_key_id, state_json::json ->> 'byId',
      (state_json::json ->> 'at')::bigint, 'nobody', 0, 0, 0, 0, 'pause', 'calling', 0
    from keys where state = 'deletion_held'`,
  `insert into events (at, name, actor_id, request_id, access_key_id, outcome)
    select (state_json::json ->> 'at')::bigint, 'key.paused', state_json::json ->> 'byId', request_id, access_key_id, 'deletion_held'
    from keys where state = 'deletion_held' order by (state_json::json ->> 'at')::bigint`,
  `insert into timers (subject_id, kind, due_at, lease_until)
    select 'pause-' || access_key_id, 'recover', 0, 0 from keys where state = 'deletion_held'`,
  `update keys set
      state = state_json::json -> 'before' ->> 'kind',
      state_json = (jsonb_build_object('v', 2) || (state_json::jsonb -> 'before'))::text,
      pause_json = json_build_object('v', 3, 'holds', json_build_array(json_build_object('kind', 'approver',
          'byId', state_json::json ->> 'byId', 'at', (state_json::json ->> 'at')::bigint)),
        'stands', 'pausing', 'areRolesTaken', false, 'unansweredAt', null)::text,
      version = version + 1
    where state = 'deletion_held'`,

  // Each key that was signed with is remembered by its id instead.
  `delete from installation where kind = 'own_key_listed'`,
];
