import { type Attempt, newLease } from "../domain/attempt";
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

/** An attempt that begins at `at`, under a lease of whoever begins it. */
export function beginAttempt(
  { id, leaseHolder }: AttemptNames,
  begun: Pick<Attempt, "requestId" | "accessKeyId" | "actorId" | "work"> & { at: number },
): Attempt {
  const { at, ...attempt } = begun;
  return { ...attempt, id, startedAt: at, lease: newLease(leaseHolder, at), nextAt: at, tries: 0, alerted: false };
}
