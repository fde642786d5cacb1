import { CLOCK_NOISE_MS, MOST_CLOCK_DIFFERENCE_MS, SLOW_ANSWER_MS } from "./limits";

/** What a response says about its service's clock, and when it came. `Ms` of the trip are monotonic. */
export type DatedAnswer = { date: string | null; age: string | null; tripMs: number; receivedAt: number };

/** The one form in which `Date` is sent (RFC 9110): anything else is read differently by everybody. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How far a service's clock is ahead of ours, in milliseconds; null where an answer does not say: it came out of a cache,
 * took long, or names no time.
 */
export function differenceOf({ date, age, tripMs, receivedAt }: DatedAnswer): number | null {
  if (date === null || age !== null || tripMs > SLOW_ANSWER_MS || !HTTP_DATE.test(date)) return null;
  const at = Date.parse(date);
  return Number.isNaN(at) ? null : at - receivedAt;
}

/**
 * What of a difference is taken into account. Small ones are the way of the answer and the whole seconds of `Date`; more than
 * a day is not believed.
 */
export function believed(differenceMs: number): number {
  const size = Math.abs(differenceMs);
  return size < CLOCK_NOISE_MS || size > MOST_CLOCK_DIFFERENCE_MS ? 0 : differenceMs;
}

/** Whether somebody has to set a clock right. */
export function isOff(differenceMs: number): boolean {
  return Math.abs(differenceMs) >= CLOCK_NOISE_MS;
}
