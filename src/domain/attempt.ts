import { backoffMs } from "./backoff";
import { CLOCK_DIFFERENCE_MS, DELETION_PAUSE, LEASE_MS, SEARCH_AFTER_MS, SETTLED_AFTER_MS } from "./limits";
import type { ListedKey } from "./listed-key";

/**
 * `calling`: Tigris may have been asked. `delivering`: the key's id is known, Slack may have been asked. `discarding`: the
 * key was not delivered for certain and is being deleted. `searching`: the answer was lost and the key is looked for.
 */
export type CreatePhase = "calling" | "delivering" | "discarding" | "searching" | CreateEnd;
export type CreateEnd = "posted" | "discarded" | "not_found" | "refused" | "ambiguous";
export type RotatePhase = "calling" | "delivering" | RotateEnd;
/** `overtaken`: the key was asked to go meanwhile, so nothing was delivered. */
export type RotateEnd = "posted" | "secret_unknown" | "refused" | "gone" | "overtaken";
export type DeletePhase = "calling" | "deleted";

export type CreateWork = { kind: "create"; number: number; tigrisName: string; phase: CreatePhase };
export type RotateWork = { kind: "rotate"; phase: RotatePhase };
export type DeleteWork = { kind: "delete"; phase: DeletePhase };
export type Work = CreateWork | RotateWork | DeleteWork;

/** Who works on something until when. Each holding has a name of its own, so that a process can lose one to itself too. */
export type Lease = { holder: string; until: number };

/**
 * One change at Tigris, written down before it is asked for. Until it is closed, whoever holds its lease goes on with it:
 * the process that began it, or after a crash another one. Moments are milliseconds since 1970, UTC.
 */
export type Attempt<Of extends Work = Work> = {
  /** Also the id of the delivery that it makes. */
  id: string;
  requestId: string;
  /** The key, as soon as it is known. */
  accessKeyId: string | null;
  actorId: string;
  startedAt: number;
  lease: Lease;
  /** When the next try is due, and how many there were. */
  nextAt: number;
  tries: number;
  /** Whether the approvals channel was told that it does not get anywhere. */
  alerted: boolean;
  work: Of;
};

/** A lease from now on. */
export function newLease(holder: string, at: number): Lease {
  return { holder, until: at + LEASE_MS };
}

/** The same attempt, with its lease renewed. */
export function renewLease<Of extends Work>(attempt: Attempt<Of>, at: number): Attempt<Of> {
  return { ...attempt, lease: newLease(attempt.lease.holder, at) };
}

/** The same attempt, with its lease given up: whoever is next goes on at `nextAt`. */
export function releaseLease<Of extends Work>(attempt: Attempt<Of>): Attempt<Of> {
  return { ...attempt, lease: { ...attempt.lease, until: 0 } };
}

/** The pause after the n-th failed deletion (n from 1), in milliseconds. */
export function deletionPauseMs(tries: number): number {
  return backoffMs(tries, DELETION_PAUSE);
}

/** The pause after the n-th search (n from 1), in milliseconds, or null after the last one. */
export function searchPauseMs(searches: number): number | null {
  const next = SEARCH_AFTER_MS[searches];
  const last = SEARCH_AFTER_MS[searches - 1];
  return next === undefined || last === undefined ? null : next - last;
}

/**
 * Whether Tigris's "no such key" proves that a key is gone: of a new one it has to say so twice.
 * @param key `tries` counts what was tried before
 */
export function provesGone(key: { madeAt: number; tries: number }, at: number): boolean {
  return key.tries > 0 || at - key.madeAt >= SETTLED_AFTER_MS;
}

/**
 * Whether a listed key is the one that an attempt made: the whole name is equal, it is not older than the attempt, it was
 * made by the bot's own key where Tigris says by which, and no record holds its id. Recovery deletes on nothing less.
 * @param attempt the name that it used, and when it began
 * @param ownAccessKeyId the bot's own key
 * @param isRecorded whether a key or another attempt of ours holds an id
 */
export function isLostKey(
  listed: ListedKey,
  attempt: { tigrisName: string; startedAt: number },
  ownAccessKeyId: string,
  isRecorded: (accessKeyId: string) => boolean,
): boolean {
  if (listed.name !== attempt.tigrisName) return false;
  if (listed.createdAtMs === null || listed.createdAtMs < attempt.startedAt - CLOCK_DIFFERENCE_MS) return false;
  // Tigris may name a person here instead of a key (unproven): that says nothing about which key was used.
  if (listed.creator?.startsWith("tid_") && listed.creator !== ownAccessKeyId) return false;
  return listed.accessKeyId !== ownAccessKeyId && !isRecorded(listed.accessKeyId);
}

/** Whether an attempt needs nobody any more. */
export function isClosed(work: Work): boolean {
  switch (work.phase) {
    case "calling":
    case "delivering":
    case "discarding":
    case "searching":
      return false;
    default:
      return true;
  }
}
