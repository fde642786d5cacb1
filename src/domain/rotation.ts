import { settledAccess } from "./access-change";
import { isDue, MOST_AHEAD_MS } from "./due";
import type { EventName } from "./event";
import { canBeDeleted, hasEnded, isPaused, type Key, leaverHold } from "./key";
import { isKeyOver, keyOver } from "./key-over";
import { whyBusy } from "./key-steps";
import { DAY_MS, HOUR_MS, MAX_OVERLAP_MS } from "./limits";
import { isWithin } from "./narrow";
import { type Refusal, refused } from "./refusal";

/** That a key is to take the place of another one, and for how long both work, in milliseconds. */
export type Rotates = { accessKeyId: string; overlapMs: number };

/**
 * A key that takes the place of another one (`follows`), or whose place another one takes: until both know that it is over.
 * `isBegun`: the other one says when it is paused. `deletesAt`: when it is deleted, once it is paused and its owner was told.
 */
export type Rotation = Follows | Followed | CalledOff;
type Follows = { kind: "follows"; accessKeyId: string; overlapMs: number; isBegun: boolean };
type Followed = { kind: "followed"; by: string; pausesAt: number; deletesAt: number | null };
type CalledOff = { kind: "called_off"; by: string };

/** For how long both keys of a rotation work. */
export const OVERLAPS_MS = [HOUR_MS, DAY_MS, 3 * DAY_MS, MAX_OVERLAP_MS] as const;

/** How long a key is kept once another one has taken its place: whoever still uses it notices. */
const KEPT_MS = DAY_MS;

/** A moment that is always over. */
const AT_ONCE = 0;

/** A change of how a key stands to the other one of its rotation; its state stays as it is. */
export type RotationStep = { kind: "moves"; to: Key["state"]; rotation: Rotation | null; event: EventName };

const moves = ({ state }: Key, rotation: Rotation | null, event: EventName): RotationStep => ({
  kind: "moves",
  to: state,
  rotation,
  event,
});

/** Why no key can take the place of this one; null where one can. */
export function whyNotRotated(key: Key, at: number): Refusal | null {
  const { state, keyName, end } = key;
  if (state.kind === "secret_unknown") return refused("secret_unknown", { keyName });
  if (state.kind !== "live") return whyBusy(key, state);
  if (hasEnded(key) || isKeyOver(key, at)) return keyOver(key);
  if (end?.isFinal) return refused("no_overlap", { keyName });
  if (isPaused(key)) return refused("key_paused", { keyName });
  // A second key has the same access: which that is has to be certain.
  if (key.accessChange?.kind === "narrowing") return refused("narrowing_unconfirmed", { keyName });
  if (key.accessChange !== null) return refused("widening_unanswered", { keyName });
  return key.rotation === null ? null : refused("overlap_open", { keyName });
}

/**
 * Why a second key can't be made, or switched on, as its first one stands by now; null where it can. It opens no more than that one is
 * to open, and is no way around whoever holds that one for cause. Where the first is gone, or somebody else's, it is a key like any.
 */
export function whyNoSecond(first: Key | null, { ownerId, access }: Pick<Key, "ownerId" | "access">): Refusal | null {
  if (first === null || first.ownerId !== ownerId || !canBeDeleted(first.state)) return null;
  const { keyName, pause } = first;
  const hold = pause.holds.find(({ kind }) => kind === "approver" || kind === "bot");
  if (hold !== undefined) return refused("held_by_other", { keyName, byId: hold.byId, kind: hold.kind });
  return isWithin(access, settledAccess(first)) ? null : refused("first_opens_less", { keyName });
}

/** Whether one key may take the place of another one at this moment. `not_yet`: that is told in a moment. */
export function placeTakenBy(second: Key | null, first: Key, at: number): "yes" | "no" | "not_yet" {
  if (second?.rotation?.kind !== "follows" || second.rotation.accessKeyId !== first.accessKeyId) return "no";
  if (second.ownerId !== first.ownerId || isPaused(second) || isKeyOver(second, at)) return "no";
  if (second.state.kind === "rotating") return "not_yet";
  return second.state.kind === "live" ? "yes" : "no";
}

/** Whether a key takes the place of this one, which knows it. */
export function isFollowedBy(first: Key, accessKeyId: string): boolean {
  return first.rotation?.kind === "followed" && first.rotation.by === accessKeyId;
}

/** Another key takes its place from now on: when it is paused is told, and counts from then. */
export function beginOverlap(first: Key, { by, overlapMs, at }: { by: string; overlapMs: number; at: number }) {
  return moves(first, { kind: "followed", by, pausesAt: at + overlapMs, deletesAt: null }, "key.followed");
}

/** Both keys know that one takes the other's place. */
export function noteBegun(second: Key): RotationStep | null {
  const { rotation } = second;
  if (rotation?.kind !== "follows" || rotation.isBegun) return null;
  return moves(second, { ...rotation, isBegun: true }, "key.follows");
}

/** No key takes its place any more; what holds it stays. */
export function callOff(first: Key): RotationStep | null {
  const { rotation } = first;
  return rotation?.kind === "followed"
    ? moves(first, { kind: "called_off", by: rotation.by }, "key.overlap_called_off")
    : null;
}

/** It is a key like any other again. */
export function endRotation(key: Key): RotationStep {
  return moves(key, null, "key.overlap_over");
}

/** When it is paused is set anew: what lay further ahead than it can was written before the clock was set back. */
export function pauseLater(first: Key, pausesAt: number): RotationStep | null {
  const { rotation } = first;
  return rotation?.kind === "followed" ? moves(first, { ...rotation, pausesAt }, "key.followed") : null;
}

/** Its owner was told that it is paused, since another key has its place: it is kept for a while from now on. */
export function noteReplaced(first: Key, at: number): RotationStep | null {
  const { rotation } = first;
  return rotation?.kind === "followed"
    ? moves(first, { ...rotation, deletesAt: at + KEPT_MS }, "key.overlap_told")
    : null;
}

/** What is paused anew is kept for its whole time from then on. */
export function keptAnew({ rotation }: Key): { rotation?: Rotation } {
  return rotation?.kind === "followed" ? { rotation: { ...rotation, deletesAt: null } } : {};
}

/** Whether a moment of an overlap has come, can't be true, or is still to come. */
export function overlapMoment(moment: number, at: number): "come" | "untrue" | "to_come" {
  if (moment <= at) return "come";
  return isDue(moment, at, MOST_AHEAD_MS.overlap) ? "untrue" : "to_come";
}

/** Whether a key is paused since another one has its place. */
export function isReplaced({ pause }: Pick<Key, "pause">): boolean {
  return pause.holds.some(({ kind }) => kind === "overlap");
}

/** When something is due about the rotation of a key next. */
export function nextOfRotation({ state, pause, rotation }: Key): number | null {
  switch (rotation?.kind) {
    case undefined:
      return null;
    case "called_off":
      return AT_ONCE;
    case "follows":
      // What was never on has nobody's place.
      if (!canBeDeleted(state)) return rotation.isBegun ? AT_ONCE : null;
      return rotation.isBegun || state.kind === "off" || state.kind === "switching_on" ? null : AT_ONCE;
    case "followed":
      if (state.kind === "deleted") return AT_ONCE;
      if (state.kind === "deleting") return null;
      // Whoever takes over what somebody left has each of both.
      if (leaverHold({ pause }) !== null) return AT_ONCE;
      if (!isReplaced({ pause })) return rotation.pausesAt;
      return pause.stands === "pausing" ? null : rotation.deletesAt;
  }
}

/** Until when a key works: until its end, or until another key has its place; null where neither is known. */
export function worksUntil({ end, rotation }: Pick<Key, "end" | "rotation">): number | null {
  const known = [end?.at, rotation?.kind === "followed" ? rotation.pausesAt : undefined].filter(
    (moment) => moment !== undefined,
  );
  return known.length === 0 ? null : Math.min(...known);
}
