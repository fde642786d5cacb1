import { type Kysely, sql } from "kysely";

/**
 * Reviews of broken glasses, where their cards stand, and when keys end. An older version would leave a key on whose time is over.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "alter table requests add column review_json text",
  "alter table requests add column review_card_channel_id text",
  "alter table requests add column review_card_ts text",
  "create index review_cards on requests (review_card_ts) where review_card_ts is not null",
  "alter table keys add column ends_at integer",
];
