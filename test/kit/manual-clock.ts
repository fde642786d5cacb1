import type { Clock } from "../../src/workflow/clock";

export type ManualClock = Clock & {
  /** Moves the time on, and lets everybody go whose wait is over by then. */
  advance(ms: number): void;
  /** Sets the clock, as somebody does whose clock was wrong: nobody's wait is over sooner or later by that. */
  set(at: number): void;
};

type Waiter = { until: number; go: () => void };

/** A clock that only moves when a test moves it. */
export function createManualClock(start = Date.now()): ManualClock {
  let now = start;
  let monotonicMs = 0;
  const waiters = new Set<Waiter>();
  return {
    now: () => now,
    monotonicMs: () => monotonicMs,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || ms <= 0) return resolve();
        const waiter: Waiter = { until: monotonicMs + ms, go };
        waiters.add(waiter);
        signal?.addEventListener("abort", go, { once: true });

        function go(): void {
          waiters.delete(waiter);
          signal?.removeEventListener("abort", go);
          resolve();
        }
      }),
    advance: (ms) => {
      now += ms;
      monotonicMs += ms;
      for (const waiter of [...waiters]) if (waiter.until <= monotonicMs) waiter.go();
    },
    set: (at) => {
      now = at;
    },
  };
}
