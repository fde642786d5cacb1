import { database as locationSetting } from "../../../src/config-database";
import { openStore } from "../../../src/store";
import { createTestDatabase, describeOn, SERVER_VARIABLE } from "../../kit/database";
import { createManualClock } from "../../kit/manual-clock";
import { startPostgresProxy } from "../../kit/postgres/proxy";
import { until } from "../../kit/until";

describeOn("postgres", "closing a store", () => {
  test("takes its time limit and no longer where the server has fallen silent", async () => {
    const database = await createTestDatabase();
    const { hostname, port } = new URL(process.env[SERVER_VARIABLE] ?? "");
    const proxy = await startPostgresProxy({ host: hostname, port: Number(port) });
    try {
      const store = await openStore(locationSetting.parse(proxy.urlOf(database.url)), createManualClock(1_000));
      await until("it to listen", async () => {
        const listening = "select 1 as id from pg_stat_activity where query like 'listen%' and state = 'idle'";
        return (await database.rows(`${listening} and datname = current_database()`)).length > 0;
      });
      await store.check();
      proxy.stall();
      await store.close();
    } finally {
      await proxy.stop();
      await database.remove();
    }
  });
});
