import {
  type Attempt,
  type DeleteWork,
  type ListMadeWork,
  newLease,
  type PauseWork,
  type Work,
} from "../domain/attempt";
import type { Key } from "../domain/key";
import { LEASE_MS } from "../domain/limits";
import type { Ids, Settings } from "./ports";

/** Names for an attempt that a click is about to begin: taken before its transaction, so that its decision is pure. */
export type AttemptNames = { id: string; leaseHolder: string };

/** Each holding has a name of its own, so that a process can lose a lease to itself too. */
export function newAttemptNames({ ids, settings }: { ids: Ids; settings: Settings }): AttemptNames {
  return { id: ids.unique(), leaseHolder: newLeaseHolder({ ids, settings }) };
}

export function newLeaseHolder({ ids, settings }: { ids: Ids; settings: Settings }): string {
  return `${settings.leaseHolder}/${ids.unique()}`;
}

/**
 * Until when a click may go on with what it began, by this process's monotonic time: no longer than a lease after it looked at
 * people, however late it came to write down its intent.
 * @param heldUntilMs until when the lease that it took holds
 */
export function lastsUntil(lookedAtMs: number, heldUntilMs: number): number {
  return Math.min(heldUntilMs, lookedAtMs + LEASE_MS);
}

/** An attempt that begins at `at`, under a lease of whoever begins it. */
export function beginAttempt(
  { id, leaseHolder }: AttemptNames,
  begun: Pick<Attempt, "requestId" | "accessKeyId" | "actorId" | "work"> & { at: number },
): Attempt {
  const { at, ...attempt } = begun;
  return { ...attempt, id, startedAt: at, lease: newLease(leaseHolder, at), nextAt: at, tries: 0, alerted: false };
}

/**
 * The deletion of a key that was never on, or has ended, for whoever is next. One that people were asked about may end again: each
 * deletion has an id of its own.
 */
export function beginDrop(key: Key, at: number): Attempt<DeleteWork> {
  return forAnybody(`drop-${key.accessKeyId}-${at}`, key, { kind: "delete", phase: "looking" }, at);
}

/**
 * A pause of a key, for whoever is next.
 * @param because what it follows from, which happens once: its id follows from that
 */
export function beginPause(key: Key, because: string, at: number): Attempt<PauseWork> {
  return forAnybody(`pause-${because}`, key, { kind: "pause", phase: "calling" }, at);
}

/**
 * A look for what a key has made, for whoever is next.
 * @param because the attempt that took its power; a pause takes it again where a call that gives some came late
 */
export function beginListMade(key: Key, because: Attempt, at: number): Attempt<ListMadeWork> {
  const work = { kind: "list_made" as const, phase: "looking" as const };
  const begun = forAnybody(`made-${because.id}-${at}`, key, work, at);
  return { ...begun, actorId: because.actorId };
}

function forAnybody<Of extends Work>(id: string, { requestId, accessKeyId }: Key, work: Of, at: number): Attempt<Of> {
  const lease = { holder: "nobody", until: 0 };
  return {
    id,
    requestId,
    accessKeyId,
    actorId: "bot",
    startedAt: at,
    lease,
    nextAt: at,
    tries: 0,
    alerted: false,
    work,
  };
}
