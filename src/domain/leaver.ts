import { DAY_MS, MINUTE_MS } from "./limits";
import type { Standing } from "./person";

/** How long after the first look that says somebody is gone another one has to say so too, in milliseconds. */
export const LOOKED_TWICE_MS = 10 * MINUTE_MS;
/** How long after a look that Slack did not answer somebody is looked at again, in milliseconds. */
export const LOOK_AGAIN_MS = 10 * MINUTE_MS;
/** How often all owners are looked at, in milliseconds; and for how long a leaver counts among those who are gone at once. */
export const SWEEP_EVERY_MS = DAY_MS;
/** More owners than so many, and than this part of all, are not gone at once: rather somebody has set a wrong token. */
export const MOST_GONE_AT_ONCE = 5;
export const MOST_PART_GONE_AT_ONCE = 0.1;

/** How many keys of one owner are looked after: as many as one person may have at the most. */
export const MAX_LEFT_KEYS = 1_000;
/** How many of those who are held back are read at once. */
export const HELD_BACK_AT_ONCE = 100;
/** How many owners are looked at by one holding of their timers: each may wait for its turn, and a lease has to last for all. */
export const OWNERS_AT_ONCE = 5;

/**
 * Since when one look after the other says that somebody is no full member any more, and since when each says that they were
 * deactivated; null where the last one says that they are a guest.
 */
type Seen = { goneAt: number; deactivatedAt: number | null };

/** One look said so. */
export type Suspected = { kind: "suspected" } & Seen;
/** Two looks said so, of too many people at once: nothing is done until an approver says that they did leave. */
export type HeldBack = { kind: "held_back"; at: number; toldAt: number | null } & Seen;
/**
 * They have left, as two looks or an approver (`byId`) said. `isDeactivated`: two looks said deactivated. `toldAt`: when Slack took
 * the card that tells it.
 */
export type Left = {
  kind: "left";
  at: number;
  byId: string;
  isDeactivated: boolean;
  toldAt: number | null;
} & Seen;
/** They had left, and are a full member again: nothing more happens by itself. */
export type Back = { kind: "back"; at: number };
export type LeaverState = Suspected | HeldBack | Left | Back;

/** An owner of living keys who may have left. */
export type Leaver<State extends LeaverState = LeaverState> = { ownerId: string; state: State; version: number };

/** Narrows a leaver to one of its states. */
export function isLeaverIn<Kind extends LeaverState["kind"]>(
  leaver: Leaver | null,
  kind: Kind,
): leaver is Leaver<Extract<LeaverState, { kind: Kind }>> {
  return leaver?.state.kind === kind;
}

/** What a look says of an owner; null where it says nothing: nobody is taken for gone whom Slack does not place. */
export function goneOrMember(standing: Standing): "member" | "deactivated" | "guest" | null {
  return standing === "member" || standing === "deactivated" || standing === "guest" ? standing : null;
}

/** Whether more owners are gone at once than a company loses. */
export function isTooManyAtOnce({ gone, owners }: { gone: number; owners: number }): boolean {
  return gone > MOST_GONE_AT_ONCE && gone > owners * MOST_PART_GONE_AT_ONCE;
}

/** What a look makes of an owner; null where there is nothing to remember of them. */
export function afterLook(
  was: LeaverState | null,
  says: "member" | "deactivated" | "guest",
  { at, isTooMany }: { at: number; isTooMany: boolean },
): LeaverState | null {
  if (says === "member") {
    if (was?.kind === "left") return { kind: "back", at };
    return was?.kind === "back" ? was : null;
  }
  if (was === null || was.kind === "back")
    return { kind: "suspected", goneAt: at, deactivatedAt: says === "deactivated" ? at : null };
  const seen: Seen = {
    // What lies ahead was written before the clock was set back.
    goneAt: Math.min(was.goneAt, at),
    deactivatedAt: says === "deactivated" ? Math.min(was.deactivatedAt ?? at, at) : null,
  };
  if (was.kind === "left") return { ...was, ...seen, isDeactivated: isCertain(seen, at) };
  if (was.kind === "held_back" || at - seen.goneAt < LOOKED_TWICE_MS) return { ...was, ...seen };
  return isTooMany ? { kind: "held_back", at, toldAt: null, ...seen } : leftNow(seen, { at, byId: "bot" });
}

/** An approver says that somebody who was held back did leave. */
export function theyDidLeave({ goneAt, deactivatedAt }: HeldBack, by: { at: number; byId: string }): Left {
  return leftNow({ goneAt, deactivatedAt }, by);
}

function leftNow(seen: Seen, { at, byId }: { at: number; byId: string }): Left {
  return { kind: "left", at, byId, isDeactivated: isCertain(seen, at), toldAt: null, ...seen };
}

function isCertain({ deactivatedAt }: Seen, at: number): boolean {
  return deactivatedAt !== null && at - deactivatedAt >= LOOKED_TWICE_MS;
}

/** Whether a key of somebody who has left is to be paused now: at once where its kind needs an approval, or after a while. */
export function isToBePaused(
  { isDeactivated, toldAt }: Left,
  { needsApproval, graceMs, at }: { needsApproval: boolean; graceMs: number; at: number },
): boolean {
  return (needsApproval && isDeactivated) || (toldAt !== null && at >= toldAt + graceMs);
}

/** When somebody who has left, and whose keys were looked after now, is looked after next; null where nothing is to come. */
export function nextOfLeft({ isDeactivated, deactivatedAt, toldAt }: Left, graceMs: number, at: number): number | null {
  const due = [
    ...(deactivatedAt !== null && !isDeactivated ? [deactivatedAt + LOOKED_TWICE_MS] : []),
    ...(toldAt === null ? [] : [toldAt + graceMs]),
  ].filter((moment) => moment > at);
  return due.length === 0 ? null : Math.min(...due);
}

/** When an owner is looked at next, who was looked at now; undefined where that stays as it is. */
export function nextLookAt(state: LeaverState | null): number | null | undefined {
  switch (state?.kind) {
    case "suspected":
      return state.goneAt + LOOKED_TWICE_MS;
    case "back":
      return state.at + SWEEP_EVERY_MS;
    case "left":
      return undefined;
    case "held_back":
    case undefined:
      return null;
  }
}
