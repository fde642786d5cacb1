import { type Attempt, LEASE_MS } from "../domain/attempt";
import type { Ports } from "./ports";
import type { Tx } from "./store-port";

/** A fresh lease. Each holding has a name of its own, so that a process can lose a lease to itself too. */
export function newLease(ports: Pick<Ports, "clock" | "ids" | "settings">): Attempt["lease"] {
  return { workerId: `${ports.settings.workerId}/${ports.ids.unique()}`, until: ports.clock.now() + LEASE_MS };
}

/**
 * Writes an attempt while its lease is still held, and renews the lease.
 * @returns the attempt as written, or null where somebody else holds it now
 */
export async function hold(ports: Ports, tx: Tx, attempt: Attempt): Promise<Attempt | null> {
  const renewed = { ...attempt, lease: { ...attempt.lease, until: ports.clock.now() + LEASE_MS } };
  return (await tx.attempts.save(renewed, attempt.lease.workerId)) ? renewed : null;
}

/** Writes an attempt while its lease is still held, and gives the lease up: whoever is next goes on at `nextAt`. */
export async function letGo(tx: Tx, attempt: Attempt): Promise<boolean> {
  const free = { ...attempt, lease: { ...attempt.lease, until: 0 } };
  return tx.attempts.save(free, attempt.lease.workerId);
}
