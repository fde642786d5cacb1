import { type Kysely, sql } from "kysely";

/**
 * How old the secrets of keys are: as old as the newest rotation that the record still has, or as the key. Each living one is looked at
 * once it is old. Messages that wait for the next day are found apart from all others. An older
 * version would write keys without their age.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const ROTATED = `(select max(started_at) from attempts
  where attempts.access_key_id = keys.access_key_id and kind = 'rotate' and phase = 'posted')`;

const STATEMENTS = [
  "alter table keys add column age_json text",
  "alter table keys add column secret_since bigint not null default 0",
  "alter table keys add column rotated_at bigint",
  `update keys set rotated_at = ${ROTATED}`,
  "update keys set secret_since = coalesce(rotated_at, made_at)",
  `update keys set age_json = json_build_object('begunAt', made_at, 'rotatedAt', rotated_at, 'kept', null, 'asked', 0,
    'firstAt', null, 'lastAt', null, 'isOwed', false, 'notBefore', null, 'isRaised', false, 'message', null)::text`,
  "create index keys_by_secret on keys (owner_id, permission, secret_since, rotated_at) where state <> 'deleted'",
  "create index keys_without_end on keys (made_at) where state <> 'deleted' and end_json is null",
  "create index keys_of_all_buckets on keys (permission) where state <> 'deleted' and buckets is null",
  "create index unanswered_keys on events (at) where name = 'key.unanswered'",
  "alter table outbox add column daily integer not null default 0",
  "drop index outbox_that_is_due",
  "create index outbox_that_is_due on outbox (next_at, id) where daily = 0",
  "create index outbox_of_the_day on outbox (next_at, id) where daily = 1",
  `insert into timers (subject_id, kind, due_at, lease_until)
    select access_key_id, 'age', secret_since, 0 from keys where state not in ('off', 'deleting', 'deleted')`,
];
