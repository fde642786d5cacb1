import { SECOND } from "./units";

/**
 * What somebody is looked up for in Slack. Where its limit is near, decisions come first, then forms and lists; the
 * options of selects come later, and so do Homes that are drawn again by themselves, and questions to people that can wait; whether
 * owners are still there comes last.
 */
export const LOOK_PURPOSES = ["decision", "form", "options", "redraw", "question", "sweep"] as const;
export type LookPurpose = (typeof LOOK_PURPOSES)[number];

/** The part of the looks at people that may happen at once which is kept back from a purpose for more urgent ones. */
const LOOK_RESERVES = {
  decision: 0,
  form: 1 / 4,
  options: 1 / 2,
  redraw: 1 / 2,
  question: 1 / 2,
  sweep: 3 / 4,
} as const;

/**
 * How long a look waits for its turn: a decision rather waits than fails, nobody waits for options that they type past, or for a
 * redraw. What asks people something, or only looks whether they are there, has its turn after all others, and waits for it.
 */
export const LOOK_WAITS_MS = {
  decision: 10 * SECOND,
  form: 5 * SECOND,
  options: 0,
  redraw: 0,
  question: 20 * SECOND,
  sweep: 10 * SECOND,
} as const;

/** So many looks may happen at once, and one more each time that so much time has gone by (a token bucket). */
export type LookLimit = { atOnce: number; everyMs: number };

/** Below this nothing would be left for forms and options. */
const LEAST_PART = 8;

/**
 * Half of a minute's looks may happen at once, the others spread over it: so no minute ever sees more than all of them.
 * @param sharers how many processes have them together; each has its part, with room for what is urgent in any case
 */
export function lookLimitOf(looksPerMinute: number, sharers = 1): LookLimit {
  const part = Math.max(LEAST_PART, Math.floor(looksPerMinute / sharers));
  const atOnce = Math.floor(part / 2);
  return { atOnce, everyMs: Math.ceil(60_000 / (part - atOnce)) };
}

/**
 * How long a look has to wait for its turn, in milliseconds; 0 where it may happen now. What is kept back for more urgent
 * ones counts as used up.
 * @param evenAt the moment at which all looks so far are made up for. It and `at` are on a clock that only goes on
 */
export function pauseBeforeLook(
  evenAt: number,
  { limit, purpose, at }: { limit: LookLimit; purpose: LookPurpose; at: number },
): number {
  const { atOnce, everyMs } = limit;
  const forThese = atOnce - Math.ceil(atOnce * LOOK_RESERVES[purpose]);
  return Math.max(0, Math.max(evenAt, at) - (forThese - 1) * everyMs - at);
}

/** @returns the moment at which all looks are made up for, one that happens now included */
export function evenAfterLook(evenAt: number, { limit, at }: { limit: LookLimit; at: number }): number {
  return Math.max(evenAt, at) + limit.everyMs;
}
