import { type Kysely, sql } from "kysely";

/**
 * What ended long ago leaves the record, so names that were used stay in a table of their own. An older version can live
 * with it: it only forgets nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // Names in Tigris of attempts that were forgotten, with the reference in them.
  `create table used_names (
    tigris_name text primary key,
    reference text not null
  ) strict, without rowid`,
  `create index used_references on used_names (reference)`,
  `create trigger used_names_are_never_changed before update on used_names
    begin select raise(abort, 'used names are final'); end`,
  `create trigger used_names_are_never_deleted before delete on used_names
    begin select raise(abort, 'used names are final'); end`,
  `create trigger names_are_used_once before insert on attempts
    when exists (select 1 from used_names where tigris_name = new.tigris_name)
    begin select raise(abort, 'this name was used before'); end`,

  // A request goes with its attempts, and the database looks whether any is left.
  `create index attempts_of_request on attempts (request_id)`,
  `create index outbox_by_age on outbox (created_at)`,

  // From when on it is kept for a while: how long, is for the worker to say.
  `insert or ignore into timers (subject_id, kind, due_at, lease_until)
    select id, 'forget', coalesce(json_extract(state_json, '$.at'), asked_at), 0 from requests
    where state in ('denied', 'cancelled', 'withdrawn', 'lapsed', 'requester_gone')`,
  `insert or ignore into timers (subject_id, kind, due_at, lease_until)
    select id, 'forget', max(started_at, next_at, lease_until), 0 from attempts where closed = 1`,
];
