import { createServer } from "node:net";
import { database as locationSetting } from "../../../src/config-database";
import { openStore } from "../../../src/store";
import { describeOn } from "../../kit/database";
import { createManualClock } from "../../kit/manual-clock";
import { type FreshDatabase, startTestServer, type TestServer } from "../../kit/postgres/server";

const WRONG_NAME = "ERR_TLS_CERT_ALTNAME_INVALID";

describeOn("postgres", "a database on the network", () => {
  let server: TestServer;
  let database: FreshDatabase;
  beforeAll(async () => {
    server = await startTestServer({ isDurable: false, tls: { hosts: ["localhost"] } });
    database = await server.freshDatabase();
  });
  afterAll(() => server.stop());

  type Where = { host?: string; port?: number; caFile?: string | null; sslmode?: string };

  async function open({ host = "localhost", port = server.port, caFile = server.caFile, sslmode }: Where) {
    const url = new URL(database.url);
    url.host = `${host}:${port}`;
    if (sslmode) url.searchParams.set("sslmode", sslmode);
    if (caFile) url.searchParams.set("sslrootcert", caFile);
    const store = await openStore(locationSetting.parse(url.href), createManualClock(1_000));
    await store.check();
    await store.close();
  }

  test.each(["require", "verify-ca", "verify-full"])(
    "sslmode=%s takes a server by its authority and name, and no other",
    async (sslmode) => {
      await open({ sslmode });
      await expect(open({ sslmode, host: "127.0.0.1" })).rejects.toMatchObject({ cause: { code: WRONG_NAME } });
      await expect(open({ sslmode, caFile: null })).rejects.toMatchObject({
        cause: { code: expect.stringMatching(/CERT|SIGNED|VERIFY/) },
      });
    },
  );

  test("what the environment says about TLS counts for nothing", async () => {
    process.env.PGSSLMODE = "no-verify";
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    try {
      await expect(open({ sslmode: "verify-full", host: "127.0.0.1" })).rejects.toMatchObject({
        cause: { code: WRONG_NAME },
      });
    } finally {
      delete process.env.PGSSLMODE;
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });

  test("whoever stands between and refuses TLS hears neither the user nor the password", async () => {
    const heard: Buffer[] = [];
    const between = createServer((client) => {
      client.on("error", () => {});
      client.on("data", (bytes) => {
        heard.push(bytes);
        client.write("N");
      });
    });
    await new Promise<void>((resolve) => void between.listen(0, "127.0.0.1", resolve));
    try {
      const address = between.address();
      const port = typeof address === "object" && address ? address.port : 0;
      await expect(open({ sslmode: "require", port })).rejects.toMatchObject({ code: "store_unavailable" });
      // A request for TLS has eight bytes, none of them about anybody (PostgreSQL, message formats).
      expect(new Set(heard.map(({ length }) => length))).toEqual(new Set([8]));
    } finally {
      await new Promise((resolve) => void between.close(resolve));
    }
  });
});
