import { DAY_MS, HOUR_MS } from "./limits";
import { momentOf, offsetAt } from "./local-time";

/** The hour of somebody's morning at which they are asked, by the clocks of their zone. */
const NINE = 9 * HOUR_MS;

/** So long after their time of a morning they are still asked, where Slack had it wait: until noon at the latest. */
const LATE_MS = 2 * HOUR_MS;

/**
 * The next moment that is so long after nine in somebody's morning.
 * @param at from this moment on, itself included
 * @param timeZone the name of their zone (IANA, such as `Europe/Berlin`); UTC where it is null or unknown
 * @param spreadMs so that not everybody is asked at once: less than an hour, the same for a person every day
 */
export function nextNine(at: number, timeZone: string | null, spreadMs: number): number {
  const local = at + offsetAt(at, timeZone);
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  const today = momentOf(midnight + NINE + spreadMs, timeZone);
  return today >= at ? today : momentOf(midnight + DAY_MS + NINE + spreadMs, timeZone);
}

/**
 * How long somebody's message has to wait, in milliseconds: for the first morning after it was owed, and where that one was missed, for
 * the next; 0 where it is time.
 */
export function untilMorning(of: { owedAt: number; at: number; timeZone: string | null; spreadMs: number }): number {
  const { owedAt, at, timeZone, spreadMs } = of;
  // A message that was owed in the time to come was owed before the clock was set back.
  const from = Math.max(Math.min(owedAt, at), at - LATE_MS);
  return Math.max(0, nextNine(from, timeZone, spreadMs) - at);
}

/** Somebody's part of the hour, in milliseconds: by a hash of their id (FNV-1a, 32 bits), so that people are spread over all of it. */
export function spreadOf(userId: string): number {
  let hash = 0x811c9dc5;
  for (const letter of userId) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  // The lower bits alone differ too little between ids that end alike.
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return Math.floor(((mixed >>> 0) / 2 ** 32) * HOUR_MS);
}
