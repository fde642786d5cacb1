import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { Client, DatabaseError, types } from "pg";
import { BOT_ROLE, freshDatabaseOn } from "./postgres/server";
import { databaseBytes, type Place } from "./secret-search";

export type DatabaseKind = "sqlite" | "postgres";

/** The address of the PostgreSQL server that a run of the tests has, for its superuser; SQLite is tested without it. */
export const SERVER_VARIABLE = "TEST_POSTGRES_URL";

/** The database that this run of the tests is about. */
export const testedDatabase: DatabaseKind = process.env[SERVER_VARIABLE] ? "postgres" : "sqlite";

/** A database of one test's own, with nothing in it. */
export type TestDatabase = {
  /** What a bot gets as `DATABASE_URL`. */
  url: string;
  /** The path of SQLite's file. @throws on PostgreSQL, which has none */
  readonly file: string;
  /** Reads beside the bots, with one query of SQL that both databases understand. */
  rows<Row = { id: string }>(sql: string): Promise<Row[]>;
  /** Writes beside the bots, against all rules: foreign keys are not looked at. */
  execute(sql: string): Promise<void>;
  /** All that it holds, to be searched for secrets. */
  contents(): Promise<Place[]>;
  remove(): Promise<void>;
};

/** A `describe` that goes for one database alone; on the other its tests are skipped. */
export function describeOn(kind: DatabaseKind, name: string, body: () => void): void {
  const block = kind === testedDatabase ? describe : describe.skip;
  block(name, body);
}

/** Makes an empty database of the kind that is tested. Whoever calls it removes it. */
export function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env[SERVER_VARIABLE];
  return server ? postgresDatabase(server) : sqliteDatabase();
}

export async function sqliteDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
  const file = join(folder, "bot.db");
  return {
    url: `file:${file}`,
    file,
    rows: async <Row>(sql: string) =>
      withDatabase(new Database(file, { readonly: true }), (db) => db.prepare(sql).all() as Row[]),
    execute: async (sql) => withDatabase(new Database(file), (db) => void db.exec(`pragma foreign_keys = off; ${sql}`)),
    contents: async () => databaseBytes(file),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

function withDatabase<Result>(db: Database.Database, work: (db: Database.Database) => Result): Result {
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** @param copyOf the name of another database of the server's, which nobody uses */
export async function postgresDatabase(server: string, copyOf?: string): Promise<TestDatabase> {
  const { name, url, drop } = await freshDatabaseOn(server, copyOf);
  const asSuperuser = new URL(server);
  asSuperuser.pathname = `/${name}`;
  const looking = createLooking(asSuperuser.href);
  return {
    url,
    get file(): string {
      throw new Error('PostgreSQL has no file. A test that looks into one stands in `describeOn("sqlite", …)`.');
    },
    rows: async <Row>(sql: string) => (await looking.query(sql)) as Row[],
    execute: (sql) =>
      withClient(asSuperuser.href, async (client) => {
        // As a replica it takes what it is given. What is made belongs to the bots' role, as what they make.
        await client.query(`set session_replication_role = replica; set role ${BOT_ROLE}`);
        await client.query(sql);
      }),
    contents: () => withClient(asSuperuser.href, allRows),
    remove: async () => {
      await looking.end();
      await drop();
    },
  };
}

/** Every row of every table, as text. */
async function allRows(client: Client): Promise<Place[]> {
  const tables = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const places: Place[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} as t`);
    places.push({ name: `table ${name}`, content: rows.map(({ row }) => row) });
  }
  return places;
}

/** Milliseconds and counts are numbers, as SQLite gives them. */
const NUMBERS = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format),
};

/**
 * Looks through one connection, as long as it lasts: tests look hundreds of times, and each connection is a process of the
 * server's.
 */
function createLooking(url: string): { query(sql: string): Promise<unknown[]>; end(): Promise<void> } {
  let open: Promise<Client> | null = null;

  function connected(): Promise<Client> {
    open ??= connect();
    return open;
  }

  async function connect(): Promise<Client> {
    const client = new Client({ connectionString: url, types: NUMBERS });
    const lose = () => {
      open = null;
    };
    client.on("error", lose).on("end", lose);
    try {
      await client.connect();
    } catch (error) {
      lose();
      throw error;
    }
    return client;
  }

  return {
    query: async (sql) => {
      const client = await connected();
      const { rows } = await client.query(sql).catch(async (error: unknown) => {
        if (error instanceof DatabaseError && !isEnd(error)) throw error;
        // Tests end all sessions, and kill servers: this one learns of it when it asks.
        open = null;
        return (await connected()).query(sql);
      });
      return rows;
    },
    end: async () => {
      const client = await open?.catch(() => null);
      await client?.end();
    },
  };
}

/** The server ended the session, or is about to end (PostgreSQL, class 57). */
const isEnd = ({ code = "" }: DatabaseError) => code.startsWith("57P");

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url, types: NUMBERS });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
