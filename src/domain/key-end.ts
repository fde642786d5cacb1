import { endOfDay } from "./day-end";
import type { FieldProblem } from "./input-rules";
import { CLOCK_STEP_MS, DAY_MS, HOUR_MS } from "./limits";
import { MAX_LIFE_MS } from "./policy/limits";
import type { Lasts } from "./policy/rule";

/** How long somebody wants a key to live: for so long from when it is switched on, until a moment, or as long as it is wanted. */
export type Life = { kind: "lasts"; ms: number } | { kind: "until"; at: number } | { kind: "open" };

/**
 * When a key is paused since its time is over. `since`: when that time began, or was extended last. `remindedMs`: how long before
 * its end its owner was reminded last; null where they were not. `deletesAt`: when it is deleted, once it is paused and its owner
 * was told. `isFinal`: nobody extends it, as that of a broken glass.
 */
export type KeyEnd = {
  at: number;
  since: number;
  remindedMs: number | null;
  deletesAt: number | null;
  isFinal: boolean;
};

/** How long before an end its owner is reminded, in milliseconds, longest first. */
export const END_REMINDERS_MS = [7 * DAY_MS, DAY_MS, HOUR_MS] as const;

/** An end that begins now. */
export function newEnd(at: number, since: number, isFinal = false): KeyEnd {
  return { at, since, remindedMs: null, deletesAt: null, isFinal };
}

/** How long a key lives at the longest, in milliseconds. What lies further ahead can't be told from a clock that was set back. */
const longestOf = ({ longestMs }: Lasts): number => longestMs ?? MAX_LIFE_MS;

/** When a key ends that is switched on now, by what was asked for and by what the policy allows now; null where it needs no end. */
export function endOf(life: Life, lasts: Lasts, at: number): KeyEnd | null {
  const { defaultMs, longestMs } = lasts;
  const latest = at + longestOf(lasts);
  switch (life.kind) {
    case "lasts":
      return newEnd(Math.min(at + life.ms, latest), at);
    case "until":
      return newEnd(Math.min(Math.max(life.at, at), latest), at);
    case "open":
      return longestMs === null ? null : newEnd(at + (defaultMs ?? longestMs), at);
  }
}

/** How long somebody chose in a form: for so long, until a day is over for them, or as long as it is wanted. */
export type ChosenLife = { kind: "lasts"; ms: number } | { kind: "day"; day: string } | { kind: "open" };

/**
 * The life that somebody chose, by what the policy allows now.
 * @param chosen null where the form did not ask: then it is what is usual
 * @returns what is wrong with it, where it can't be had
 */
export function lifeOf(
  chosen: ChosenLife | null,
  lasts: Lasts,
  { at, timeZone }: { at: number; timeZone: string | null },
): { kind: "life"; life: Life } | { kind: "invalid"; problem: FieldProblem } {
  if (chosen === null) return { kind: "life", life: usualLife(lasts) };
  const invalid = (problem: FieldProblem) => ({ kind: "invalid", problem }) as const;
  if (chosen.kind !== "day") return within(chosen);
  const until = endOfDay(chosen.day, timeZone);
  return until === null || until <= at ? invalid({ code: "day_over" }) : within({ kind: "until", at: until });

  function within(life: Life) {
    if (isLifeAllowed(life, lasts, at)) return { kind: "life", life } as const;
    return invalid({ code: "life_too_long", longestMs: longestOf(lasts) });
  }
}

/** Whether a life is within what a policy allows, for a key that would be switched on now. */
function isLifeAllowed(life: Life, lasts: Lasts, at: number): boolean {
  switch (life.kind) {
    case "lasts":
      return life.ms <= longestOf(lasts);
    case "until":
      return life.at <= at + longestOf(lasts);
    case "open":
      return lasts.longestMs === null;
  }
}

/** What a key asks for where nobody chose: the default of its kind. */
export function usualLife({ defaultMs, longestMs }: Lasts): Life {
  const ms = defaultMs ?? longestMs;
  return ms === null ? { kind: "open" } : { kind: "lasts", ms };
}

/**
 * An end that is moved from now on: by as long as the key was to live, and by no more than the policy allows now. It never comes
 * nearer: a policy that was shortened may have left more.
 */
export function extendedEnd(end: KeyEnd, lasts: Lasts, at: number): KeyEnd {
  const ms = Math.max(end.at - end.since, HOUR_MS);
  return newEnd(Math.max(end.at, at + Math.min(ms, longestOf(lasts))), at);
}

/**
 * The end that a living key gets by the policy of now, where it has none or one that is later than any that it could be given
 * now; null where it stays as it is. It is never at once: there is a grace at the least.
 */
export function endByPolicy(
  end: KeyEnd | null,
  { defaultMs, longestMs }: Lasts,
  { graceMs, at }: { graceMs: number; at: number },
): KeyEnd | null {
  if (longestMs === null || end?.isFinal) return null;
  if (end === null) return newEnd(at + Math.max(defaultMs ?? longestMs, graceMs), at);
  const latest = at + Math.max(longestMs, graceMs);
  // A clock that is put right by a little shortens nothing.
  return end.at > latest + CLOCK_STEP_MS ? newEnd(latest, at) : null;
}

/**
 * The reminders that are to come before an end, in milliseconds before it: those that make sense, since none takes more than half
 * of the time, and that are closer than the last one.
 */
function remindersLeft({ at, since, remindedMs }: KeyEnd): number[] {
  return END_REMINDERS_MS.filter((ms) => ms <= (at - since) / 2 && ms < (remindedMs ?? Number.POSITIVE_INFINITY));
}

/** How long before its end an owner is to be reminded at this moment, in milliseconds; null where they are not, or were. */
export function dueEndReminder(end: KeyEnd, at: number): number | null {
  if (at >= end.at) return null;
  const due = remindersLeft(end).filter((ms) => end.at - ms <= at);
  return due.length === 0 ? null : Math.min(...due);
}

/** When something is due about a key's end next. @param isOver whether it is paused since its time is over */
export function nextOfEnd(end: KeyEnd | null, isOver: boolean): number | null {
  if (end === null) return null;
  if (isOver) return end.deletesAt;
  return end.at - Math.max(0, ...remindersLeft(end));
}
