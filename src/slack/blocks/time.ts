/** How a moment is shown: in the reader's own zone (Slack, date formatting). */
export const DATE_FORMAT = "{date_short_pretty} at {time}";

/** Slack counts moments in whole seconds. */
export function seconds(at: number): number {
  return Math.floor(at / 1_000);
}

/** A moment for those whose client shows no dates: "2026-11-25 14:02 UTC". */
export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
