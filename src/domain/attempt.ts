import type { ListedKey } from "./listed-key";

/**
 * One change at Tigris, written down before it is asked for. Until it is closed, whoever holds its lease goes on with it:
 * the process that began it, or after a crash another one.
 */
export type Attempt = {
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
  work: Work;
};

export type Lease = { workerId: string; until: number };

export type Work =
  | { kind: "create"; number: number; tigrisName: string; phase: CreatePhase }
  | { kind: "rotate"; phase: RotatePhase }
  | { kind: "delete"; phase: DeletePhase };

/**
 * `calling`: Tigris may have been asked. `delivering`: the key's id is known, Slack may have been asked. `discarding`: the
 * key was not delivered for certain and is being deleted. `searching`: the answer was lost and the key is looked for.
 */
export type CreatePhase = "calling" | "delivering" | "discarding" | "searching" | CreateEnd;
export type CreateEnd = "posted" | "discarded" | "not_found" | "refused" | "ambiguous";
export type RotatePhase = "calling" | "delivering" | RotateEnd;
export type RotateEnd = "posted" | "secret_unknown" | "refused" | "gone";
export type DeletePhase = "calling" | "deleted";

/** How long a lease holds, in milliseconds. */
export const LEASE_MS = 60_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** When a lost key is looked for, counted from the moment at which its answer was lost, in milliseconds. */
export const SEARCH_AFTER_MS = [0, 10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE] as const;

/**
 * A create that was left open this long ago, in milliseconds, comes from a long outage or from an old copy of the database:
 * its key may be in use by now, so a person decides about it.
 */
export const STALE_AFTER_MS = 60 * MINUTE;

/** How long a deletion may fail before the approvals channel is told, in milliseconds. */
export const ALERT_AFTER_MS = 15 * MINUTE;

/** The pause after the n-th failed deletion (n from 1), in milliseconds: 5 s, doubling, 10 minutes at most. */
export function deletionPauseMs(tries: number): number {
  return Math.min(5 * SECOND * 2 ** (tries - 1), 10 * MINUTE);
}

/** The pause after the n-th search (n from 1), in milliseconds, or null after the last one. */
export function searchPauseMs(searches: number): number | null {
  const next = SEARCH_AFTER_MS[searches];
  const last = SEARCH_AFTER_MS[searches - 1];
  return next === undefined || last === undefined ? null : next - last;
}

/** A key may not be known everywhere at Tigris until this long after it was made, in milliseconds (unproven). */
const SETTLED_AFTER_MS = 10 * MINUTE;

/**
 * Whether Tigris's "no such key" proves that a key is gone: of a new one it has to say so twice.
 * @param key `tries` counts what was tried before
 */
export function provesGone(key: { madeAt: number; tries: number }, at: number): boolean {
  return key.tries > 0 || at - key.madeAt >= SETTLED_AFTER_MS;
}

/** Clocks of Tigris and the bot may differ by this much, in milliseconds. */
const CLOCK_DIFFERENCE_MS = 5 * MINUTE;

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
