import { MAX_ASKED_PER_HOUR, MAX_WAITING } from "./limits";
import { type Refusal, refused } from "./refusal";

/** What somebody has already: keys and open requests together, requests that wait, approvals asked for within the hour. */
export type QuotaUse = { taken: number; waiting: number; askedInHour: number };

/** Whether somebody has as many keys, or as many waiting requests, as one person may have; null where not. */
export function quotaRefusal(
  { taken, waiting, askedInHour }: QuotaUse,
  {
    maxKeysPerUser,
    asksPeople,
    isRotation = false,
  }: { maxKeysPerUser: number; asksPeople: boolean; isRotation?: boolean },
): Refusal | null {
  // A key that takes the place of another one needs none beside it; whoever keeps both has more, and rotates no more that way.
  if (isRotation ? taken > maxKeysPerUser : taken >= maxKeysPerUser) return refused("quota", { max: maxKeysPerUser });
  if (asksPeople && waiting >= MAX_WAITING) return refused("too_many_waiting", { max: MAX_WAITING });
  if (asksPeople && askedInHour >= MAX_ASKED_PER_HOUR) return refused("too_many_asked", { max: MAX_ASKED_PER_HOUR });
  return null;
}
