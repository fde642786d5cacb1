import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../domain/limits";

/** How long ago something was made, in words: "made just now" within the first minute, then "3 minutes old" or "12 days old". */
export function ageWords(madeAt: number, at: number): string {
  const ageMs = at - madeAt;
  if (ageMs < MINUTE_MS) return "made just now";
  if (ageMs < HOUR_MS) return `${counted(ageMs, MINUTE_MS, "minute")} old`;
  return ageMs < DAY_MS ? `${counted(ageMs, HOUR_MS, "hour")} old` : `${counted(ageMs, DAY_MS, "day")} old`;
}

function counted(ms: number, unitMs: number, unit: string): string {
  const count = Math.floor(ms / unitMs);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
