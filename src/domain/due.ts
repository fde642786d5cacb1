import { SWEEP_EVERY_MS } from "./leaver";
import {
  CLOCK_STEP_MS,
  DAY_MS,
  LAST_ASKED_AFTER_MS,
  LEASE_MS,
  MAX_KEEP_DAYS,
  MAX_OVERLAP_MS,
  MAX_ROTATE_AFTER_MS,
  MOST_ATTEMPT_PAUSE_MS,
  MOST_OPEN_MS,
  SEARCH_AGAIN_MS,
} from "./limits";
import { MAX_BREAK_GLASS_MS, MAX_LIFE_MS } from "./policy/limits";
import { REVIEW_WITHIN_MS } from "./review";
import type { TimerKind } from "./timers";

/**
 * What lies further ahead than it can was written before the clock was set back: it is due, or it would lie there for as long
 * as the clock went back.
 * @param mostMs how far ahead it can lie
 * @returns from where on a moment is too far ahead to be true
 */
export function tooFarAhead(at: number, mostMs: number): number {
  return at + mostMs + CLOCK_STEP_MS;
}

/** Whether a moment has come, or can't be true. */
export function isDue(moment: number, at: number, mostMs: number): boolean {
  return moment <= at || moment > tooFarAhead(at, mostMs);
}

/** Whether a lease that runs until then holds no more. */
export function isLeaseOver(until: number, at: number): boolean {
  return isDue(until, at, LEASE_MS);
}

/** Whether the time of an open request is over. */
export function isOpenTimeOver(lapsesAt: number, at: number): boolean {
  return isDue(lapsesAt, at, MOST_OPEN_MS);
}

/** How far ahead a timer of each kind can lie. */
export const MOST_AHEAD_MS: { [Kind in TimerKind]: number } = {
  lapse: MOST_OPEN_MS,
  still_off: MOST_OPEN_MS,
  switch_expires: MOST_OPEN_MS,
  remind: MOST_OPEN_MS,
  escalate: MOST_OPEN_MS,
  recover: MOST_ATTEMPT_PAUSE_MS,
  search: SEARCH_AGAIN_MS,
  review: REVIEW_WITHIN_MS,
  end: MAX_LIFE_MS,
  final_end: MAX_BREAK_GLASS_MS,
  overlap: MAX_OVERLAP_MS,
  sweep_owners: SWEEP_EVERY_MS,
  leaver: MAX_LIFE_MS,
  leaver_grace: MAX_LIFE_MS,
  // By its clock, which goes behind by the age from which on a secret is old.
  age: MAX_ROTATE_AFTER_MS,
  age_again: LAST_ASKED_AFTER_MS,
  // By its clock, which goes behind by the time for which things are kept.
  forget: MAX_KEEP_DAYS * DAY_MS,
};
