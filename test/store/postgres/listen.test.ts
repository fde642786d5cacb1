import { Client } from "pg";
import { WOKEN_EVERY_MS } from "../../../src/domain/service-limits";
import { describeOn } from "../../kit/database";
import { until } from "../../kit/until";
import { emptyStore, type Filled } from "../filled";

const CALLS = 2_000;

describeOn("postgres", "being woken by others", () => {
  let filled: Filled;
  let stranger: Client;
  beforeEach(async () => {
    filled = await emptyStore();
    stranger = new Client({ connectionString: filled.database.url });
    await stranger.connect();
  });
  afterEach(async () => {
    await stranger.end();
    await filled.stop();
  });

  test("however often somebody calls, it is woken now and then, and after the last call", async () => {
    const woken: number[] = [];
    filled.store.onWake(() => void woken.push(performance.now()));
    await until("it to listen", async () => {
      await stranger.query("notify tigris_key_bot, 'other'");
      return woken.length > 0;
    });
    const from = woken.length;
    const before = performance.now();
    for (let calls = 0; calls < CALLS; calls++) await stranger.query(`notify tigris_key_bot, '${calls}'`);
    const last = performance.now();
    await stranger.query("notify tigris_key_bot, 'last'");
    await until("it to be woken after the last one", () => (woken.at(-1) ?? 0) > last);
    expect(woken.length - from).toBeLessThanOrEqual((performance.now() - before) / WOKEN_EVERY_MS + 2);
  });
});
