import { database as locationSetting } from "../../../src/config-database";
import { COMMITS_KEPT_MS } from "../../../src/domain/service-limits";
import { openStore } from "../../../src/store";
import type { StorePort } from "../../../src/workflow/store-port";
import { createTestDatabase, describeOn, SERVER_VARIABLE, type TestDatabase } from "../../kit/database";
import { createManualClock } from "../../kit/manual-clock";
import { type PostgresProxy, startPostgresProxy } from "../../kit/postgres/proxy";
import { newRequest } from "../filled";

const isLook = (statements: string[]) =>
  statements.some((one) => one.includes('"commits"') && one.includes("conflict"));
const isInsert = (statements: string[]) => statements.some((one) => one.includes('into "requests"'));

describeOn("postgres", "a commit that got no answer, looked for", () => {
  let database: TestDatabase;
  let proxy: PostgresProxy;
  let store: StorePort;
  const clock = createManualClock(1_000);
  beforeEach(async () => {
    database = await createTestDatabase();
    const { hostname, port } = new URL(process.env[SERVER_VARIABLE] ?? "");
    proxy = await startPostgresProxy({ host: hostname, port: Number(port) });
    store = await openStore(locationSetting.parse(proxy.urlOf(database.url)), clock);
  });
  afterEach(async () => {
    await store.close();
    await proxy.stop();
    await database.remove();
  });

  const insert = () => store.transact((tx) => tx.requests.insert(newRequest("r1")));
  const requests = () => database.rows("select id from requests");

  test("it never reached the server, and the answer to the first look is lost too: it is not taken for written", async () => {
    const cut = proxy.cutBeforeNextCommit({ when: isInsert });
    const lookCut = proxy.cutAnswerOfNextCommit({ when: isLook });
    await expect(insert()).rejects.toMatchObject({ code: "store_unavailable" });
    await Promise.all([cut, lookCut]);
    expect(await requests()).toEqual([]);
    await insert();
    expect(await requests()).toEqual([{ id: "r1" }]);
  });

  test("it took effect, and the answer to the first look is lost: it is written", async () => {
    const cut = proxy.cutAnswerOfNextCommit({ when: isInsert });
    const lookCut = proxy.cutAnswerOfNextCommit({ when: isLook });
    await insert();
    await Promise.all([cut, lookCut]);
    expect(await requests()).toEqual([{ id: "r1" }]);
  });

  test("for longer than its row is kept: nobody can say", async () => {
    void proxy.cutBeforeNextCommit({ when: isInsert }).then(() => clock.advance(COMMITS_KEPT_MS));
    await expect(insert()).rejects.toMatchObject({ code: "commit_unknown" });
  });
});
