import { Client, type ClientConfig, Pool } from "pg";
import { SERVER_VARIABLE } from "../kit/database";
import { type PostgresProxy, startPostgresProxy } from "../kit/postgres/proxy";
import { type FreshDatabase, freshDatabaseOn } from "../kit/postgres/server";
import { inTime, until } from "../kit/until";

const shared = process.env[SERVER_VARIABLE] ?? "";

let database: FreshDatabase;
let proxy: PostgresProxy;
let direct: Client;
const clients: Client[] = [];
beforeEach(async () => {
  database = await freshDatabaseOn(shared);
  const { hostname, port } = new URL(shared);
  proxy = await startPostgresProxy({ host: hostname, port: Number(port) });
  direct = await connect(database.url);
  await direct.query("create table events (id serial primary key, name text unique deferrable initially deferred)");
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end().catch(() => {});
  await proxy.stop();
  await database.drop();
});

async function connect(url: string, config: ClientConfig = {}): Promise<Client> {
  const client = new Client({ connectionString: url, ...config });
  client.on("error", () => {});
  await client.connect();
  clients.push(client);
  return client;
}

const connectThrough = (config?: ClientConfig) => connect(proxy.urlOf(database.url), config);
const names = async () => (await direct.query("select name from events order by id")).rows.map(({ name }) => name);
const insert = (client: Client, name: string) => client.query("insert into events (name) values ($1)", [name]);

async function transact(client: Client, name: string, commit: () => Promise<unknown>): Promise<unknown> {
  await client.query("begin");
  await insert(client, name);
  return commit();
}

/** As pg sends a statement that it prepares: Parse, Bind, Execute, Sync. */
const COMMITS: [string, (client: Client) => Promise<unknown>][] = [
  ["commit", (client) => client.query("commit")],
  ["COMMIT;", (client) => client.query("COMMIT;")],
  ["commit, prepared", (client) => client.query({ name: "c", text: "commit" })],
];

describe.each(COMMITS)("a transaction that ends with %s", (_, commit) => {
  test("has taken effect where its answer is cut off, and its client can't tell", async () => {
    const client = await connectThrough();
    const cut = proxy.cutAnswerOfNextCommit();
    await expect(transact(client, "made", () => commit(client))).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await cut).toEqual(['insert into events (name) values ($1) ["made"]']);
    expect(await names()).toEqual(["made"]);
  });

  test("has taken no effect where it is cut before, and its client can't tell either", async () => {
    const client = await connectThrough();
    const cut = proxy.cutBeforeNextCommit();
    await expect(transact(client, "made", () => commit(client))).rejects.toMatchObject({ code: "ECONNRESET" });
    await cut;
    await until("the rollback", async () => (await sessions()) === 1);
    expect(await names()).toEqual([]);
  });

  test("passes where nothing is armed", async () => {
    const client = await connectThrough();
    await transact(client, "made", () => commit(client));
    await insert(client, "after");
    expect(await names()).toEqual(["made", "after"]);
  });
});

async function sessions(): Promise<number> {
  const { rows } = await direct.query("select from pg_stat_activity where datname = current_database()");
  return rows.length;
}

test("only the commit that is meant is cut, once: by what its own transaction wrote", async () => {
  const cut = proxy.cutAnswerOfNextCommit({
    when: (statements) =>
      statements.some((one) => /insert into events/.test(one) && one.includes('["request.revealed')),
  });
  const client = await connectThrough();
  await transact(client, "request.asked", () => client.query("commit"));
  await transact(client, "request.revealed", () => client.query("rollback"));
  await transact(client, "request.approved", () => client.query("commit"));
  const commit = transact(client, "request.revealed", () => client.query("commit"));
  await expect(commit).rejects.toThrow();
  await cut;
  const next = await connectThrough();
  await transact(next, "request.revealed again", () => next.query("commit"));
  expect(await names()).toEqual(["request.asked", "request.approved", "request.revealed", "request.revealed again"]);
});

test.each(["before", "after"] as const)(
  "a commit is held %s it takes effect, and goes on when it is released",
  async (when) => {
    const client = await connectThrough();
    const held = proxy.holdNextCommit(when);
    let isAnswered = false;
    const committing = transact(client, "made", () => client.query("commit")).then(() => {
      isAnswered = true;
    });
    expect(await held.reached).toEqual(['insert into events (name) values ($1) ["made"]']);
    expect([await names(), isAnswered]).toEqual([when === "before" ? [] : ["made"], false]);
    held.release();
    await committing;
    await insert(client, "after");
    expect(await names()).toEqual(["made", "after"]);
  },
);

test("the transactions of two sessions are told apart", async () => {
  const [one, other] = [await connectThrough(), await connectThrough()];
  const cut = proxy.cutAnswerOfNextCommit({ when: (statements) => statements.join().includes("of other") });
  for (const [client, name] of [
    [one, "of one"],
    [other, "of other"],
  ] as const) {
    await client.query("begin");
    await insert(client, name);
  }
  await one.query("commit");
  await expect(other.query("commit")).rejects.toThrow();
  await cut;
});

test("a write outside a transaction commits itself, a read commits nothing", async () => {
  const client = await connectThrough();
  await transact(client, "taken back", () => client.query("rollback"));
  const cut = proxy.cutAnswerOfNextCommit();
  await client.query("select $1::text", ["insert"]);
  await expect(insert(client, "made")).rejects.toMatchObject({ code: "ECONNRESET" });
  await cut;
  expect(await names()).toEqual(["made"]);
});

test("values of every kind are told as text, and null as null", async () => {
  const client = await connectThrough();
  const cut = proxy.cutAnswerOfNextCommit();
  await client.query("begin");
  await client.query("select $1::int, $2::text, $3::bytea", [7, null, Buffer.from([1, 255])]);
  await expect(client.query("commit")).rejects.toThrow();
  expect(await cut).toEqual(['select $1::int, $2::text, $3::bytea ["7",null,"01ff"]']);
});

test("large statements and large answers pass whole", async () => {
  const client = await connectThrough();
  const large = "x".repeat(3_000_000);
  const { rows } = await client.query("select $1::text as text", [large]);
  expect(rows[0].text === large).toBe(true);
});

test("a stalled proxy passes nothing, new connections included, and everything once it is resumed", async () => {
  const client = await connectThrough();
  proxy.stall();
  let isAnswered = false;
  const writing = insert(client, "late").then(() => {
    isAnswered = true;
  });
  await expect(connectThrough({ connectionTimeoutMillis: 200 })).rejects.toThrow("timeout");
  const connecting = connectThrough();
  await until("the connection", () => proxy.count().total === 3);
  expect([await names(), isAnswered]).toEqual([[], false]);
  proxy.resume();
  await inTime("the answer", Promise.all([writing, connecting]));
  expect(await names()).toEqual(["late"]);
});

test("a database that is away refuses new connections, then is there again at the same address", async () => {
  const client = await connectThrough();
  await proxy.refuse();
  await insert(client, "still connected");
  await expect(connectThrough()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  proxy.cutAll();
  await expect(insert(client, "cut off")).rejects.toThrow();
  await proxy.accept();
  await insert(await connectThrough(), "back");
  expect(await names()).toEqual(["still connected", "back"]);
});

test("a pool's connections are counted while they are open", async () => {
  const pool = new Pool({ connectionString: proxy.urlOf(database.url), max: 2 });
  const clients = await Promise.all([pool.connect(), pool.connect()]);
  expect(proxy.count()).toEqual({ open: 2, total: 2 });
  for (const client of clients) client.release();
  await pool.end();
  await until("the end of both", () => proxy.count().open === 0);
  expect(proxy.count().total).toBe(2);
});

test("what the server says at the end of a session arrives", async () => {
  const client = await connectThrough();
  const said = new Promise<Error>((resolve) => void client.once("error", resolve));
  await direct.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  expect(await inTime("the error", said)).toMatchObject({ code: "57P01" });
});

test("a client that asks for TLS is told that there is none", async () => {
  await expect(connectThrough({ ssl: { rejectUnauthorized: false } })).rejects.toThrow("does not support SSL");
});
