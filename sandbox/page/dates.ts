const DAY_MS = 86_400_000;

let aheadMs = 0;

/** The time of the sandbox is so far ahead of this machine's. */
export function setAhead(ms: number): void {
  aheadMs = ms;
}

/** What the time is in the sandbox. */
export function sandboxNow(): number {
  return Date.now() + aheadMs;
}

/** A day and a time: "Sat, Nov 28, 2:02 PM". @param at milliseconds since 1970 */
export function dayAndTimeOf(at: number, timeZone?: string): string {
  const shown = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat("en-US", { ...shown, ...(timeZone ? { timeZone } : {}) }).format(at);
}

/**
 * A moment as Slack's date format shows it, in the reader's zone (Slack, date formatting): `{date_short_pretty} at {time}`.
 * Other parts than these and `{date_short}` stay as they are, to be seen.
 * @param timestamp seconds since 1970
 */
export function formatDate(timestamp: number, format: string, tz: string, now = sandboxNow()): string {
  const at = timestamp * 1_000;
  return format.replace(/\{(\w+)\}/g, (all, name: string) => part(at, name, tz, now) ?? all);
}

/** The time of a message: "2:02 PM". @param at milliseconds since 1970 */
export function timeOf(at: number, tz: string): string {
  return form(at, tz, { hour: "numeric", minute: "2-digit" });
}

/** The same to the millisecond: "14:02:31.007". @param at milliseconds since 1970 */
export function exactTimeOf(at: number, tz: string): string {
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: tz, timeStyle: "medium" }).format(at);
  return `${time}.${String(at % 1_000).padStart(3, "0")}`;
}

function part(at: number, name: string, tz: string, now: number): string | null {
  switch (name) {
    case "time":
      return timeOf(at, tz);
    case "date_short":
      return form(at, tz, { month: "short", day: "numeric", year: "numeric" });
    case "date_short_pretty":
      return nearDay(at, tz, now) ?? part(at, "date_short", tz, now);
    default:
      return null;
  }
}

function nearDay(at: number, tz: string, now: number): string | null {
  const day = dayOf(at, tz);
  if (day === dayOf(now, tz)) return "today";
  if (day === dayOf(now - DAY_MS, tz)) return "yesterday";
  return day === dayOf(now + DAY_MS, tz) ? "tomorrow" : null;
}

function dayOf(at: number, tz: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: tz }).format(at);
}

function form(at: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-US", { timeZone, ...options }).format(at);
}
