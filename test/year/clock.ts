import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../src/workflow/clock";

export type YearClock = Clock & {
  /** Sets the time, which lets nobody go by itself. */
  set(at: number): void;
  /** Waits until a worker that was just started on an empty store has nothing more to do. @returns how many rounds it has */
  resting(): Promise<number>;
  /** Waits until so many rounds of the worker are over, and wait for the next one. */
  untilAtRest(loops: number): Promise<void>;
};

/** A round takes less than this, in real milliseconds. */
const SETTLED_MS = 300;

/** More turns of the event loop than any round takes, on SQLite and on a server that answers within milliseconds. */
const MOST_TURNS = 5_000_000;

/**
 * A clock on which a year takes minutes: it stands still while anybody works. A wait of a worker's round, which somebody may
 * end, ends only then; any other one is over at once, and takes its time from the clock.
 */
export function createYearClock(start: number): YearClock {
  let now = start;
  let resting = 0;
  return {
    now: () => now,
    monotonicMs: () => now - start,
    wait: (ms, signal) => {
      if (signal === undefined) {
        now += Math.max(0, ms);
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        resting += 1;
        signal?.addEventListener(
          "abort",
          () => {
            resting -= 1;
            resolve();
          },
          { once: true },
        );
      });
    },
    set: (at) => {
      now = Math.max(now, at);
    },
    resting: async () => {
      for (let seen = -1; seen !== resting || resting === 0; ) {
        seen = resting;
        await pause(SETTLED_MS);
      }
      return resting;
    },
    untilAtRest: async (loops) => {
      for (let turns = 0; turns < MOST_TURNS; turns++) {
        if (resting === loops) return;
        await turn();
      }
      throw new Error(`the worker does not come to rest: ${resting} of ${loops} rounds wait`);
    },
  };
}
