import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { Client, type ClientConfig } from "pg";
import { findPostgres } from "../../sandbox/postgres/binaries";
import { SERVER_VARIABLE } from "../kit/database";
import { freshDatabaseOn, startTestServer, type TestServer, terminateBackends } from "../kit/postgres/server";
import { inTime, until } from "../kit/until";

const ROOT = join(__dirname, "../..");
const shared = process.env[SERVER_VARIABLE] ?? "";
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function connect(url: string, config: ClientConfig = {}): Promise<Client> {
  const client = new Client({ connectionString: url, ...config });
  // A session that is ended from outside says so here too.
  client.on("error", () => {});
  await client.connect();
  ends.push(() => client.end());
  return client;
}

async function ownServer(options: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  const server = await startTestServer(options);
  ends.push(() => server.stop());
  return server;
}

/** The end of a session; whatever ended it. */
const endOf = (client: Client) => new Promise<void>((resolve) => void client.once("end", resolve));

/** Processes that work in a folder (Linux, `proc(5)`). */
function processesIn(folder: string): string[] {
  return readdirSync("/proc").filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`).startsWith(folder);
    } catch {
      // It has ended, or is somebody else's.
      return false;
    }
  });
}

const answerOf = async (client: Client, sql: string) => Object.values((await client.query(sql)).rows[0])[0];

test("each database is a test's own, of a role that may make tables in it and nothing beside it", async () => {
  const [one, other] = await Promise.all([freshDatabaseOn(shared), freshDatabaseOn(shared)]);
  const [here, there] = await Promise.all([connect(one.url), connect(other.url)]);
  await here.query("create table only_here (id text primary key)");
  expect(await answerOf(there, "select to_regclass('only_here')")).toBeNull();
  expect(await answerOf(here, "select rolsuper or rolcreatedb from pg_roles where rolname = current_user")).toBe(false);
  await Promise.all([one.drop(), other.drop()]);
  await expect(connect(one.url)).rejects.toMatchObject({ code: "3D000" });
});

test("text sorts by a language, as in most databases of teams", async () => {
  const { url, drop } = await freshDatabaseOn(shared);
  ends.push(drop);
  expect(await answerOf(await connect(url), "select 'b' < 'C' and 'a' < 'B'")).toBe(true);
});

test("nobody comes in without the password", async () => {
  const url = new URL(shared);
  url.password = "another";
  await expect(connect(url.href)).rejects.toMatchObject({ code: "28P01" });
});

test("the sessions of one database are ended, and no others", async () => {
  const [one, other] = await Promise.all([freshDatabaseOn(shared), freshDatabaseOn(shared)]);
  ends.push(one.drop, other.drop);
  const [here, there] = await Promise.all([connect(one.url), connect(other.url)]);
  const ended = endOf(here);
  expect(await terminateBackends(shared, one.name)).toBe(1);
  await ended;
  expect(await answerOf(there, "select 1")).toBe(1);
});

test("a durable server that is killed in a transaction has every commit after it, and nothing else", async () => {
  const server = await ownServer({ isDurable: true });
  const { url } = await server.freshDatabase();
  const client = await connect(url);
  expect([await answerOf(client, "show fsync"), await answerOf(client, "show synchronous_commit")]).toEqual([
    "on",
    "on",
  ]);
  await client.query("create table notes (id integer); insert into notes values (1)");
  await client.query("begin");
  await client.query("insert into notes values (2)");
  // A session that is busy doesn't notice by itself that its server is gone.
  const busy = client.query("select count(*) from generate_series(1, 1e9)");
  const watching = await connect(url);
  const active = "select count(*) > 0 from pg_stat_activity where query like '%series%' and pid <> pg_backend_pid()";
  await until("the session to be busy", () => answerOf(watching, active));
  await inTime("the kill", Promise.all([expect(busy).rejects.toThrow(), server.kill()]));
  expect(server.isRunning()).toBe(false);
  expect(processesIn(server.folder)).toEqual([]);
  await expect(connect(url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await server.restart();
  expect(await answerOf(await connect(url), "select array_agg(id) from notes")).toEqual([1]);
  const recoveries = () => server.log().match(/automatic recovery in progress/g)?.length ?? 0;
  expect(recoveries()).toBe(1);
  await server.restart();
  expect(await answerOf(await connect(url), "select array_agg(id) from notes")).toEqual([1]);
  expect(recoveries()).toBe(1);
});

test("a server with a certificate is believed by its authority and name alone", async () => {
  const server = await ownServer({ isDurable: false, tls: { hosts: ["localhost"] } });
  const { url } = await server.freshDatabase();
  const verified = (host: string, caFile: string | null) => {
    const { username, password, pathname } = new URL(url);
    const ca = caFile === null ? "" : `&sslrootcert=${caFile}`;
    return `postgres://${username}:${password}@${host}:${server.port}${pathname}?sslmode=verify-full${ca}`;
  };
  const client = await connect(verified("localhost", server.caFile));
  expect(await answerOf(client, "select ssl from pg_stat_ssl where pid = pg_backend_pid()")).toBe(true);
  await expect(connect(verified("127.0.0.1", server.caFile))).rejects.toMatchObject({
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
  });
  await expect(connect(verified("localhost", null))).rejects.toMatchObject({
    code: expect.stringMatching(/CERT|SIGNED|VERIFY/),
  });
});

/** Node can't read TypeScript by itself; building all of the sandbox for this takes many seconds. */
const STARTS_A_SERVER = `
  const { transformFileSync } = require("@swc/core");
  const options = { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } };
  require.extensions[".ts"] = (module, file) => module._compile(transformFileSync(file, options).code, file);
  require("./sandbox/postgres/server.ts").startPostgres({ isDurable: false })
    .then(({ folder }) => { console.log(folder); setInterval(() => {}, 60_000); });
`;

test("a server ends, and leaves no files, when whoever started it is killed", async () => {
  const child = spawn(process.execPath, ["-e", STARTS_A_SERVER], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const folder = String((await once(child.stdout, "data"))[0]).trim();
  expect(processesIn(folder).length).toBeGreaterThan(1);
  child.kill("SIGKILL");
  await until("the server's end", () => processesIn(folder).length === 0 && !existsSync(folder));
});

test("where PostgreSQL is missing, one sentence says how to get it", () => {
  const message = /`apt-get install postgresql`.*PG_BIN/;
  expect(() => findPostgres({ PG_BIN: __dirname, PATH: process.env.PATH })).toThrow(message);
  const { postgres } = findPostgres(process.env);
  expect(findPostgres({ PG_BIN: join(postgres, "..") })).toEqual(findPostgres(process.env));
});
