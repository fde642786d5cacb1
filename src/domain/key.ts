import type { Access, Endpoint } from "./permission";

/**
 * The approval of a person that covers further deliveries, should this one get lost: until its owner says that a secret was
 * saved, or until its time is over.
 */
export type Cover = { approverId: string; until: number };

/** Whether the secret of a key is known to have arrived: only its owner's word counts. */
export type SecretState = { kind: "unconfirmed"; cover: Cover | null } | { kind: "confirmed"; at: number };

export type Live = { kind: "live"; secret: SecretState };
/** `RotateAccessKey` is under way; where Tigris refuses it, the key is what it was `before`. */
export type Rotating = { kind: "rotating"; before: Live | SecretUnknown };
/** A rotation's answer or delivery was lost: nobody holds a secret that works. */
export type SecretUnknown = { kind: "secret_unknown"; at: number; cover: Cover | null };
/** Its deletion was decided; it goes on until Tigris has done it. */
export type Deleting = { kind: "deleting"; byId: string; at: number };
/** `byId` is null where nobody asked for it and Tigris no longer knew the key. */
export type Deleted = { kind: "deleted"; byId: string | null; at: number };

/**
 * Somebody who has deleted many keys of others within the hour wants this one to go too: it gives nobody a secret until
 * another approver, or its owner, has decided. Where that is not to go, it is what it was `before`.
 */
export type DeletionHeld = { kind: "deletion_held"; before: Live | SecretUnknown; byId: string; at: number };

export type KeyState = Live | Rotating | SecretUnknown | DeletionHeld | Deleting | Deleted;
export type KeyKind = KeyState["kind"];

/** An access key that the bot made and delivered. Moments are milliseconds since 1970, UTC. */
export type Key<State extends KeyState = KeyState> = {
  accessKeyId: string;
  requestId: string;
  reference: string;
  ownerId: string;
  /** As asked for. */
  keyName: string;
  /** Its whole name in Tigris. */
  tigrisName: string;
  access: Access;
  endpoint: Endpoint;
  madeAt: number;
  /** The delivery that holds the newest secret: buttons of an older one are out of date. */
  deliveryId: string;
  state: State;
  version: number;
};

/** Whether nothing is under way on a key, so that a new secret can begin. */
export function isFree(state: KeyState): state is Live | SecretUnknown {
  return state.kind === "live" || state.kind === "secret_unknown";
}

/** The approval that a key's next secret may be delivered under; null where there is none any more. */
export function coverOf(state: KeyState): Cover | null {
  switch (state.kind) {
    case "live":
      return state.secret.kind === "unconfirmed" ? state.secret.cover : null;
    case "secret_unknown":
      return state.cover;
    case "rotating":
    case "deletion_held":
      return coverOf(state.before);
    case "deleting":
    case "deleted":
      return null;
  }
}

/** Whether a deletion can begin: whatever else is under way on a key. */
export function canBeDeleted(state: KeyState): state is Live | SecretUnknown | Rotating | DeletionHeld {
  return state.kind !== "deleting" && state.kind !== "deleted";
}

/** A key that still works, or may: it takes a place in its owner's quota. */
export function isAlive(key: Key): boolean {
  return key.state.kind !== "deleted";
}
