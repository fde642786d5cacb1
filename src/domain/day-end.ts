import { momentOf } from "./local-time";

/** A day as Slack's date picker gives it: `2026-12-01`. */
export const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * When a day is over for somebody.
 * @param day as `DAY` has it; null comes back where there is no such day
 * @param timeZone the name of their zone (IANA, such as `Europe/Berlin`); UTC where it is null or unknown
 */
export function endOfDay(day: string, timeZone: string | null): number | null {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  if (!DAY.test(day) || new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10) !== day) return null;
  return momentOf(Date.UTC(year, month - 1, date + 1), timeZone) - 1;
}
