import { type Kysely, sql } from "kysely";

/** A message that could not be sent says why. A version before this one leaves the column empty, and can live with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table outbox add column last_code text`,
  // Whoever asks how the bot is looks at what fails, however much is owed.
  `create index outbox_that_fails on outbox (tries) where last_code is not null`,
];
