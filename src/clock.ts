import type { Clock } from "./workflow/clock";

/** The longest time that a timer takes: beyond it Node fires at once (Node, `timers`). */
const MAX_TIMER_MS = 2_147_483_647;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(finish, Math.min(ms, MAX_TIMER_MS));
      signal?.addEventListener("abort", finish, { once: true });

      function finish(): void {
        clearTimeout(timer);
        signal?.removeEventListener("abort", finish);
        resolve();
      }
    }),
};

/**
 * A clock that goes by its own wall until somebody says whose time counts: that of the store, once it is open.
 * @returns `goBy` says so; waiting and monotonic time stay the process's own
 */
export function createSteeredClock(own: Clock): { clock: Clock; goBy: (now: () => number) => void } {
  let now = (): number => own.now();
  return {
    clock: { monotonicMs: own.monotonicMs, wait: own.wait, now: () => now() },
    goBy: (other) => {
      now = other;
    },
  };
}
