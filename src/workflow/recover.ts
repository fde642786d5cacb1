import { isClosed, newLease } from "../domain/attempt";
import { isDue, isLeaseOver, MOST_AHEAD_MS } from "../domain/due";
import { timerOfOpen } from "../domain/timers";
import { newLeaseHolder } from "./begin-attempt";
import { type CallPorts, recoverFrom } from "./calls";
import { type ChangePorts, change } from "./change";
import type { Ids } from "./ports";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

/**
 * Goes on with what a crash, a lost lease or a failure left open. It is taken over by one conditional write, so that of two
 * bots one does it.
 */
export async function recoverAttempt(ports: CallPorts & ChangePorts & { ids: Ids }, attemptId: string): Promise<void> {
  const leaseHolder = newLeaseHolder(ports);
  const taken = await change(ports, {
    about: { attemptId },
    decide: (recorded, at) => decideTakeOver(recorded, leaseHolder, at),
  });
  if (taken.kind === "refused") return;
  const { after, heldUntilMs } = taken;
  const { attempt } = after;
  if (attempt?.lease.holder === leaseHolder) await recoverFrom(ports, { held: { ...after, attempt }, heldUntilMs });
}

/** Nobody takes over what is held, put off or closed. */
export function decideTakeOver({ attempt }: Recorded, leaseHolder: string, at: number): Step {
  if (attempt === null || isClosed(attempt.work)) return NO_CHANGE;
  if (!isLeaseOver(attempt.lease.until, at) || !isDue(attempt.nextAt, at, MOST_AHEAD_MS[timerOfOpen(attempt.work)]))
    return NO_CHANGE;
  const { kind, phase } = attempt.work;
  // What was put off is in the record already; what was interrupted is not.
  const isInterrupted = phase === "calling" || phase === "delivering";
  const event = { event: "attempt.taken_over" as const, outcome: `${kind}_${phase}` };
  return step("bot", {
    attempt: { to: { ...attempt, lease: newLease(leaseHolder, at) }, ...(isInterrupted ? event : {}) },
  });
}
