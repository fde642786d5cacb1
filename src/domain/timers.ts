import { type Attempt, isClosed } from "./attempt";
import { endedWithoutKeyAt, type Request } from "./request";

/** What happens without a click. Each kind has one job in the worker. */
export const TIMER_KINDS = ["lapse", "recover", "forget"] as const;
export type TimerKind = (typeof TIMER_KINDS)[number];

/**
 * Something that is due at a moment, about a request or an attempt. What is to be forgotten is due when it ends, by a clock
 * that goes behind by the time for which it is kept: so that time may be set anew, and counts for all of the record.
 */
export type Timer = { kind: TimerKind; dueAt: number };

/** An open request lapses; one that ended without a key is forgotten. */
export function timersOfRequest(request: Request): Timer[] {
  const { state } = request;
  if (state.kind === "pending" || state.kind === "approved") return [{ kind: "lapse", dueAt: state.lapsesAt }];
  const endedAt = endedWithoutKeyAt(request);
  return endedAt === null ? [] : [{ kind: "forget", dueAt: endedAt }];
}

/**
 * An open attempt is taken over once nobody holds it and its pause is over; a closed one is forgotten.
 * @param at now: the moment at which it was closed, or at which something about it changed last
 */
export function timersOfAttempt({ work, lease, nextAt }: Attempt, at: number): Timer[] {
  return isClosed(work) ? [{ kind: "forget", dueAt: at }] : [{ kind: "recover", dueAt: Math.max(lease.until, nextAt) }];
}
