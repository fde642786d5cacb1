import { rateLimited } from "../../../src/slack/clients/group-rate-limit";
import { createManualClock } from "../../kit/manual-clock";
import { passUntil } from "../../kit/until";

const LIMIT = { atOnce: 3, everyMs: 5_000 };

test("as many looks as Slack allows at once, then those who ask share the next one, which begins after they asked", async () => {
  const clock = createManualClock();
  const calls: { groupId: string; at: number }[] = [];
  const ask = rateLimited({ clock, limit: LIMIT, replicas: () => 1 }, async (groupId) => {
    calls.push({ groupId, at: clock.now() });
    return calls.length;
  });
  const start = clock.now();
  expect(await Promise.all([ask("S1"), ask("S1"), ask("S2")])).toEqual([1, 2, 3]);
  const shared = [ask("S1"), ask("S1")];
  clock.advance(4_999);
  expect(calls).toHaveLength(3);
  shared.push(ask("S1"));
  clock.advance(1);
  expect(await Promise.all(shared)).toEqual([4, 4, 4]);
  expect(calls.at(-1)).toEqual({ groupId: "S1", at: start + 5_000 });
});

test("however many ask, there are no more than twelve looks in a minute after the first ones", async () => {
  const clock = createManualClock();
  const start = clock.now();
  let calls = 0;
  let answered = 0;
  let asked = 0;
  const ask = rateLimited({ clock, limit: LIMIT, replicas: () => 1 }, async () => {
    calls += 1;
  });
  const askOnce = () => {
    asked += 1;
    void ask("S1").then(() => {
      answered += 1;
    });
    return clock.now() - start >= 60_000;
  };
  await passUntil("a minute to go by", askOnce, { clock, stepMs: 100 });
  expect(calls).toBeGreaterThanOrEqual(LIMIT.atOnce + 11);
  expect(calls).toBeLessThanOrEqual(LIMIT.atOnce + 12);
  await passUntil("all answers", () => answered === asked, { clock, stepMs: 100, seen: () => ({ answered, asked }) });
});

test("after a quiet while as many happen at once as before", async () => {
  const clock = createManualClock();
  let calls = 0;
  const ask = rateLimited({ clock, limit: LIMIT, replicas: () => 1 }, async () => {
    calls += 1;
  });
  for (let round = 1; round <= 2; round++) {
    await Promise.all([ask("S1"), ask("S1"), ask("S1")]);
    expect(calls).toBe(round * 3);
    clock.advance(15_000);
  }
});

test("replicas share the limit, as many as there are at that moment", async () => {
  const clock = createManualClock();
  let [calls, replicas] = [0, 3];
  const ask = rateLimited({ clock, limit: LIMIT, replicas: () => replicas }, async () => {
    calls += 1;
  });
  await ask("S1");
  const second = ask("S1");
  clock.advance(14_999);
  expect(calls).toBe(1);
  clock.advance(1);
  await second;
  expect(calls).toBe(2);
  replicas = 1;
  clock.advance(15_000);
  await Promise.all([ask("S1"), ask("S1"), ask("S1")]);
  expect(calls).toBe(5);
});
