import { Client } from "pg";
import { describeOn } from "../../kit/database";
import { until } from "../../kit/until";
import { emptyStore, type Filled, newKey, newRequest } from "../filled";

describeOn("postgres", "what counts against a quota", () => {
  let filled: Filled;
  let other: Client;
  beforeEach(async () => {
    filled = await emptyStore();
    other = new Client({ connectionString: filled.database.url });
    await other.connect();
  });
  afterEach(async () => {
    await other.end();
    await filled.stop();
  });

  test("a request that becomes a key meanwhile counts once", async () => {
    const { store, database } = filled;
    const request = newRequest("r1");
    const owner = request.requesterId;
    await store.transact(async (tx) => {
      await tx.requests.insert(request);
      await tx.requests.insert(newRequest("r2"));
      await tx.keys.insert(newKey("r2", { ownerId: owner }));
    });
    await database.execute("update requests set state = 'made' where id = 'r2'");
    await database.execute("update keys set owner_id = 'UOTHER'");
    await other.query("begin; lock table requests in access exclusive mode");
    const counted = store.transact((tx) => tx.quotaUse(owner));
    await until("the count to wait", async () => {
      const { rowCount } = await other.query("select 1 from pg_locks where not granted");
      return rowCount !== 0;
    });
    await other.query(`update keys set owner_id = '${owner}'`);
    await other.query("update requests set state = 'made' where id = 'r1'; commit");
    expect(await counted).toBe(1);
  });
});
