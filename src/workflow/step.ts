import type { Attempt } from "../domain/attempt";
import type { Event, EventName } from "../domain/event";
import type { Key, KeyChanges, KeyState } from "../domain/key";
import type { Leaver, LeaverState } from "../domain/leaver";
import type { Request, RequestState } from "../domain/request";
import type { Review } from "../domain/review";
import type { Alert, OutboxMessage } from "./outbox-message";
import type { Outcome } from "./outcome";
import type { PolicyToLoad } from "./policies-port";
import type { NewRequest } from "./store-port";

/** What a decision sees of the record: whatever it is about, with what belongs to it. */
export type Recorded = {
  request: Request | null;
  key: Key | null;
  attempt: Attempt | null;
  /** The open request for a new secret of the key, where that is another one. */
  asking?: Request | null;
};

/** What an event says beyond who and when. */
export type EventOf = { event: EventName; outcome?: string };

/**
 * What a decision changes, as data. `change.ts` writes it, with what follows from it; whatever is left out stays as it is.
 */
export type Step = {
  kind: "step";
  actorId: Event["actorId"];
  newRequest?: NewRequest & EventOf;
  /** `attempts` is the number of attempts from then on, `review` what others look at. */
  request?: { to: RequestState; attempts?: number; review?: Review } & EventOf;
  /** What becomes of the open request for a new secret of the key. */
  asking?: ({ to: RequestState } & EventOf) | null;
  newKey?: Omit<Key, "version">;
  /** `deliveryId` names the delivery that holds the newest secret from then on. A key that is dropped begins to be deleted. */
  key?: { to: KeyState } & KeyChanges & EventOf;
  /** The attempt as it is from then on: begun, held on to, put off, taken over or closed. */
  attempt?: { to: Attempt; clickId?: string | null } & Partial<EventOf>;
  /** An attempt that begins beside the recorded one, for whoever is next. */
  begin?: Attempt | null;
  /** What is taken out of the record for good: a request with its attempts, or one attempt. */
  forget?: "request" | "attempt";
  /** The policy that is in force from then on, in place of the one with the digest `before`; null: of none. */
  policy?: { before: string | null; to: PolicyToLoad };
  /** Events beside those of what changes, each by somebody of its own; about another key where one is named. */
  events?: readonly (Pick<Event, "name" | "actorId" | "outcome"> & Partial<Pick<Event, "requestId" | "accessKeyId">>)[];
  /** Nothing changes but when the key is looked at next. */
  isLooked?: true;
  /** What becomes of an owner who may have left; `dueAt`: when they are looked at next, as it is set where left out. */
  leaver?: { ownerId: string; before: Leaver | null; to: LeaverState | null; dueAt?: number | null };
  /** The card of the key belongs in another DM from then on. */
  moveCard?: { dmChannelId: string };
  /** All owners are looked at. */
  looksAtOwners?: true;
  /** The ends of all keys are held against the policy of now. */
  looksAtEnds?: true;
  /** A person has to look after the attempt. */
  alert?: Alert;
  /** Messages that don't follow from what changes. */
  tell?: readonly OutboxMessage[];
  /** What the person who clicked reads. */
  say?: Outcome;
};

/** @param actorId who does it: a person, `policy`, or the `bot` */
export function step<Changes extends Omit<Step, "kind" | "actorId">>(
  actorId: Step["actorId"],
  changes: Changes,
): { kind: "step"; actorId: Step["actorId"] } & Changes {
  return { kind: "step", actorId, ...changes };
}

/** A step that changes nothing. */
export const NO_CHANGE = step("bot", {});

/** A key that was looked at in vain is looked at again when something is due about it. */
export const LOOKED = step("bot", { isLooked: true as const });
