import { isDue, MOST_AHEAD_MS } from "./due";
import { hasEnded, type Key } from "./key";
import type { KeyEnd } from "./key-end";
import { type Refusal, refused } from "./refusal";

/**
 * Whether the time of a key is over: nothing gives it power any more, also before it is paused for that. An end is over too
 * where it lies further ahead than it can: the clock was set back since.
 */
export function isKeyOver({ end }: Pick<Key, "end">, at: number): boolean {
  return end !== null && isDue(end.at, at, end.isFinal ? MOST_AHEAD_MS.final_end : MOST_AHEAD_MS.end);
}

/** What is refused since the time of a key is over. */
export function keyOver({ keyName, end }: Pick<Key, "keyName" | "end">): Refusal {
  return refused("key_ended", { keyName, canExtend: end?.isFinal === false });
}

/** The grace of a key that has ended begins anew, once it is told; of every other key nothing changes. */
export function graceAnew(key: Key): { end?: KeyEnd } {
  return hasEnded(key) && key.end !== null ? { end: { ...key.end, deletesAt: null } } : {};
}
