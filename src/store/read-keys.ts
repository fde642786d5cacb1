import { statSync } from "node:fs";
import { type Dialect, Kysely, PostgresDialect, SqliteDialect, sql } from "kysely";
import type { Key } from "../domain/key";
import type { StoreLocation } from "../domain/store-location";
import { toKey } from "./keys";
import { createPool } from "./postgres/connection";
import { MIGRATIONS as POSTGRES } from "./postgres/migrations";
import { orUnreadable } from "./shapes";
import { connectReader } from "./sqlite/connection";
import { MIGRATIONS as SQLITE } from "./sqlite/migrations";
import type { Tables } from "./tables";

/** How many keys are read at a time: memory stays the same, however many there are. */
const AT_ONCE = 500;

/** The tables are not those of this version, which only reads them. */
export class OtherTables extends Error {
  readonly code = "other_tables";
  readonly retry = "never";

  constructor() {
    super("the tables are those of another version");
    this.name = "OtherTables";
  }
}

/** There is no file. */
export class NoDatabase extends Error {
  readonly code = "no_database";
  readonly retry = "never";

  constructor() {
    super("there is no database");
    this.name = "NoDatabase";
  }
}

/**
 * Reads the keys that are not deleted, newest first, beside a bot that runs: nothing is written, and nobody waits for it. What is made
 * meanwhile may be missing.
 * @param onUnreadable is told of each row that can't be read: it is left out
 * @throws NoDatabase, OtherTables; the database's own error, with a `code`
 */
export async function* readKeys(
  location: StoreLocation,
  onUnreadable: (row: string) => void,
): AsyncGenerator<Key[], void, undefined> {
  const { dialect, migrations, close } = connect(location);
  const db = new Kysely<Tables>({ dialect });
  try {
    await requireTables(db, Object.keys(migrations));
    for (let after: { at: number; id: string } | null = null; ; ) {
      const rows = await page(db, after);
      yield rows.flatMap((row) => orUnreadable(() => toKey(row), onUnreadable) ?? []);
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_ONCE) return;
      after = { at: last.made_at, id: last.access_key_id };
    }
  } finally {
    close();
    await db.destroy();
  }
}

function page(db: Kysely<Tables>, after: { at: number; id: string } | null) {
  const newest = db
    .selectFrom("keys")
    .selectAll()
    // A bound value would keep SQLite from its partial index.
    .where((eb) => eb("state", "<>", sql.lit("deleted")))
    .orderBy("made_at", "desc")
    .orderBy("access_key_id", "desc")
    .limit(AT_ONCE);
  // By where the last one stood, not by its row: that may be gone by now.
  const rest = after ? newest.where(sql<boolean>`(made_at, access_key_id) < (${after.at}, ${after.id})`) : newest;
  return rest.execute();
}

type Connection = { dialect: Dialect; migrations: object; close: () => void };

function connect(location: StoreLocation): Connection {
  if (location.kind === "postgres") {
    const pool = createPool(location, async (client) => {
      await client.query("set default_transaction_read_only = on");
    });
    return { dialect: new PostgresDialect({ pool }), migrations: POSTGRES, close: () => undefined };
  }
  // SQLite would say of what is no file only that it can't be opened.
  if (!statSync(location.file, { throwIfNoEntry: false })?.isFile()) throw new NoDatabase();
  const { database, detach } = connectReader(location.file);
  return { dialect: new SqliteDialect({ database }), migrations: SQLITE, close: detach };
}

/** @throws OtherTables where a migration was not run that this version has, or one that it does not know */
async function requireTables(db: Kysely<Tables>, known: readonly string[]): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const run = new Set(rows.map(({ name }) => name));
  if (run.size !== known.length || known.some((name) => !run.has(name))) throw new OtherTables();
}
