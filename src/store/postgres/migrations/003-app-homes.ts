import { type Kysely, sql } from "kysely";

/** Who has opened their App Home, and what they look at there. An older version can live with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table app_homes (
    user_id text primary key,
    opened_at bigint not null,
    opened_by text,
    acts integer not null,
    drawn_acts integer not null,
    look_json text not null,
    said_json text,
    sees_others integer not null check (sees_others in (0, 1)),
    drawn_at bigint not null,
    digest text,
    lease_holder text,
    lease_until bigint not null
  )`,
  `create index app_homes_by_opening on app_homes (opened_at)`,
  // What an approver may decide, longest waiting first.
  `create index requests_to_decide on requests (asked_at, id) where state = 'pending' and needs_approval = 1`,
];
