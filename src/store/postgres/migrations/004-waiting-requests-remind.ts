import { type Kysely, sql } from "kysely";

/** Approvers are reminded of what waits: of what was asked before, too. An older version leaves such timers alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `insert into timers (subject_id, kind, due_at, lease_until)
        select id, 'remind', asked_at + 7200000, 0 from requests where state = 'pending'`,
    )
    .execute(db);
}
