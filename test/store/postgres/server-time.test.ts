import { systemClock } from "../../../src/clock";
import { database as locationSetting } from "../../../src/config-database";
import { HOUR_MS, MINUTE_MS } from "../../../src/domain/limits";
import { openStore } from "../../../src/store";
import { describeOn } from "../../kit/database";
import { setServerAhead } from "../../kit/postgres/server-time";
import { createPreparedDatabase } from "../../kit/prepared-database";
import { until } from "../../kit/until";

describeOn("postgres", "the time of a server that took over", () => {
  test("is heard with the first session there, by those that only look too", async () => {
    const database = await createPreparedDatabase();
    const store = await openStore(locationSetting.parse(database.url), { ...systemClock, standsIn: false });
    try {
      expect(store.now()).toBeLessThan(Date.now() + MINUTE_MS);
      await setServerAhead(database.url, HOUR_MS);
      const look = () => store.read(async () => true).catch(() => false);
      await until("a look through a new session", look);
      expect(store.now()).toBeGreaterThan(Date.now() + HOUR_MS - MINUTE_MS);
    } finally {
      await store.close();
      await database.remove();
    }
  });
});
