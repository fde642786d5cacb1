import { START_WAIT_MS } from "../src/domain/service-limits";
import { createLifecycle, onceFree, type Starting } from "../src/lifecycle";
import { InUse, StartError, Stopped } from "../src/start-error";
import { createManualClock } from "./kit/manual-clock";
import { passUntil } from "./kit/until";

const never = new Promise<never>(() => {});

/** Opens the parts one after the other, and notes what is closed. */
function opening(...parts: string[]) {
  const closed: string[] = [];
  const open = ({ onStop }: Starting) => {
    for (const part of parts) onStop(() => void closed.push(part));
  };
  return { open, closed };
}

test("a stop closes what was opened, the last first, and once", async () => {
  const { open, closed } = opening("server", "store");
  const { start, stop } = createLifecycle(async (starting) => {
    open(starting);
    return 3000;
  });
  expect(await start()).toBe(3000);
  expect(closed).toEqual([]);
  await Promise.all([stop(), stop()]);
  await stop();
  expect(closed).toEqual(["store", "server"]);
});

test("a start that fails closes what it had opened", async () => {
  const { open, closed } = opening("server", "store");
  const { start, stop } = createLifecycle(async (starting) => {
    open(starting);
    throw new StartError("odd", "Odd.", 1);
  });
  await expect(start()).rejects.toMatchObject({ code: "odd" });
  expect(closed).toEqual(["store", "server"]);
  await stop();
  expect(closed).toHaveLength(2);
});

test("a stop in the middle of a start ends it where it waits", async () => {
  const { open, closed } = opening("server");
  const { start, stop } = createLifecycle(async (starting) => {
    open(starting);
    return starting.unlessStopped(never);
  });
  const starting = start();
  await Promise.all([stop(), expect(starting).rejects.toBeInstanceOf(Stopped)]);
  expect(closed).toEqual(["server"]);
});

test("a stop waits for what is being opened, and closes it", async () => {
  const { open, closed } = opening("store");
  let opened = (): void => {};
  const { start, stop } = createLifecycle(async (starting) => {
    await new Promise<void>((resolve) => {
      opened = resolve;
    });
    open(starting);
    return starting.unlessStopped(never);
  });
  const starting = start();
  const stopped = stop();
  opened();
  await Promise.all([stopped, expect(starting).rejects.toBeInstanceOf(Stopped)]);
  expect(closed).toEqual(["store"]);
});

test("what can't be closed keeps nothing else open, and is told", async () => {
  const { open, closed } = opening("server");
  const { start, stop } = createLifecycle(async (starting) => {
    open(starting);
    starting.onStop(() => Promise.reject(new Error("stuck")));
    return 1;
  });
  await start();
  await expect(stop()).rejects.toThrow("stuck");
  expect(closed).toEqual(["server"]);
});

describe("what another process has", () => {
  const inUse = () => Promise.reject(new InUse("held", "the other one", "It is held."));
  const clock = createManualClock();
  const signal = new AbortController().signal;

  test("is tried again until it is free; whoever waits is told so once", async () => {
    let tries = 0;
    const told: string[] = [];
    const attempt = async () => (++tries < 5 ? inUse() : "got it");
    let got: string | null = null;
    void onceFree(attempt, { clock, signal, onWait: ({ waitsFor }) => told.push(waitsFor) }).then((result) => {
      got = result;
    });
    await passUntil("it to be free", () => got, { clock, stepMs: 50 });
    expect({ got, tries, told }).toEqual({ got: "got it", tries: 5, told: ["the other one"] });
  });

  test("is given up after a while", async () => {
    const from = clock.monotonicMs();
    let error: unknown = null;
    void onceFree(inUse, { clock, signal, onWait: () => {} }).catch((one: unknown) => {
      error = one;
    });
    await passUntil("the end", () => error, { clock, stepMs: 250 });
    expect(error).toMatchObject({ code: "held", exitCode: 75 });
    expect(clock.monotonicMs() - from).toBeGreaterThanOrEqual(START_WAIT_MS);
  });

  test("is waited for no longer once a stop is asked for", async () => {
    const stopping = new AbortController();
    const waiting = onceFree(inUse, { clock, signal: stopping.signal, onWait: () => stopping.abort() });
    await expect(waiting).rejects.toBeInstanceOf(Stopped);
  });

  test("any other trouble ends the wait", async () => {
    const attempt = () => Promise.reject(new StartError("broken", "It is broken.", 78));
    await expect(onceFree(attempt, { clock, signal, onWait: () => {} })).rejects.toMatchObject({ code: "broken" });
  });
});
