import type { Access, Endpoint } from "./permission";

/** Whether the secret of a key is known to have arrived: only its owner's word counts. */
export type SecretState = { kind: "unconfirmed" } | { kind: "confirmed"; at: number };

export type Live = { kind: "live"; secret: SecretState };
/** `RotateAccessKey` is under way. */
export type Rotating = { kind: "rotating" };
/** A rotation's answer or delivery was lost: nobody holds a secret that works. */
export type SecretUnknown = { kind: "secret_unknown"; at: number };
/** Its deletion was decided; it goes on until Tigris has done it. `byId` is null where the bot found it gone. */
export type Deleting = { kind: "deleting"; byId: string; at: number };
export type Deleted = { kind: "deleted"; byId: string | null; at: number };

export type KeyState = Live | Rotating | SecretUnknown | Deleting | Deleted;
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

/** A key that still works, or may: it takes a place in its owner's quota. */
export function isAlive(key: Key): boolean {
  return key.state.kind !== "deleted";
}
