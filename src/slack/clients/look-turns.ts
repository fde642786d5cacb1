import { evenAfterLook, LOOK_WAITS_MS, type LookPurpose, lookLimitOf, pauseBeforeLook } from "../../domain/look-budget";
import type { Clock } from "../../workflow/clock";

/** The one budget of all looks at people: Slack counts them for the whole app. */
export type LookTurns = {
  /** Waits for the turn of a look as long as its purpose may. @returns whether it may happen now */
  take(purpose: LookPurpose): Promise<boolean>;
  /** Slack wants no more for a while: another bot of the same app uses it up too. Options, redraws and questions wait until then. */
  holdOptions(ms: number): void;
};

const WAITS_FOR_SLACK: ReadonlySet<LookPurpose> = new Set(["options", "redraw", "question"]);

/**
 * @param looksPerMinute for the whole app
 * @param replicas how many processes share them now
 */
export function createLookTurns(clock: Clock, looksPerMinute: number, replicas: () => number): LookTurns {
  const lines = new Map<LookPurpose, Promise<unknown>>();
  let evenAt = Number.NEGATIVE_INFINITY;
  let optionsFrom = Number.NEGATIVE_INFINITY;

  async function takeBy(purpose: LookPurpose, lastAt: number): Promise<boolean> {
    for (;;) {
      const at = clock.monotonicMs();
      const limit = lookLimitOf(looksPerMinute, replicas());
      const pause = pauseBeforeLook(evenAt, { limit, purpose, at });
      // First: time has passed since the turn was asked for, be it a microsecond, and what may not wait would never have one.
      if (pause === 0) {
        evenAt = evenAfterLook(evenAt, { limit, at });
        return true;
      }
      if (at + pause > lastAt) return false;
      await clock.wait(pause);
    }
  }

  return {
    take: (purpose) => {
      const at = clock.monotonicMs();
      if (WAITS_FOR_SLACK.has(purpose) && at < optionsFrom) return Promise.resolve(false);
      // Whoever came first for the same purpose goes first.
      const turn = (lines.get(purpose) ?? Promise.resolve()).then(() => takeBy(purpose, at + LOOK_WAITS_MS[purpose]));
      lines.set(purpose, turn);
      return turn;
    },
    holdOptions: (ms) => {
      optionsFrom = Math.max(optionsFrom, clock.monotonicMs() + ms);
    },
  };
}
