import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Client } from "pg";
import { database as locationSetting } from "../../../src/config-database";
import { POOL_SIZE } from "../../../src/domain/service-limits";
import { openStore } from "../../../src/store";
import { clientConfig, createPool } from "../../../src/store/postgres/connection";
import type { StorePort } from "../../../src/workflow/store-port";
import { createTestDatabase, describeOn, SERVER_VARIABLE, type TestDatabase } from "../../kit/database";
import { createManualClock } from "../../kit/manual-clock";

/** What a new session hears first. */
const FIRST_WORDS = "statement_timeout";

describeOn("postgres", "connections that break before they are of use", () => {
  let database: TestDatabase;
  let store: StorePort;
  let server: Server;
  const open = new Set<Socket>();
  let over = new Set<Socket>();
  let cuts: string | null = null;

  beforeEach(async () => {
    cuts = null;
    over = new Set();
    database = await createTestDatabase();
    const target = new URL(process.env[SERVER_VARIABLE] ?? "");
    server = createServer((client) => {
      const upstream = connect({ host: target.hostname, port: Number(target.port) });
      open.add(client);
      client.on("data", (bytes) => {
        if (over.has(client) || (cuts !== null && bytes.includes(cuts))) client.destroy();
        else upstream.write(bytes);
      });
      upstream.on("data", (bytes) => client.write(bytes));
      client.on("error", () => {}).on("close", () => upstream.destroy());
      upstream.on("error", () => {}).on("close", () => client.destroy());
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const through = new URL(database.url);
    through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    store = await openStore(locationSetting.parse(through.href), createManualClock(1_000));
  });
  afterEach(async () => {
    await store.close();
    for (const client of open) client.destroy();
    await new Promise((resolve) => void server.close(resolve));
    await database.remove();
  });

  test("none of them takes another one's place for good", async () => {
    cuts = FIRST_WORDS;
    for (const client of open) client.destroy();
    for (let tries = 0; tries < POOL_SIZE + 1; tries++) await expect(store.check()).rejects.toBeDefined();
    cuts = null;
    await store.check();
  });

  test("whoever needs one does not hear that those which were open before are over", async () => {
    await openAll();
    over = new Set(open);
    let runs = 0;
    await store.read(async () => {
      runs += 1;
    });
    expect(runs).toBe(1);
    over = new Set(open);
    await store.transact(async ({ at }) => at);
    over = new Set(open);
    await store.check();
  });

  test("a server that is away is asked no more often for that than each of them was open", async () => {
    await openAll();
    server.close();
    over = new Set(open);
    await expect(store.read(async ({ at }) => at)).rejects.toMatchObject({ code: "store_unavailable" });
  });

  /** Has all sessions of the pool opened, by reads that wait for each other. */
  async function openAll(): Promise<void> {
    let go = (): void => {};
    const all = new Promise<void>((resolve) => {
      go = resolve;
    });
    let reading = 0;
    const read = () =>
      store.read(async () => {
        reading += 1;
        if (reading === POOL_SIZE) go();
        await all;
      });
    await Promise.all(Array.from({ length: POOL_SIZE }, read));
  }
});

describeOn("postgres", "a session", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.remove());

  async function answer(url: string, query: string): Promise<unknown> {
    const location = locationSetting.parse(url);
    if (location.kind !== "postgres") throw new Error("not PostgreSQL");
    const pool = createPool(location, async () => {});
    try {
      return (await pool.query(query)).rows[0];
    } finally {
      await pool.end();
    }
  }

  test.each([
    ["statement_timeout", "5s"],
    ["lock_timeout", "2s"],
    ["idle_in_transaction_session_timeout", "5s"],
    // The server of these tests is set to "off".
    ["synchronous_commit", "on"],
  ])("has %s set to %s", async (name, value) => {
    expect(await answer(database.url, `show ${name}`)).toEqual({ [name]: value });
  });

  test("takes no password from the environment", () => {
    const url = new URL(database.url);
    url.password = "";
    const location = locationSetting.parse(url.href);
    if (location.kind !== "postgres") throw new Error("not PostgreSQL");
    process.env.PGPASSWORD = "of another program";
    try {
      const { password } = new Client(clientConfig(location));
      // A function of ours is asked, and nobody else.
      expect(password as unknown as () => string).toThrow(expect.objectContaining({ code: "28P01" }));
    } finally {
      delete process.env.PGPASSWORD;
    }
  });
});
