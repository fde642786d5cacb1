import { isFree, type Key } from "../domain/key";
import { whyBusy } from "../domain/key-steps";
import { isLeaverIn, type Leaver } from "../domain/leaver";
import { type Refusal, refused } from "../domain/refusal";

/** Why a key can't be taken over as it stands; null where it can. */
export function whyNotFree(key: Key, actorId: string): Refusal | null {
  const { state, keyName, ownerId } = key;
  if (ownerId === actorId) return refused("taken_over", { keyName, byId: actorId });
  // Both of them have one owner until one has the place of the other.
  if (key.rotation !== null) return refused("overlap_open", { keyName });
  return isFree(state) ? null : whyBusy(key, state);
}

/**
 * Why somebody can't take over a key of whoever has left; null where they can. What was never left behind looks like what is not
 * there.
 * @param from whose key it was when they were asked, with what is on record of their leaving
 */
export function whyNotTaken(
  key: Key | null,
  actorIds: readonly string[],
  from: { ownerId: string; leaver: Leaver | null },
): Refusal | null {
  const { ownerId, leaver } = from;
  if (key === null) return refused("unknown_key");
  const taker = takerFrom(key, ownerId);
  if (taker !== null) return refused("taken_over", { keyName: key.keyName, byId: taker });
  if (key.ownerId !== ownerId || leaver === null) return refused("unknown_key");
  if (!isLeaverIn(leaver, "left") || actorIds.includes(ownerId)) return refused("owner_is_there", { ownerId });
  return whyNotFree(key, "");
}

/** Who has taken a key over from somebody; null where nobody did, as far as it shows. */
function takerFrom({ ownerId, state }: Key, fromId: string): string | null {
  const isTaken = state.kind === "live" && state.secret.kind === "left_behind" && state.secret.byId === fromId;
  return isTaken && ownerId !== fromId ? ownerId : null;
}
