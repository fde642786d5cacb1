import { type Attempt, isClosed, type Work } from "./attempt";
import { canBeDeleted, hasEnded, type Key, leaverHold } from "./key";
import { nextOfAge } from "./key-age";
import { nextOfEnd } from "./key-end";
import { nextReminderAt } from "./reminders";
import { endedWithoutKeyAt, isIn, type Pending, type Request } from "./request";
import { isReviewOpen } from "./review";
import { nextOfRotation } from "./rotation";
import { stillOffAt } from "./still-off";

/** What happens without a click. Each kind has one job in the worker. */
export const TIMER_KINDS = [
  "lapse",
  "recover",
  "search",
  "forget",
  "still_off",
  "switch_expires",
  "remind",
  "escalate",
  "review",
  "end",
  "final_end",
  "overlap",
  "sweep_owners",
  "leaver",
  "leaver_grace",
  "age",
  "age_again",
] as const;
export type TimerKind = (typeof TIMER_KINDS)[number];

/**
 * Something that is due at a moment, about a request, a key, an attempt or an owner. What is to be forgotten is due when it ends, by a clock
 * that goes behind by the time for which it is kept: so that time may be set anew, and counts for all of the record. An `age` is the
 * same: due when a secret begins, by a clock that goes behind by the age from which on its owner is asked.
 */
export type Timer = { kind: TimerKind; dueAt: number };

/**
 * An open request lapses, those who are waited for are reminded, and others are told that they may decide too; one that ended
 * without a key is forgotten. Others are asked to look at a broken glass until they did.
 */
export function timersOfRequest(request: Request): Timer[] {
  return [...timersOfState(request), ...timer("review", request.review?.asksAt ?? null)];
}

function timersOfState(request: Request): Timer[] {
  const { state } = request;
  if (state.kind === "approved") return timer("lapse", state.lapsesAt);
  if (isIn(request, "pending"))
    return [
      ...timer("lapse", request.state.lapsesAt),
      ...timer("remind", nextReminderAt(request)),
      ...timer("escalate", beforeLapse(request.state)),
    ];
  if (isIn(request, "delivered"))
    return [...timer("lapse", request.state.lapsesAt), ...timer("still_off", stillOffAt(request.state))];
  // What others still have to look at is not forgotten before they did.
  return isReviewOpen(request.review) ? [] : timer("forget", endedWithoutKeyAt(request));
}

/** What lapses sooner is never decided by others. */
function beforeLapse({ escalatesAt, lapsesAt }: Pending): number | null {
  return escalatesAt !== null && escalatesAt < lapsesAt ? escalatesAt : null;
}

/** @param dueAt null where there is nothing to come */
function timer(kind: TimerKind, dueAt: number | null): Timer[] {
  return dueAt === null ? [] : [{ kind, dueAt }];
}

/**
 * What is being switched on is on in time, or is paused; what has an end is told of before, paused then, and deleted after; so is that
 * whose place another key takes. The owner of an old secret is asked about it.
 */
export function timersOfKey(key: Key): Timer[] {
  const { state, end, pause } = key;
  const isOver = hasEnded(key);
  // What is being paused is deleted once it is.
  const waits = !canBeDeleted(state) || (isOver && pause.stands === "pausing");
  const next = waits ? null : nextOfEnd(end, isOver);
  return [
    ...timer("switch_expires", state.kind === "switching_on" ? state.until : null),
    ...timer(end?.isFinal && !isOver ? "final_end" : "end", next),
    ...timer("overlap", nextOfRotation(key)),
    ...timer("leaver_grace", goesAt(key)),
    ...timerOfAge(key),
  ];
}

/** When a key whose owner has left is deleted: nothing is while it is still being paused. */
function goesAt(key: Key): number | null {
  if (!canBeDeleted(key.state) || key.pause.stands === "pausing") return null;
  return leaverHold(key)?.deletesAt ?? null;
}

/** What the timers about all owners are about. */
export const SWEEP = "sweep";

/** What the timers about one owner are about. */
export const leaverSubject = (ownerId: string): string => `leaver ${ownerId}`;
export const ownerOfSubject = (subject: string): string => subject.slice("leaver ".length);

function timerOfAge(key: Key): Timer[] {
  const next = nextOfAge(key);
  return next === null ? [] : [{ kind: next.by === "from_old" ? "age" : "age_again", dueAt: next.at }];
}

/**
 * An open attempt is taken over once nobody holds it and its pause is over; a closed one is forgotten.
 * @param at now: the moment at which it was closed, or at which something about it changed last
 */
export function timersOfAttempt({ work, lease, nextAt }: Attempt, at: number): Timer[] {
  return isClosed(work)
    ? [{ kind: "forget", dueAt: at }]
    : [{ kind: timerOfOpen(work), dueAt: Math.max(lease.until, nextAt) }];
}

/** What only looks, and may wait for long, has a kind of its own: what has been set too far ahead is seen sooner in all else. */
export function timerOfOpen({ kind, phase }: Work): "recover" | "search" {
  return phase === "searching" || kind === "list_made" ? "search" : "recover";
}
