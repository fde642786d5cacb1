import { type Attempt, isClosed } from "./attempt";
import type { Request } from "./request";

/** What happens without a click. Each kind has one job in the worker. */
export const TIMER_KINDS = ["lapse", "recover"] as const;
export type TimerKind = (typeof TIMER_KINDS)[number];

/** Something that is due at a moment, about a request or an attempt. */
export type Timer = { kind: TimerKind; dueAt: number };

/** An open request lapses. */
export function timersOfRequest({ state }: Request): Timer[] {
  return state.kind === "pending" || state.kind === "approved" ? [{ kind: "lapse", dueAt: state.lapsesAt }] : [];
}

/** An open attempt is taken over once nobody holds it and its pause is over. */
export function timersOfAttempt({ work, lease, nextAt }: Attempt): Timer[] {
  return isClosed(work) ? [] : [{ kind: "recover", dueAt: Math.max(lease.until, nextAt) }];
}
