import { NAMED_AFTER_MS, NAMED_BEFORE_END_MS } from "./limits";
import type { Delivered } from "./request";

/** When the requester of a key that is off is told so next, in milliseconds since 1970; null where nothing is left to say. */
export function stillOffAt({ at, lapsesAt, named }: Delivered): number | null {
  const first = at + NAMED_AFTER_MS;
  if (named === "not_yet") return first < lapsesAt ? first : null;
  const last = lapsesAt - NAMED_BEFORE_END_MS;
  return named === "first" && last > first ? last : null;
}
