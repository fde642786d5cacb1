import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  Migrator,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  sql,
} from "kysely";
import Database from "libsql";
import { up } from "./migrations/001-first";
import type { Tables } from "./tables";

/** How long one process waits for the other one's transaction, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** Takes the write lock when a transaction begins: one that reads first and writes later could lose it in between. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

/** Kysely's own SQLite dialect, with transactions that two processes on one file can rely on, migrations included. */
class TwoProcessDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config);
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
  const connection = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  // A write that Slack was told about must survive a power cut, hence FULL.
  for (const pragma of ["journal_mode = wal", "synchronous = full", "foreign_keys = on", "trusted_schema = off"])
    connection.pragma(pragma);
  const db = new Kysely<Tables>({ dialect: new TwoProcessDialect({ database: connection }) });
  await migrate(db);
  return db;
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ "001-first": { up } }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  await db.destroy();
  throw error;
}

/** Throws where the database cannot be written. */
export async function checkWritable(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`update installation set value = value where kind = 'none'`.execute(tx);
  });
}
