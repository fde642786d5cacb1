import type { AccessChange } from "./access-change";
import type { KeyAge } from "./key-age";
import type { KeyEnd } from "./key-end";
import type { Access, Endpoint } from "./permission";
import type { Vote } from "./policy/votes";
import type { Rotation } from "./rotation";

/**
 * The approval of people that covers further deliveries, should this one get lost: until its owner says that a secret was
 * saved, or until its time is over. `askedAt`: when that was asked for.
 */
export type Cover = { votes: readonly Vote[]; askedAt: number; until: number };

/**
 * Whether the secret of a key is known to have arrived: only its owner's word counts. `left_behind`: somebody took the key over, and
 * whoever owned it before (`byId`) still knows its secret.
 */
export type SecretState =
  | { kind: "unconfirmed"; cover: Cover | null }
  | { kind: "confirmed"; at: number }
  | { kind: "left_behind"; byId: string; at: number };

/**
 * It has no role, and no call that gives one was ever sent. `shownAt`: when Slack took its secret; null where nobody knows
 * whether it appeared. The request that it was made for stays open, and owns it.
 */
export type Off = { kind: "off"; shownAt: number | null };
/**
 * Its owner said that they hold the secret, and its roles were or are being set. Until its list shows them it may have power or
 * not: each further press sets them again. `isUnanswered`: one of these calls got no answer.
 */
export type SwitchingOn = {
  kind: "switching_on";
  at: number;
  until: number;
  shownAt: number | null;
  isUnanswered: boolean;
};
/** It has its roles. */
export type Live = { kind: "live"; secret: SecretState };
/** `RotateAccessKey` is under way; where Tigris refuses it, the key is what it was `before`. */
export type Rotating = { kind: "rotating"; before: Live | SecretUnknown };
/** A rotation's answer or delivery was lost: nobody holds a secret that works. */
export type SecretUnknown = { kind: "secret_unknown"; at: number; cover: Cover | null };
/**
 * Its deletion was decided; it goes on until Tigris has done it. `byId` is null where it goes by itself: `why` then says that it was
 * never on, that its time was over for its whole grace, that another key has its place, or that its owner had left for as long.
 */
export type Deleting = {
  kind: "deleting";
  byId: string | null;
  why: "asked" | "never_on" | "ended" | "replaced" | "left";
  at: number;
};
/** `why` tells apart what nobody asked for: it was never on, its time was over, another key has its place, its owner had left, or Tigris no longer knew it. */
export type Deleted = {
  kind: "deleted";
  byId: string | null;
  why: "asked" | "never_on" | "ended" | "replaced" | "left" | "gone";
  at: number;
};

export type KeyState = Off | SwitchingOn | Live | Rotating | SecretUnknown | Deleting | Deleted;
export type KeyKind = KeyState["kind"];

/**
 * Why a key is to give no power: its owner, an approver, the bot that could not tell whether it has any, its end, which only
 * another end lifts, another key that has its place, or that its owner has left, which only whoever owns it lifts.
 */
export type Hold = { kind: Exclude<HoldKind, "leaver">; byId: string; at: number } | LeaverHold;
/** `deletesAt`: when it is deleted, once it is paused and those who could take it over were told. */
export type LeaverHold = { kind: "leaver"; byId: "bot"; at: number; deletesAt: number | null };
export type HoldKind = "owner" | "approver" | "bot" | "end" | "overlap" | "leaver";

/**
 * What keeps a key from working, whatever its roles are. It works only without a hold.
 * `stands`: what Tigris was asked for, as far as its list shows it. `areRolesTaken`: its roles were taken too, since its status
 * did not do. `unansweredAt`: when a call that gives power got no answer, which may take effect late, or was answered beside a
 * pause, so that it may have come after it.
 */
export type Pause = {
  holds: readonly Hold[];
  stands: "none" | "pausing" | "paused" | "resuming";
  areRolesTaken: boolean;
  unansweredAt: number | null;
};

/** A key that nobody ever paused. */
export const NO_PAUSE: Pause = { holds: [], stands: "none", areRolesTaken: false, unansweredAt: null };

/** An access key that the bot made. Moments are milliseconds since 1970, UTC. */
export type Key<State extends KeyState = KeyState> = {
  accessKeyId: string;
  requestId: string;
  reference: string;
  ownerId: string;
  /** As asked for. */
  keyName: string;
  /** Its whole name in Tigris. */
  tigrisName: string;
  /** The most that it may open: while its access changes, what it had and what it is to have. */
  access: Access;
  /** A change of its access that Tigris has not confirmed; null where its access is what it has. */
  accessChange: AccessChange | null;
  endpoint: Endpoint;
  madeAt: number;
  /** The delivery that holds the newest secret: buttons of an older one are out of date. */
  deliveryId: string;
  pause: Pause;
  /** When its time is over; null where it has no end, or was never on. */
  end: KeyEnd | null;
  /** How it stands to the key whose place it takes, or that takes its place; null where there is none. */
  rotation: Rotation | null;
  /** How old its secret is, and what its owner was asked about that. */
  age: KeyAge;
  state: State;
  version: number;
};

/** What may change of a key beside its state. What is left out stays as it is. */
export type KeyChanges = {
  [Field in "deliveryId" | "pause" | "end" | "rotation" | "age" | "ownerId" | "access" | "accessChange"]?: Key[Field];
};

/** Whether a key is to give no power, whatever its state is. */
export function isPaused({ pause }: Pick<Key, "pause">): boolean {
  return pause.holds.length > 0 || pause.stands !== "none";
}

/** Whether a key was paused since its time is over. */
export function hasEnded({ pause }: Pick<Key, "pause">): boolean {
  return pause.holds.some(({ kind }) => kind === "end");
}

/** The hold on a key whose owner has left; null where there is none. */
export function leaverHold({ pause }: Pick<Key, "pause">): LeaverHold | null {
  return pause.holds.find((hold) => hold.kind === "leaver") ?? null;
}

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
      return coverOf(state.before);
    case "off":
    case "switching_on":
    case "deleting":
    case "deleted":
      return null;
  }
}

/** Whether a deletion can begin: whatever else is under way on a key. */
export function canBeDeleted(state: KeyState): state is Exclude<KeyState, Deleting | Deleted> {
  return state.kind !== "deleting" && state.kind !== "deleted";
}

/** A key that still works, or may: it takes a place in its owner's quota. */
export function isAlive(key: Key): boolean {
  return key.state.kind !== "deleted";
}

/** A key, and when something was done to it. */
export type KeyAt = { key: Key; at: number };
