import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  type LogEvent,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  sql,
} from "kysely";
import Database from "libsql";
import { BUSY_MS, BUSY_PAUSE_MS } from "../domain/service-limits";
import { migrate } from "./migrate";
import type { Tables } from "./tables";

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

/** One statement as the database gets it. */
export type Statement = { sql: string; parameters: readonly unknown[] };

/** One connection that writes, and one that only reads and takes no lock that anybody waits for. */
export type Connections = { writer: Kysely<Tables>; reader: Kysely<Tables> };

/**
 * Opens the database file, makes it where it is missing, and brings its tables up to date. The file and its companions
 * (`-wal`, `-shm`, which take over its mode) are its owner's alone.
 * @param file a path
 * @param onStatement is told of each statement
 * @throws NewerDatabase where a newer version wrote it; the database's own error where the file cannot be opened, written
 *   or migrated
 */
export async function openDatabase(file: string, onStatement: (statement: Statement) => void): Promise<Connections> {
  const log = ({ query: { sql, parameters } }: LogEvent) => onStatement({ sql, parameters });
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, "a", 0o600));
  // A copy that was put back is often everybody's to read; it stays so where another user owns the file.
  if (statSync(file).uid === process.getuid?.()) chmodSync(file, 0o600);
  // While the file is opened, nothing else is done that the wait could hold up.
  const connection = new Database(file, { timeout: BUSY_MS });
  // A write that Slack was told about must survive a power cut, hence FULL.
  for (const pragma of ["journal_mode = wal", "synchronous = full", "foreign_keys = on", "trusted_schema = off"])
    connection.pragma(pragma);
  // What is deleted is overwritten, so that what somebody typed does not stay in the file.
  connection.pragma("secure_delete = on");
  const writer = new Kysely<Tables>({ dialect: new TwoProcessDialect(connection), log });
  try {
    await migrate(writer);
  } catch (error) {
    await writer.destroy();
    throw error;
  }
  connection.pragma("busy_timeout = 0");
  const reading = new Database(file, { timeout: BUSY_MS });
  for (const pragma of ["query_only = on", "trusted_schema = off"]) reading.pragma(pragma);
  return { writer, reader: new Kysely<Tables>({ dialect: new SqliteDialect({ database: reading }), log }) };
}

/** Throws where the database cannot be written: a row really changes, so a full disk shows too. */
export async function checkWritable(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`insert into installation (kind, value, remembered_at) values ('probe', '0', 0)
      on conflict (kind) do update set value = cast(value as integer) + 1`.execute(tx);
  });
}
