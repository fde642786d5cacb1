import { createHash, createHmac, pbkdf2Sync, randomBytes, randomUUID } from "node:crypto";
import { Client } from "pg";
import { type PostgresOptions, type PostgresServer, startPostgres } from "../../../sandbox/postgres/server";

/** The role that bots connect as: it owns its database, and may do nothing else. */
export const BOT_ROLE = "keybot";

/** A database of a test, with nothing in it. */
export type FreshDatabase = {
  name: string;
  /** The address of it, for the role that owns it. */
  url: string;
  /** Takes it away, also from those that are still connected. */
  drop(): Promise<void>;
};

export type TestServer = PostgresServer & {
  freshDatabase(): Promise<FreshDatabase>;
  /** Ends every session in a database. @returns how many there were */
  terminateBackends(database: string): Promise<number>;
};

/** Starts a server for one test: one that it kills, or that is set up in its own way. Whoever calls it stops it. */
export async function startTestServer(options: PostgresOptions): Promise<TestServer> {
  const server = await startPostgres(options);
  await prepare(server.url);
  return {
    ...server,
    freshDatabase: () => freshDatabaseOn(server.url),
    terminateBackends: (database) => terminateBackends(server.url, database),
  };
}

/**
 * Makes the role of bots.
 * @param url of the server's superuser, whose password the role shares
 */
export async function prepare(url: string): Promise<void> {
  const { username, password } = new URL(url);
  const asHash = quickScram(password);
  await asSuperuser(url, (client) =>
    client.query(`create role ${BOT_ROLE} login password '${asHash}'; alter role ${username} password '${asHash}'`),
  );
}

/**
 * A password as the server keeps it (PostgreSQL, `pg_authid.rolpassword`; RFC 5803). Its own 4,096 rounds would cost each
 * connection some milliseconds, and tests make thousands.
 */
function quickScram(password: string): string {
  const [rounds, bytes, hash] = [1, 32, "sha256"];
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, rounds, bytes, hash);
  const keyed = (text: string) => createHmac(hash, salted).update(text).digest();
  const storedKey = createHash(hash).update(keyed("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${storedKey}:${keyed("Server Key").toString("base64")}`;
}

/**
 * Makes a database that no other test has.
 * @param url of the server's superuser
 * @param copyOf another database, which nobody uses; nothing is in the new one where left out
 */
export async function freshDatabaseOn(url: string, copyOf = "template1"): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asSuperuser(url, async (client) => {
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    // The way of before 15 takes half the time of writing all of it to the log.
    const strategy = (rows[0]?.version ?? 0) >= 150_000 ? "strategy file_copy" : "";
    await client.query(`create database ${name} owner ${BOT_ROLE} template ${copyOf} ${strategy}`);
  });
  const own = new URL(url);
  own.username = BOT_ROLE;
  own.pathname = `/${name}`;
  return {
    name,
    url: own.href,
    drop: () => asSuperuser(url, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}

/** Ends every session in a database. @param url of the server's superuser @returns how many there were */
export function terminateBackends(url: string, database: string): Promise<number> {
  return asSuperuser(url, async (client) => {
    const ended = await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()",
      [database],
    );
    return ended.rowCount ?? 0;
  });
}

/** @param url of the server's superuser */
export async function asSuperuser<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
