import { readFileSync, writeFileSync } from "node:fs";
import { database as locationSetting } from "../../src/config-database";
import { openStore } from "../../src/store";
import { postgresDatabase, SERVER_VARIABLE, sqliteDatabase, type TestDatabase } from "./database";
import { createManualClock } from "./manual-clock";
import { preparedOn } from "./postgres/prepared";

/**
 * Makes a database that has its tables, as a bot leaves one that did nothing but start: most tests would wait for the same
 * migrations again. Those that are about a first start, or about older tables, take `createTestDatabase`. Whoever calls it
 * removes it.
 */
export async function createPreparedDatabase(): Promise<TestDatabase> {
  const server = process.env[SERVER_VARIABLE];
  if (server) return postgresDatabase(server, await preparedOn(server, makeTables));
  file ??= preparedFile();
  const database = await sqliteDatabase();
  writeFileSync(database.file, await file, { mode: 0o600 });
  return database;
}

/** SQLite's file with all tables, made once for each file of tests. */
let file: Promise<Buffer> | null = null;

async function preparedFile(): Promise<Buffer> {
  const first = await sqliteDatabase();
  try {
    await makeTables(first.url);
    return readFileSync(first.file);
  } finally {
    await first.remove();
  }
}

async function makeTables(url: string): Promise<void> {
  const store = await openStore(locationSetting.parse(url), { ...createManualClock(0), standsIn: true });
  await store.close();
}
