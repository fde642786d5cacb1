import { type Kysely, sql } from "kysely";

/** Where messages about leaked keys stand, by key: they are drawn again when one of theirs changes. An older version can live with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table leak_messages (
    access_key_id text not null,
    channel_id text not null,
    ts text not null,
    message_json text not null,
    posted_at bigint not null,
    primary key (access_key_id, channel_id, ts)
  )`,
  `create index leak_messages_by_place on leak_messages (channel_id, ts)`,
  `create index leak_messages_by_age on leak_messages (posted_at)`,
];
