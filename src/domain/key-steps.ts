import type { EventName } from "./event";
import {
  type Deleted,
  type Deleting,
  isFree,
  type Key,
  type KeyState,
  type Live,
  type Rotating,
  type SecretUnknown,
} from "./key";
import { type Refusal, refused } from "./refusal";
import { bold, type Sentence, time, user } from "./sentence";

/** A change of a key that the rules allow. */
export type KeyStep<State extends KeyState = KeyState> = { kind: "moves"; to: State; event: EventName };

function moves<State extends KeyState>(to: State, event: EventName): KeyStep<State> {
  return { kind: "moves", to, event };
}

/** Who deleted a key and when, as a sentence. */
export function deletedBy(key: Key<Deleted>): Sentence {
  const { byId, at } = key.state;
  return byId === null
    ? [bold(key.keyName), " no longer exists in Tigris; that was noticed ", time(at), "."]
    : [bold(key.keyName), " was deleted by ", user(byId), " ", time(at), "."];
}

/** Why a key is not free for another change. */
function busy(key: Key, state: Rotating | Deleting | Deleted): Refusal {
  switch (state.kind) {
    case "rotating":
      return refused("in_progress", bold(key.keyName), " is getting a new secret right now. Try again in a moment.");
    case "deleting":
      return refused("in_progress", bold(key.keyName), " is being deleted by ", user(state.byId), ".");
    case "deleted":
      return refused("already_deleted", ...deletedBy({ ...key, state }));
  }
}

/** Begins to replace the secret. */
export function startRotation(key: Key): KeyStep<Rotating> | Refusal {
  const { state } = key;
  if (!isFree(state)) return busy(key, state);
  return moves({ kind: "rotating", before: state }, "key.rotation_started");
}

/** Begins to delete the key. */
export function startDeletion(key: Key, by: { byId: string; at: number }): KeyStep<Deleting> | Refusal {
  const { state } = key;
  if (!isFree(state)) return busy(key, state);
  return moves({ kind: "deleting", ...by }, "key.deletion_started");
}

/** The new secret was posted. */
export function finishRotation(): KeyStep<Live> {
  return moves({ kind: "live", secret: { kind: "unconfirmed" } }, "key.rotated");
}

/** Tigris refused the rotation: nothing was changed, so the key is what it was before. */
export function undoRotation(key: Key<Rotating>): KeyStep<Live | SecretUnknown> {
  return moves(key.state.before, "key.rotation_refused");
}

/** The rotation's answer or its delivery was lost. */
export function loseSecret(at: number): KeyStep<SecretUnknown> {
  return moves({ kind: "secret_unknown", at }, "key.secret_unknown");
}

/** Tigris has deleted the key, or no longer knew it (`byId` null where nobody asked for that). */
export function finishDeletion(by: { byId: string | null; at: number }): KeyStep<Deleted> {
  return moves({ kind: "deleted", ...by }, "key.deleted");
}

/** The owner says that the secret of one delivery has arrived. Saying so twice changes nothing. */
export function confirm(key: Key, delivery: { id: string; at: number }): KeyStep<Live> | Refusal {
  const { state } = key;
  if (!isFree(state)) return busy(key, state);
  if (state.kind === "secret_unknown") return unknownSecret(key);
  if (key.deliveryId !== delivery.id) return olderSecret(key);
  if (state.secret.kind === "confirmed") return moves(state, "key.confirmed");
  return moves({ kind: "live", secret: { kind: "confirmed", at: delivery.at } }, "key.confirmed");
}

/** The answer to a button that came with a secret which no longer works. */
export function olderSecret(key: Key): Refusal {
  return refused(
    "older_secret",
    "This secret of ",
    bold(key.keyName),
    " no longer works: a newer one was asked for. Its card in our DM shows where the key stands.",
  );
}

/** The answer to a button that came with a secret, while nobody can say which one works: perhaps it is this one. */
function unknownSecret(key: Key): Refusal {
  return refused(
    "secret_unknown",
    "I can't tell whether this secret of ",
    bold(key.keyName),
    " works. Press ",
    bold("New secret"),
    " on its card in our DM to get one that does.",
  );
}
