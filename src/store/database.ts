import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  Migrator,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  sql,
} from "kysely";
import Database from "libsql";
import { up } from "./migrations/001-first";
import type { Tables } from "./tables";

/**
 * How long one process waits for the other one's transaction, in milliseconds: while the file is opened without doing
 * anything else, later in tries with pauses.
 */
const BUSY_MS = 5_000;
const BUSY_PAUSE_MS = 10;

/**
 * Takes the write lock when a transaction begins: one that reads first and writes later could lose it in between. It waits
 * for the lock without SQLite's own timeout, which would hold up the whole process.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }

  override async beginTransaction(): Promise<void> {
    const began = performance.now();
    for (;;) {
      try {
        // Not as a prepared statement: libsql leaves one that found the file busy open, and no later commit succeeds.
        this.#database.exec("begin immediate");
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() - began >= BUSY_MS) throw error;
        await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
      }
    }
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full or failing disk has rolled it back already (SQLite, `lang_transaction.html`); another try would be an error
    // of its own, in place of the one that says what is wrong.
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "SQLITE_BUSY";
}

/** Kysely's own SQLite dialect, with transactions that two processes on one file can rely on, migrations included. */
class TwoProcessDialect extends SqliteDialect {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#database);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * Opens the database file, makes it where it is missing, and brings its tables up to date. The file and its companions
 * (`-wal`, `-shm`, which take over its mode) are its owner's alone.
 * @param file a path
 * @throws where the file cannot be opened, written or migrated
 */
export async function openDatabase(file: string): Promise<Kysely<Tables>> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, "a", 0o600));
  // A copy that was put back is often everybody's to read; it stays so where another user owns the file.
  if (statSync(file).uid === process.getuid?.()) chmodSync(file, 0o600);
  const connection = new Database(file, { timeout: BUSY_MS });
  // A write that Slack was told about must survive a power cut, hence FULL.
  for (const pragma of ["journal_mode = wal", "synchronous = full", "foreign_keys = on", "trusted_schema = off"])
    connection.pragma(pragma);
  const db = new Kysely<Tables>({ dialect: new TwoProcessDialect(connection) });
  await migrate(db);
  connection.pragma("busy_timeout = 0");
  return db;
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ "001-first": { up } }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  await db.destroy();
  throw error;
}

/** Throws where the database cannot be written: a row really changes, so a full disk shows too. */
export async function checkWritable(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`insert into installation (kind, value, remembered_at) values ('probe', '0', 0)
      on conflict (kind) do update set value = cast(value as integer) + 1`.execute(tx);
  });
}
