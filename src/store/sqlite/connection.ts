import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from "kysely";
import Libsql from "libsql";

/** What stands around the transactions of the connection that writes. */
export type Around = {
  /** @throws where nothing may be written now */
  before(): void;
  /** Is called once one has committed, before the next one begins. Must not throw. */
  after(): void;
};

/** Takes the write lock when a transaction begins, so that nothing it reads can change before it writes. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Libsql.Database;
  readonly #around: Around;

  constructor(database: Libsql.Database, around: Around) {
    super({ database: keepPrepared(database) });
    this.#database = database;
    this.#around = around;
  }

  override async beginTransaction(): Promise<void> {
    this.#around.before();
    // Not as a prepared statement: libsql leaves one that found the file busy open, and no later commit succeeds.
    this.#database.exec("begin immediate");
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#around.after();
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full or failing disk has rolled it back already (SQLite, `lang_transaction.html`); another try would be an error
    // of its own, in place of the one that says what is wrong.
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** Kysely's own SQLite dialect, with transactions that hold what they read, migrations included. */
class WritingDialect extends SqliteDialect {
  readonly #database: Libsql.Database;
  readonly #around: Around;

  constructor(database: Libsql.Database, around: Around) {
    super({ database });
    this.#database = database;
    this.#around = around;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#database, this.#around);
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

/** SQLite does not keep its write-ahead log here: it has no memory there that processes can share. */
export class NoWal extends Error {
  readonly code = "store_no_wal";
  readonly retry = "never";

  constructor() {
    super("the file system has no shared memory for a write-ahead log");
    this.name = "NoWal";
  }
}

/** Makes the file where it is missing, and its folder. It and its companions (`-wal`, `-shm`) are its owner's alone. */
export function makeForOwner(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, "a", 0o600));
  // A copy that was put back is often everybody's to read; it stays so where another user owns the file.
  if (statSync(file).uid === process.getuid?.()) chmodSync(file, 0o600);
}

/** More texts of statements than the queries of this bot have, so that none of them is prepared again and again. */
const MOST_KEPT = 500;

/**
 * Keeps statements prepared: to prepare one takes as long as to run it. Whatever failed is prepared anew, since libsql may have left
 * it in the middle of its work.
 */
function keepPrepared(database: Libsql.Database): SqliteDatabase {
  const kept = new Map<string, Libsql.Statement>();

  function prepared(sql: string): Libsql.Statement {
    const found = kept.get(sql);
    kept.delete(sql);
    const statement = found ?? database.prepare(sql);
    kept.set(sql, statement);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return statement;
  }

  function orForget<Result>(sql: string, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      kept.delete(sql);
      throw error;
    }
  }

  return {
    prepare: (sql) => {
      const statement = prepared(sql);
      return {
        reader: statement.reader,
        all: (parameters) => orForget(sql, () => statement.all(parameters)),
        run: (parameters) => orForget(sql, () => statement.run(parameters)),
        iterate: (parameters) => database.prepare(sql).iterate(parameters),
      };
    },
    close: () => {
      kept.clear();
      database.close();
    },
  };
}

/**
 * The one connection that writes, and that takes what is written from the log (`-wal`) into the file.
 * @throws NoWal where the log can't be kept; the database's own error
 */
export function connectWriter(file: string): Libsql.Database {
  const connection = new Libsql(file);
  const [answer] = connection.pragma("journal_mode = wal") as { journal_mode: string }[];
  if (answer?.journal_mode !== "wal") throw new NoWal();
  // A write that Slack was told about must survive a power cut, hence FULL.
  for (const pragma of ["synchronous = full", "foreign_keys = on", "trusted_schema = off"]) connection.pragma(pragma);
  // What is deleted is overwritten, so that what somebody typed does not stay in the file.
  connection.pragma("secure_delete = on");
  return connection;
}

/** How Kysely reaches the connection that writes. */
export function writingDialect(connection: Libsql.Database, around: Around): Dialect {
  return new WritingDialect(connection, around);
}

/**
 * A connection that only reads, so it never takes anything from the log into the file, and takes no lock that anybody waits
 * for. The file is attached to it, since libsql keeps a connection open until its statements are collected, and `detach`
 * lets go of the file at once.
 */
export function connectReader(file: string): { database: SqliteDatabase; detach: () => void } {
  const database = new Libsql(":memory:");
  database.prepare("attach ? as store").run(readOnly(file));
  for (const pragma of ["query_only = on", "trusted_schema = off"]) database.pragma(pragma);
  return { database: keepPrepared(database), detach: () => database.exec("detach store") };
}

/** A file as SQLite opens it for reading alone (SQLite, `uri.html`). */
export function readOnly(file: string): string {
  return `${pathToFileURL(file).href}?mode=ro`;
}
