import { ROUND_MS } from "../../src/domain/limits";
import type { Clock } from "../../src/workflow/clock";

export type ManualClock = Clock & {
  /**
   * Moves the time on, and lets everybody go whose wait is over by then.
   * @param heldUp whoever waits for exactly so long stays, as one does who stood still: they go with the next step of the time
   */
  advance(ms: number, heldUp?: number): void;
  /** Sets the clock, as somebody does whose clock was wrong: nobody's wait is over sooner or later by that. */
  set(at: number): void;
  /** Whether somebody waits for exactly so long. */
  isAwaited(ms: number): boolean;
};

type Waiter = { until: number; ms: number; go: () => void };

/**
 * A round of the worker that a jump of the clock met half-way has looked by the time before, and waits from then on: so after a
 * jump there are two more rounds, in real milliseconds from it.
 */
const MORE_ROUNDS_AFTER_MS = [150, 600];

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
        const waiter: Waiter = { until: monotonicMs + ms, ms, go };
        waiters.add(waiter);
        signal?.addEventListener("abort", go, { once: true });

        function go(): void {
          waiters.delete(waiter);
          signal?.removeEventListener("abort", go);
          resolve();
        }
      }),
    advance: (ms, heldUp) => {
      now += ms;
      monotonicMs += ms;
      for (const waiter of [...waiters]) if (waiter.until <= monotonicMs && waiter.ms !== heldUp) waiter.go();
      if (ms < ROUND_MS) return;
      for (const afterMs of MORE_ROUNDS_AFTER_MS)
        setTimeout(() => {
          for (const waiter of [...waiters]) if (waiter.ms === ROUND_MS) waiter.go();
        }, afterMs).unref();
    },
    set: (at) => {
      now = at;
    },
    isAwaited: (ms) => [...waiters].some((waiter) => waiter.ms === ms),
  };
}
