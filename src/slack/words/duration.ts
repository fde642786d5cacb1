import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../domain/limits";
import { SECOND } from "../../domain/units";

const UNITS = [
  [DAY_MS, "day"],
  [HOUR_MS, "hour"],
  [MINUTE_MS, "minute"],
  [SECOND, "second"],
] as const;

/**
 * A length of time, in whole seconds as every policy has them: "7 days", "36 hours", "90 minutes", and where no unit fits it whole,
 * "3 days, 1 hour and 5 seconds".
 */
export function durationWords(ms: number): string {
  const whole = UNITS.find(([unitMs]) => ms % unitMs === 0);
  if (whole !== undefined && ms / whole[0] < MOST_OF_A_UNIT) return counted(ms / whole[0], whole[1]);
  const parts: string[] = [];
  let left = ms;
  for (const [unitMs, unit] of UNITS) {
    const count = Math.floor(left / unitMs);
    left -= count * unitMs;
    if (count > 0) parts.push(counted(count, unit));
  }
  const last = parts.pop() ?? counted(0, "second");
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

/** More than so many hours, minutes or seconds are read more easily in several units. */
const MOST_OF_A_UNIT = 100;

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
