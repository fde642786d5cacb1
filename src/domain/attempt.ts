import { backoffMs } from "./backoff";
import {
  CLOCK_DIFFERENCE_MS,
  DELETION_PAUSE,
  LEASE_MS,
  MADE_LISTS_MS,
  SEARCH_AFTER_MS,
  SEARCH_AGAIN_MS,
  SETTLED_AFTER_MS,
  UNANSWERED_LOOKS_MS,
} from "./limits";
import type { ListedKey } from "./listed-key";

/**
 * `calling`: Tigris may have been asked for a key without power. `delivering`: its id is known, Slack may have been asked.
 * `searching`: it was given up, and what it may have left behind is looked for now and then; nobody waits for that.
 */
export type CreatePhase = "calling" | "delivering" | "searching" | CreateEnd;
/**
 * `unclear`: nobody knows whether the secret appeared. `undelivered`: it did not. `found`: what it left behind is on the record
 * and goes. `ambiguous`: people were asked to look. `discarded` is of older versions.
 */
export type CreateEnd =
  | "posted"
  | "unclear"
  | "undelivered"
  | "found"
  | "not_found"
  | "refused"
  | "ambiguous"
  | "discarded";
export type RotatePhase = "calling" | "delivering" | RotateEnd;
/** `overtaken`: the key was asked to go meanwhile, so nothing was delivered. */
export type RotateEnd = "posted" | "secret_unknown" | "refused" | "gone" | "overtaken";
/** `looking`: what was never on goes only where its list shows no power. `raised`: it has some, so people decide. */
export type DeletePhase = "looking" | "calling" | "deleted" | "raised";
/** `calling`: its roles may have been set. `looking`: that got no answer, and the list may show them. */
export type SwitchPhase = "calling" | "looking" | SwitchEnd;
/** `overtaken`: the key was asked to go meanwhile. */
export type SwitchEnd = "on" | "refused" | "unanswered" | "overtaken";
/**
 * `calling`: its status is being set. `looking`: the list is read. `revoking`: the status did not do, so its roles are taken.
 * `watching`: a call that gives power may still come late, so the list is read again.
 */
export type PausePhase = "calling" | "looking" | "revoking" | "watching" | PauseEnd;
export type PauseEnd = "paused" | "overtaken";
/** `giving`: its roles are given back. `calling`: its status is. `looking`: one of them got no answer. */
export type ResumePhase = "giving" | "calling" | "looking" | ResumeEnd;
export type ResumeEnd = "resumed" | "refused" | "unanswered" | "overtaken";

/**
 * `taking`: its roles are set to less, until Tigris has done it. `watching`: another call may still give more, so the list is read
 * again. `giving`: its roles are set to more, by a click. `looking`: that got no answer, and the list may show them.
 */
export type ChangePhase = "taking" | "watching" | "giving" | "looking" | ChangeEnd;
export type ChangeEnd = "narrowed" | "widened" | "refused" | "unanswered" | "overtaken";

export type CreateWork = { kind: "create"; number: number; tigrisName: string; phase: CreatePhase };
export type RotateWork = { kind: "rotate"; phase: RotatePhase };
export type DeleteWork = { kind: "delete"; phase: DeletePhase };
export type SwitchWork = { kind: "switch_on"; phase: SwitchPhase };
export type PauseWork = { kind: "pause"; phase: PausePhase };
export type ResumeWork = { kind: "resume"; phase: ResumePhase };
/** The access of a key is set to another one; its secret stays. */
export type ChangeAccessWork = { kind: "change_access"; phase: ChangePhase };
/** Keys that a narrowed, paused or deleted key has made are looked for, now and a few times later. */
export type ListMadeWork = { kind: "list_made"; phase: "looking" | "listed" };
export type Work =
  | ListMadeWork
  | CreateWork
  | RotateWork
  | DeleteWork
  | SwitchWork
  | PauseWork
  | ResumeWork
  | ChangeAccessWork;

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

/** The pause before the search after the n-th one (n from 0), in milliseconds. */
export function searchPauseMs(searches: number): number {
  const next = SEARCH_AFTER_MS[searches];
  return next === undefined ? SEARCH_AGAIN_MS : next - (SEARCH_AFTER_MS[searches - 1] ?? 0);
}

/** The pause before the next list of what a key has made, after the n-th one (n from 1), in milliseconds; null after the last. */
export function madeListPauseMs(lists: number): number | null {
  const next = MADE_LISTS_MS[lists - 1];
  return next === undefined ? null : next - (MADE_LISTS_MS[lists - 2] ?? 0);
}

/** The pause before the look after the n-th one (n from 0) for what got no answer, in milliseconds; null after the last one. */
export function lookPauseMs(looks: number): number | null {
  const next = UNANSWERED_LOOKS_MS[looks];
  return next === undefined ? null : next - (UNANSWERED_LOOKS_MS[looks - 1] ?? 0);
}

/**
 * Whether Tigris's "no such key" proves that a key is gone: of a new one it has to say so twice.
 * @param key `tries` counts what was tried before
 */
export function provesGone(key: { madeAt: number; tries: number }, at: number): boolean {
  return key.tries > 0 || at - key.madeAt >= SETTLED_AFTER_MS;
}

/**
 * Whether a listed key is the one that an attempt made: the whole name is equal, it is not older than the attempt, and it was
 * made by a key of the bot's. That no record holds its id is seen elsewhere.
 * @param attempt the name that it used, and when it began
 * @param isOwn whether the bot has signed with an access key
 */
export function isLostKey(
  listed: ListedKey,
  attempt: { tigrisName: string; startedAt: number },
  isOwn: (accessKeyId: string) => boolean,
): boolean {
  if (listed.name !== attempt.tigrisName || isOwn(listed.accessKeyId)) return false;
  if (listed.createdAtMs === null || listed.createdAtMs < attempt.startedAt - CLOCK_DIFFERENCE_MS) return false;
  return isMadeBy(listed, isOwn);
}

/** Whether nothing says that somebody else made a key. */
export function isMadeBy({ creator }: ListedKey, isOwn: (accessKeyId: string) => boolean): boolean {
  // Tigris may name a person here instead of a key (unproven): that says nothing about which key was used.
  return !creator?.startsWith("tid_") || isOwn(creator);
}

/** Whether an attempt needs nobody any more. */
export function isClosed(work: Work): boolean {
  return !OPEN_PHASES.has(work.phase);
}

const OPEN_PHASES: ReadonlySet<Work["phase"]> = new Set([
  "calling",
  "delivering",
  "searching",
  "looking",
  "revoking",
  "watching",
  "giving",
  "taking",
]);

/** Whether what is begun gives a key power or a secret: one such thing goes at a time, and what takes power waits for none. */
export function isGrant({ kind, phase }: Work): boolean {
  if (kind === "change_access") return phase === "giving";
  return kind === "rotate" || kind === "switch_on" || kind === "resume";
}
