import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import Database from "libsql";
import { Pool } from "pg";
import { migrate } from "../../src/store/migrate";
import { MIGRATIONS } from "../../src/store/postgres/migrations";
import type { Tables } from "../../src/store/tables";
import { type TestDatabase, testedDatabase } from "./database";

/** Versions whose database is kept, as SQL for SQLite. */
export type OlderVersion = "0.1.0" | "0.3.0" | "0.4.0";

/** When the bot of a version came to its end. */
export const ENDED_AT: Record<OlderVersion, number> = {
  "0.1.0": Date.UTC(2026, 10, 25, 8, 55),
  "0.3.0": Date.UTC(2026, 10, 25, 8, 55),
  "0.4.0": Date.UTC(2026, 10, 26, 15, 12),
};

/** What a version had changed in PostgreSQL. The first one knew SQLite alone. */
const ITS_MIGRATIONS = {
  "0.3.0": ["001-first"],
  "0.4.0": ["001-first", "002-keys-are-off-at-first"],
};

/** What SQLite alone has. */
const OF_SQLITE = /^insert into (kysely_|key_search|sqlite_)/;

/** Makes the file that a version left behind. */
export function writeOlderFile(version: OlderVersion, file: string): void {
  const db = new Database(file);
  db.exec(dumpOf(version));
  db.close();
}

/** Makes the database that a version left behind, of the kind that is tested. */
export async function writeOlderDatabase(version: keyof typeof ITS_MIGRATIONS, database: TestDatabase): Promise<void> {
  if (testedDatabase === "sqlite") writeOlderFile(version, database.file);
  else await writePostgres(version, database);
}

function dumpOf(version: OlderVersion): string {
  return readFileSync(join(__dirname, "../fixtures", version, "bot.db.sql"), "utf8");
}

async function writePostgres(version: keyof typeof ITS_MIGRATIONS, { url, execute }: TestDatabase): Promise<void> {
  const migrations = ITS_MIGRATIONS[version];
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: url }) }) });
  try {
    await migrate(kysely, Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => migrations.includes(name))));
  } finally {
    await kysely.destroy();
  }
  const rows = dumpOf(version)
    .split("\n")
    .filter((line) => line.startsWith("insert into ") && !OF_SQLITE.test(line));
  await execute(`delete from installation; ${rows.join("\n")}
    update installation set value = '${migrations.at(-1)}' where kind = 'oldest_usable';
    select setval(pg_get_serial_sequence('events', 'id'), (select max(id) from events));
    select setval(pg_get_serial_sequence('outbox', 'id'), (select max(id) from outbox));`);
}
