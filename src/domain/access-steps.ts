import { type AccessChange, settledAccess, unionOf } from "./access-change";
import type { EventName } from "./event";
import { hasEnded, isPaused, type Key } from "./key";
import type { KeyEnd } from "./key-end";
import { isKeyOver, keyOver } from "./key-over";
import { loseCover, whyBusy } from "./key-steps";
import type { Access } from "./permission";
import { type Refusal, refused } from "./refusal";

/** A change of what a key opens; its secret stays. */
export type AccessStep = {
  kind: "moves";
  to: Key["state"];
  access: Access;
  accessChange: AccessChange | null;
  event: EventName;
};

function moves({ state }: Key, access: Access, accessChange: AccessChange | null, event: EventName): AccessStep {
  return { kind: "moves", to: state, access, accessChange, event };
}

/** Why the access of a key stays as it is; null where it can be changed. */
export function whyNotChanged(key: Key, at: number): Refusal | null {
  const { state, keyName, end } = key;
  if (state.kind !== "live" && state.kind !== "secret_unknown" && state.kind !== "rotating") return whyBusy(key, state);
  if (hasEnded(key) || isKeyOver(key, at)) return keyOver(key);
  if (end?.isFinal) return refused("access_is_final", { keyName });
  // Its roles may be taken, and come back by whoever resumes it.
  return isPaused(key) ? refused("key_paused", { keyName }) : null;
}

/** Begins to take from a key what it no longer needs. Until Tigris has done it, its access stays what it may be. */
export function startNarrowing(key: Key, change: { to: Access; attemptId: string; at: number; isBeside: boolean }) {
  return moves(key, key.access, { kind: "narrowing", ...change }, "key.narrowing");
}

/** The list of Tigris shows more than a key is to have, by a call that came late: it is taken once more. */
export function narrowAgain(key: Key, { listed, ...change }: { listed: Access; attemptId: string; at: number }) {
  const again = { kind: "narrowing" as const, to: key.access, isBeside: true, ...change };
  return moves(key, unionOf(key.access, listed), again, "key.narrowing_failed");
}

/** It has no more than it is to have. */
export function finishNarrowing(key: Key): AccessStep {
  return moves(key, settledAccess(key), null, "key.narrowed");
}

/** Tigris can't do it at all: what it may have stays as it is. */
export function dropNarrowing(key: Key): AccessStep {
  return moves(key, key.access, null, "key.narrowing_failed");
}

/**
 * Begins to give a key what was approved: from here on it may have that, or still what it had. What an earlier call may have given,
 * which got no answer, counts too. @param end the nearer one that it gets by this; null where it keeps its own
 */
export function startWidening(
  key: Key,
  { to, attemptId, end, at }: { to: Access; attemptId: string; end: KeyEnd | null; at: number },
): AccessStep & { end?: KeyEnd } {
  const before = key.accessChange?.kind === "widening" ? key.accessChange : null;
  const change = {
    kind: "widening" as const,
    from: settledAccess(key),
    to,
    attemptId,
    at,
    isUnanswered: before?.isUnanswered ?? false,
    endBefore: before?.endBefore ?? key.end,
  };
  const begun = moves(key, unionOf(key.access, to), change, "key.widening");
  // Another secret under an approval of less would be one of more.
  return { ...begun, to: loseCover(key)?.to ?? key.state, ...(end === null ? {} : { end }) };
}

/** A key whose access is being widened. */
export type Widening = Key & { accessChange: Extract<AccessChange, { kind: "widening" }> };

/** Tigris says, or shows, that it has what was approved. */
export function finishWidening(key: Widening): AccessStep {
  return moves(key, key.accessChange.to, null, "key.widened");
}

/** Tigris refused, and every call before that one too: it has what it had. An end that was moved since stays. */
export function undoWidening(key: Widening): AccessStep & { end?: KeyEnd | null } {
  const { from, endBefore, at } = key.accessChange;
  const isGiven = key.end?.since === at;
  return { ...moves(key, from, null, "key.widening_refused"), ...(isGiven ? { end: endBefore } : {}) };
}

/** Nobody can say whether it has it: its owner may press again. */
export function leaveWidening(key: Widening): AccessStep {
  return moves(key, key.access, { ...key.accessChange, isUnanswered: true }, "key.widening_unanswered");
}
