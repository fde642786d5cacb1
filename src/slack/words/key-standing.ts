import { canBeDeleted, hasEnded, isPaused, type Key, type KeyKind } from "../../domain/key";

/** Where a key stands, in a word or a few, the same in every list: whether it is paused comes before its state. */
const STANDINGS: Record<KeyKind, string> = {
  off: "off",
  switching_on: "being switched on",
  live: "on",
  rotating: "getting a new secret",
  secret_unknown: "nobody holds its secret",
  deleting: "being deleted",
  deleted: "deleted",
};

/** "on", "paused", "being deleted": what a row says of a key. */
export function keyStanding(key: Pick<Key, "state" | "pause" | "accessChange">): string {
  if (key.state.kind === "live" && !isPaused(key) && key.accessChange !== null) return "on, its access is changing";
  if (!isPaused(key) || !canBeDeleted(key.state)) return STANDINGS[key.state.kind];
  if (hasEnded(key) && key.pause.stands !== "pausing") return "ended";
  return key.pause.stands === "pausing" ? "being paused" : "paused";
}
