import { isDue, MOST_AHEAD_MS } from "./due";
import { isFree, isPaused, type Key } from "./key";
import { DAY_MS, HOUR_MS, LAST_ASKED_AFTER_MS } from "./limits";

/** Why somebody keeps an old secret, as they typed it; null where the key is gone since. */
export type Kept = { at: number; reason: string | null };

/**
 * How old the secret of a key is, and what its owner was asked about that. `begunAt`: when the key was made, or switched on.
 * `rotatedAt`: when its newest secret was shown, where it has another one than its first, or took the place of another key.
 * `asked`: how often its owner was asked about this secret, `firstAt` and `lastAt` when. `isOwed`: a question is due, and not sent yet.
 * `notBefore`: it is not asked about before then. `isRaised`: nobody answered, and the approvers were told. `message`: where the newest
 * question stands.
 */
export type KeyAge = {
  begunAt: number;
  rotatedAt: number | null;
  kept: Kept | null;
  asked: number;
  firstAt: number | null;
  lastAt: number | null;
  isOwed: boolean;
  notBefore: number | null;
  isRaised: boolean;
  message: { channelId: string; ts: string } | null;
};

/**
 * When an owner is asked, counted from the first question. Half a day is left for the next morning to come: so it is that of the
 * seventh day.
 */
const HALF_A_DAY_MS = 12 * HOUR_MS;
export const ASKED_AFTER_MS = [
  0,
  ...[7 * DAY_MS, 14 * DAY_MS, LAST_ASKED_AFTER_MS].map((ms) => ms - HALF_A_DAY_MS),
] as const;

/** How long the last question may stay without an answer before the approvers are told. */
export const RAISED_AFTER_MS = 7 * DAY_MS;

/** A key that ends by itself within this time is not asked about. */
export const ENDS_SOON_MS = 7 * DAY_MS;

/** A key whose first secret begins. */
export function newAge(begunAt: number): KeyAge {
  return { begunAt, rotatedAt: null, kept: null, ...UNASKED };
}

const UNASKED = {
  asked: 0,
  firstAt: null,
  lastAt: null,
  isOwed: false,
  notBefore: null,
  isRaised: false,
  message: null,
} as const;

/** A new secret was shown. What was said of the old one is forgotten. */
export function rotatedAge({ begunAt }: KeyAge, at: number): KeyAge {
  return { ...newAge(begunAt), rotatedAt: at };
}

/** Its owner wants to keep the secret: nobody asks until it is as old again. */
export function keptAge(age: KeyAge, kept: { at: number; reason: string }): KeyAge {
  return { ...unaskedAge(age), kept };
}

/** What its owner was asked so far counts no more: another owner is asked anew, or it is too young again. */
export function unaskedAge(age: KeyAge): KeyAge {
  return { ...age, ...UNASKED };
}

/** What somebody typed goes with the key. */
export function withoutReason(age: KeyAge): KeyAge {
  return age.kept === null ? age : { ...age, kept: { ...age.kept, reason: null } };
}

/** When the newest secret of a key began. */
export const secretSince = ({ begunAt, rotatedAt }: KeyAge): number => rotatedAt ?? begunAt;

/** From when on the time counts after which its owner is asked. */
function countsFrom(age: KeyAge): number {
  return Math.max(secretSince(age), age.kept?.at ?? 0);
}

/** Whether a secret is so old that its owner is asked. */
export function isOld({ age }: Pick<Key, "age">, at: number, rotateAfterMs: number | null): boolean {
  return rotateAfterMs !== null && isDue(countsFrom(age) + rotateAfterMs, at, MOST_AHEAD_MS.age);
}

/** Whether somebody could use the secret of a key: what is paused, off, being changed, replaced or gone is not asked about. */
function isInUse(key: Key): boolean {
  return isFree(key.state) && !isPaused(key) && key.rotation?.kind !== "followed";
}

/** Whether its owner was asked about a key, and it is as it was then. */
export function isAskedAbout(key: Key): boolean {
  return isInUse(key) && key.age.asked > 0;
}

function endsSoon({ end }: Key, at: number): boolean {
  return end !== null && end.at - at <= ENDS_SOON_MS;
}

/** Whether a message that asks its owner names a key: what was asked and not answered stands in it too. */
export function isQuestion(key: Key, at: number, rotateAfterMs: number | null): boolean {
  const isOpen = key.age.isOwed || key.age.asked > 0;
  return isOpen && isInUse(key) && isOld(key, at, rotateAfterMs) && !endsSoon(key, at);
}

/**
 * When a key is to be looked at for its age. `from_old` counts by a clock that goes behind by the age from which on a secret is old,
 * so that another such age counts for all keys at once.
 */
export function nextOfAge(key: Key): { by: "from_old" | "now"; at: number } | null {
  const { asked, firstAt, lastAt, isOwed, notBefore, isRaised } = key.age;
  if (!isInUse(key) || isOwed || isRaised) return null;
  if (notBefore !== null) return { by: "now", at: notBefore };
  if (firstAt === null || lastAt === null) return { by: "from_old", at: countsFrom(key.age) };
  const after = ASKED_AFTER_MS[asked];
  return { by: "now", at: after === undefined ? lastAt + RAISED_AFTER_MS : firstAt + after };
}

/** What is due about the age of a key: a question, or that nobody answered; `put_off` and `dropped` say why there is none now. */
export type AgeStep = { kind: "ask" | "raise" | "put_off" | "dropped"; age: KeyAge };

/** @returns null where nothing is due */
export function lookAtAge(key: Key, at: number, rotateAfterMs: number | null): AgeStep | null {
  const { age } = key;
  const next = nextOfAge(key);
  if (next === null) return null;
  if (!isOld(key, at, rotateAfterMs))
    // The age was set higher since it was asked about.
    return age.asked > 0 || age.notBefore !== null ? { kind: "dropped", age: unaskedAge(age) } : null;
  if (next.by === "now" && !isDue(next.at, at, MOST_AHEAD_MS.age_again)) return null;
  if (key.end !== null && endsSoon(key, at))
    return { kind: "put_off", age: { ...age, notBefore: Math.max(key.end.at, at + HOUR_MS) } };
  const isLast = age.asked >= ASKED_AFTER_MS.length && age.notBefore === null;
  if (isLast) return { kind: "raise", age: { ...age, isRaised: true } };
  return { kind: "ask", age: { ...age, isOwed: true, notBefore: null } };
}

/**
 * A message that asks was sent, or can't be. Whoever was away for several of its times has asked once.
 * @param message where it stands; null where it names this key no more, or reaches nobody
 * @param isAsked whether it counts as asked
 */
export function noteAsked(
  age: KeyAge,
  { message, isAsked, at }: { message: KeyAge["message"]; isAsked: boolean; at: number },
): KeyAge {
  if (!isAsked) return { ...age, isOwed: false };
  if (!age.isOwed) return { ...age, message };
  const firstAt = Math.min(age.firstAt ?? at, at);
  const passed = ASKED_AFTER_MS.filter((after) => firstAt + after <= at).length;
  const asked = Math.min(Math.max(age.asked + 1, passed), ASKED_AFTER_MS.length);
  return { ...age, asked, firstAt, lastAt: at, isOwed: false, message };
}
