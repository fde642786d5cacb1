import type { Clock } from "../../src/workflow/clock";

export type ManualClock = Clock & {
  /** Moves the time on, and lets everybody go whose wait is over by then. */
  advance(ms: number): void;
};

type Waiter = { until: number; go: () => void };

/** A clock that only moves when a test moves it. */
export function createManualClock(start = Date.now()): ManualClock {
  let now = start;
  const waiters = new Set<Waiter>();
  return {
    now: () => now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || ms <= 0) return resolve();
        const waiter: Waiter = { until: now + ms, go };
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
      for (const waiter of [...waiters]) if (waiter.until <= now) waiter.go();
    },
  };
}
