import type { EventName } from "./event";
import {
  type Cover,
  canBeDeleted,
  coverOf,
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

/** A change of a key that the rules allow. */
export type KeyStep<State extends KeyState = KeyState> = { kind: "moves"; to: State; event: EventName };

function moves<State extends KeyState>(to: State, event: EventName): KeyStep<State> {
  return { kind: "moves", to, event };
}

/** Why nothing can be begun on a key. */
export function whyBusy({ keyName }: Key, state: Rotating | Deleting | Deleted): Refusal {
  switch (state.kind) {
    case "rotating":
      return refused("key_rotating", { keyName });
    case "deleting":
      return refused("key_deleting", { keyName, byId: state.byId });
    case "deleted":
      return refused("already_deleted", { keyName, byId: state.byId, at: state.at });
  }
}

/** Begins to replace the secret. */
export function startRotation(key: Key): KeyStep<Rotating> | Refusal {
  const { state } = key;
  if (!isFree(state)) return whyBusy(key, state);
  return moves({ kind: "rotating", before: state }, "key.rotation_started");
}

/** Begins to delete the key, whatever else is under way on it: what runs ends without giving anybody anything. */
export function startDeletion(key: Key, by: { byId: string; at: number }): KeyStep<Deleting> | Refusal {
  const { state } = key;
  if (!canBeDeleted(state)) return whyBusy(key, state);
  return moves({ kind: "deleting", ...by }, "key.deletion_started");
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

/** Tigris has deleted the key, or no longer knew it (`byId` null where nobody asked for that). */
export function finishDeletion(by: { byId: string | null; at: number }): KeyStep<Deleted> {
  return moves({ kind: "deleted", ...by }, "key.deleted");
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
