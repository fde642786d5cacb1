import type { EventName } from "./event";
import {
  type Cover,
  canBeDeleted,
  coverOf,
  type Deleted,
  type Deleting,
  hasEnded,
  isFree,
  type Key,
  type KeyState,
  type Live,
  type Off,
  type Rotating,
  type SecretUnknown,
  type SwitchingOn,
} from "./key";
import { keyOver } from "./key-over";
import { type Refusal, refused } from "./refusal";

/** A change of a key that the rules allow. */
export type KeyStep<State extends KeyState = KeyState> = { kind: "moves"; to: State; event: EventName };

function moves<State extends KeyState>(to: State, event: EventName): KeyStep<State> {
  return { kind: "moves", to, event };
}

/** Why nothing can be begun on a key. */
export function whyBusy({ keyName }: Key, state: Exclude<KeyState, Live | SecretUnknown>): Refusal {
  switch (state.kind) {
    case "off":
      return refused("key_off", { keyName });
    case "switching_on":
      return refused("key_switching_on", { keyName });
    case "rotating":
      return refused("key_rotating", { keyName });
    case "deleting":
      return refused("key_deleting", { keyName, byId: state.byId, why: state.why });
    case "deleted":
      return refused("already_deleted", { keyName, byId: state.byId, why: state.why, at: state.at });
  }
}

/** Begins to replace the secret. */
export function startRotation(key: Key): KeyStep<Rotating> | Refusal {
  const { state } = key;
  if (!isFree(state)) return whyBusy(key, state);
  // Nothing opens with its secrets any more, whatever they are.
  if (hasEnded(key)) return keyOver(key);
  return moves({ kind: "rotating", before: state }, "key.rotation_started");
}

/** Begins to delete the key, whatever else is under way on it: what runs ends without giving anybody anything. */
export function startDeletion(key: Key, by: { byId: string; at: number }): KeyStep<Deleting> | Refusal {
  const { state } = key;
  if (!canBeDeleted(state)) return whyBusy(key, state);
  return moves({ kind: "deleting", why: "asked", ...by }, "key.deletion_started");
}

/**
 * Its time was over for its whole grace, another key has its place, or its owner had left for as long, and that was told: it goes by
 * itself. Null where it goes already.
 */
export function deleteItself(
  { state }: Key,
  { why, at }: { why: "ended" | "replaced" | "left"; at: number },
): KeyStep<Deleting> | null {
  return canBeDeleted(state) ? moves({ kind: "deleting", byId: null, why, at }, "key.deletion_started") : null;
}

/** The new secret was posted. @param cover the approval under which it was */
export function finishRotation(cover: Cover | null): KeyStep<Live> {
  return moves({ kind: "live", secret: { kind: "unconfirmed", cover } }, "key.rotated");
}

/** Tigris refused the rotation: nothing was changed, so the key is what it was before. */
export function undoRotation(key: Key<Rotating>): KeyStep<Live | SecretUnknown> {
  return moves(key.state.before, "key.rotation_refused");
}

/** The rotation's answer or its delivery was lost. @param cover the approval under which another one may be made */
export function loseSecret(at: number, cover: Cover | null): KeyStep<SecretUnknown> {
  return moves({ kind: "secret_unknown", at, cover }, "key.secret_unknown");
}

/** The approval no longer covers another secret: its approver may no longer approve. Null where none did. */
export function loseCover(key: Key): KeyStep<Live | SecretUnknown> | null {
  const { state } = key;
  if (!isFree(state) || coverOf(state) === null) return null;
  if (state.kind === "secret_unknown") return moves({ ...state, cover: null }, "key.cover_lost");
  return moves({ kind: "live", secret: { kind: "unconfirmed", cover: null } }, "key.cover_lost");
}

/** Tigris has deleted the key that was asked to go, or went by itself. */
export function finishDeletion({ byId, why }: Deleting, at: number): KeyStep<Deleted> {
  return moves({ kind: "deleted", byId, why, at }, "key.deleted");
}

/** Tigris no longer knows the key. */
export function noteGone(at: number): KeyStep<Deleted> {
  return moves({ kind: "deleted", byId: null, why: "gone", at }, "key.deleted");
}

/** Slack took the secret of a key that is off. */
export function noteShown(at: number): KeyStep<Off> {
  return moves({ kind: "off", shownAt: at }, "key.shown");
}

/** A key that is off goes: nobody may switch it on any more. Null where it is not off. */
export function drop({ state }: Key, at: number): KeyStep<Deleting> | null {
  return state.kind === "off" ? moves({ kind: "deleting", byId: null, why: "never_on", at }, "key.dropped") : null;
}

/**
 * Its owner holds the secret: from here on it may have power.
 * @param until when it is to be on at the latest
 */
export function startSwitchingOn(
  key: Key,
  { at, until }: { at: number; until: number },
): KeyStep<SwitchingOn> | Refusal {
  const { state } = key;
  switch (state.kind) {
    case "off":
      return moves(
        { kind: "switching_on", at, until, shownAt: state.shownAt, isUnanswered: false },
        "key.switching_on",
      );
    case "switching_on":
      // While a call is in flight no other begins: a refusal of that one would say that the key has no power.
      return state.isUnanswered ? moves({ ...state, at }, "key.switching_on") : whyBusy(key, state);
    case "live":
    case "secret_unknown":
      return refused("already_on", { keyName: key.keyName });
    default:
      return whyBusy(key, state);
  }
}

/** Its roles are set. */
export function finishSwitchingOn(at: number): KeyStep<Live> {
  return moves({ kind: "live", secret: { kind: "confirmed", at } }, "key.on");
}

/** Nobody can say whether its roles are set: its owner may press again. */
export function leaveUnanswered(state: SwitchingOn): KeyStep<SwitchingOn> {
  return moves({ ...state, isUnanswered: true }, "key.switch_unanswered");
}

/** Tigris refused to set its roles, and every call before that one too. */
export function stayOff({ shownAt }: SwitchingOn): KeyStep<Off> {
  return moves({ kind: "off", shownAt }, "key.switch_refused");
}

/** A key that was to be off has power in Tigris, given by somebody else: it stays, for people to decide. */
export function noteRaised(): KeyStep<Live> {
  return moves({ kind: "live", secret: { kind: "unconfirmed", cover: null } }, "key.raised");
}

/** The owner says that the secret of one delivery has arrived. Saying so twice changes nothing. */
export function confirm(key: Key, delivery: { id: string; at: number }): KeyStep<Live> | Refusal {
  const { state, keyName } = key;
  if (!isFree(state)) return whyBusy(key, state);
  if (state.kind === "secret_unknown") return refused("secret_unknown", { keyName });
  if (key.deliveryId !== delivery.id) return refused("older_secret", { keyName });
  if (state.secret.kind === "confirmed") return moves(state, "key.confirmed");
  return moves({ kind: "live", secret: { kind: "confirmed", at: delivery.at } }, "key.confirmed");
}
