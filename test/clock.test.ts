import { systemClock } from "../src/clock";

test("a wait ends by itself, and says nothing of the time before it", async () => {
  const from = systemClock.now();
  await systemClock.wait(2);
  expect(systemClock.now()).toBeGreaterThanOrEqual(from);
});

test("a wait ends early, without an error, when its signal aborts, before or meanwhile", async () => {
  const ended = new AbortController();
  ended.abort();
  await systemClock.wait(3_600_000, ended.signal);

  const meanwhile = new AbortController();
  const waiting = systemClock.wait(3_600_000, meanwhile.signal);
  meanwhile.abort();
  await waiting;
});

test("a wait of more than Node's timers can take does not end at once", async () => {
  const stop = new AbortController();
  const long = systemClock.wait(Number.MAX_SAFE_INTEGER, stop.signal).then(() => "long");
  const short = systemClock.wait(5).then(() => "short");
  expect(await Promise.race([long, short])).toBe("short");
  stop.abort();
});
