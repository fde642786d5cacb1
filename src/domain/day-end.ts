/** A day as Slack's date picker gives it: `2026-12-01`. */
export const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * When a day is over for somebody.
 * @param day as `DAY` has it; null comes back where there is no such day
 * @param timeZone the name of their zone (IANA, such as `Europe/Berlin`); UTC where it is null or unknown
 */
export function endOfDay(day: string, timeZone: string | null): number | null {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const midnight = Date.UTC(year, month - 1, date + 1);
  if (!DAY.test(day) || new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10) !== day) return null;
  // Twice, since the zone may change its offset between the two guesses, at the end of summer time.
  const guess = midnight - offsetAt(midnight, timeZone);
  return midnight - offsetAt(guess, timeZone) - 1;
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(at: number, timeZone: string | null): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}

const FIELDS = {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
  hourCycle: "h23",
} as const;

function formatOf(timeZone: string | null): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { ...FIELDS, timeZone: timeZone ?? "UTC" });
  } catch {
    // A zone that this version of Node does not know.
    return new Intl.DateTimeFormat("en-US", { ...FIELDS, timeZone: "UTC" });
  }
}
