import { type Kysely, sql } from "kysely";

/** A deletion goes on beside whatever runs on its key; what gives power still goes one at a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `drop index one_open_attempt`,
  `create unique index one_open_attempt on attempts (request_id)
    where closed = 0 and phase in ('calling', 'delivering') and kind <> 'delete'`,
  `create unique index one_open_rotation on attempts (access_key_id)
    where closed = 0 and phase in ('calling', 'delivering') and kind = 'rotate'`,
  `create unique index one_open_deletion on attempts (access_key_id) where closed = 0 and kind = 'delete'`,
  `create index deletions_by_person on events (actor_id, at) where name = 'key.deletion_started'`,
  `create index held_keys on keys (state) where state = 'deletion_held'`,
];
