/**
 * How far the clocks of a zone are ahead of UTC at a moment, in milliseconds.
 * @param timeZone the name of the zone (IANA, such as `Europe/Berlin`); UTC where it is null or unknown
 */
export function offsetAt(at: number, timeZone: string | null): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}

/**
 * The moment at which the clocks of a zone show something.
 * @param local what they show, as if they were those of UTC. What they skip in spring is taken an hour later; of what they show
 *   twice in autumn, it is one of the two
 */
export function momentOf(local: number, timeZone: string | null): number {
  // Twice, since the zone may change its offset between the two guesses, at the end of summer time.
  const guess = local - offsetAt(local, timeZone);
  return local - offsetAt(guess, timeZone);
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
