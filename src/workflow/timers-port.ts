import type { TimerKind } from "../domain/timers";

/** What is due without a click, for whoever does it. */
export type TimersPort = {
  /**
   * Which of these kinds have something that is due, whoever holds it: a look that locks nothing.
   * @param kinds `behindMs`: how far the clock goes behind by which they are due
   */
  kindsDue(kinds: readonly { kind: TimerKind; behindMs: number }[]): Promise<TimerKind[]>;
  /**
   * Leases the next timers of a kind that are due, earliest first.
   * @param holder the name of this holding, no other's
   * @param how `behindMs`: how far the clock goes behind by which they are due
   * @returns what they are about, by its id
   */
  take(kind: TimerKind, holder: string, how: { limit: number; behindMs: number }): Promise<string[]>;
  /** Drops the timers that this holding has taken, and nobody has set anew, where there was nothing to write down. */
  drop(kind: TimerKind, holder: string, subjectIds: readonly string[]): Promise<void>;
};
