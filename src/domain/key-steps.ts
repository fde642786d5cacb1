import type { EventName } from "./event";
import {
  type Cover,
  canBeDeleted,
  coverOf,
  type Deleted,
  type Deleting,
  type DeletionHeld,
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
export function whyBusy({ keyName }: Key, state: Rotating | DeletionHeld | Deleting | Deleted): Refusal {
  switch (state.kind) {
    case "rotating":
      return refused("key_rotating", { keyName });
    case "deletion_held":
      return refused("key_deletion_held", { keyName, byId: state.byId });
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

/**
 * Begins to delete the key, whatever else is under way on it: what runs ends without giving anybody anything.
 * @param by `ids` are all ids that Slack knows whoever asks for it by
 */
export function startDeletion(
  key: Key,
  { ids, ...by }: { byId: string; ids: readonly string[]; at: number },
): KeyStep<Deleting> | Refusal {
  const { state } = key;
  if (!canBeDeleted(state)) return whyBusy(key, state);
  // Whoever had it held can't confirm it too; its owner needs nobody.
  if (state.kind === "deletion_held" && ids.includes(state.byId) && by.byId !== key.ownerId) return whyBusy(key, state);
  return moves({ kind: "deleting", ...by }, "key.deletion_started");
}

/** Has a deletion wait for another approver: from now on nobody gets a secret of the key. */
export function holdDeletion(key: Key, by: { byId: string; at: number }): KeyStep<DeletionHeld> | Refusal {
  const { state } = key;
  if (!canBeDeleted(state) || state.kind === "deletion_held") return whyBusy(key, state);
  // What runs ends without delivering anything, so nobody can say which secret works.
  const before = state.kind === "rotating" ? loseSecret(by.at, coverOf(state)).to : state;
  return moves({ kind: "deletion_held", before, ...by }, "key.deletion_held");
}

/** Another approver says that the key is to stay: it is what it was; null where nothing waits for that. */
export function liftHold({ state }: Key): KeyStep<Live | SecretUnknown> | null {
  return state.kind === "deletion_held" ? moves(state.before, "key.deletion_lifted") : null;
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

/** As `loseSecret`, of a key whose deletion waits: should it stay, nobody takes its old secret for one that works. */
export function loseHeldSecret(state: DeletionHeld, at: number): KeyStep<DeletionHeld> {
  const { to, event } = loseSecret(at, coverOf(state));
  return moves({ ...state, before: to }, event);
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
