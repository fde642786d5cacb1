import fc from "fast-check";
import type { Key } from "../../src/domain/key";
import {
  isAskedAbout,
  isQuestion,
  type KeyAge,
  keptAge,
  lookAtAge,
  newAge,
  nextOfAge,
  noteAsked,
  rotatedAge,
  secretSince,
  withoutReason,
} from "../../src/domain/key-age";
import { newEnd } from "../../src/domain/key-end";
import { BY_APPROVER, BY_END, BY_OWNER, KEYS, pausedBy } from "../workflow/keys";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGAN = 1_700_000_000_000;
const OLD = 90 * DAY;
const PLACE = { channelId: "D1", ts: "1.2" };

const keyOf = (age: KeyAge, changes: Partial<Key> = {}): Key => ({ ...KEYS.live, age, ...changes });
const young = newAge(BEGAN);
const owed = { ...young, isOwed: true };
const sent = (age: KeyAge, at: number) => noteAsked(age, { message: PLACE, isAsked: true, at });
const asked = sent(owed, BEGAN + OLD);

test("a secret is asked about once it is old, not a moment sooner", () => {
  expect(nextOfAge(keyOf(young))).toEqual({ by: "from_old", at: BEGAN });
  expect(lookAtAge(keyOf(young), BEGAN + OLD - 1, OLD)).toBeNull();
  expect(lookAtAge(keyOf(young), BEGAN + OLD, OLD)).toEqual({ kind: "ask", age: owed });
});

test("a question that is owed waits for its message: nothing else is due", () => {
  expect(nextOfAge(keyOf(owed))).toBeNull();
  expect(lookAtAge(keyOf(owed), BEGAN + 5 * OLD, OLD)).toBeNull();
});

test("the first message is followed by those of the mornings 7, 14 and 30 days later, and a week after the last by the approvers'", () => {
  const firstAt = BEGAN + OLD;
  let age = asked;
  for (const [count, days] of [
    [2, 7],
    [3, 14],
    [4, 30],
  ] as const) {
    const due = firstAt + days * DAY - 12 * HOUR;
    expect(nextOfAge(keyOf(age))).toEqual({ by: "now", at: due });
    expect(lookAtAge(keyOf(age), due - 1, OLD)).toBeNull();
    expect(lookAtAge(keyOf(age), due, OLD)).toEqual({ kind: "ask", age: { ...age, isOwed: true } });
    age = sent({ ...age, isOwed: true }, firstAt + days * DAY);
    expect(age).toMatchObject({ asked: count, firstAt, lastAt: firstAt + days * DAY });
  }
  const raisedAt = firstAt + 37 * DAY;
  expect(nextOfAge(keyOf(age))).toEqual({ by: "now", at: raisedAt });
  expect(lookAtAge(keyOf(age), raisedAt, OLD)).toEqual({ kind: "raise", age: { ...age, isRaised: true } });
  expect(nextOfAge(keyOf({ ...age, isRaised: true }))).toBeNull();
});

test("whoever was down for weeks asks once, and gives the last question its week all the same", () => {
  const late = BEGAN + OLD + 60 * DAY;
  const due = lookAtAge(keyOf(asked), late, OLD);
  expect(due?.kind).toBe("ask");
  const age = sent(due?.age ?? young, late);
  expect(age).toMatchObject({ asked: 4, firstAt: BEGAN + OLD, lastAt: late });
  expect(nextOfAge(keyOf(age))).toEqual({ by: "now", at: late + 7 * DAY });
});

test("what Slack could not be told counts as asked, and names no message", () => {
  expect(noteAsked(owed, { message: null, isAsked: true, at: BEGAN + OLD })).toEqual({ ...asked, message: null });
});

test("what is asked no more by the time of the message is asked anew later", () => {
  expect(noteAsked({ ...asked, isOwed: true }, { message: PLACE, isAsked: false, at: BEGAN })).toEqual(asked);
});

test("a message that names a key again counts no second time", () => {
  const other = { channelId: "D1", ts: "9.9" };
  expect(noteAsked(asked, { message: other, isAsked: true, at: BEGAN + 2 * OLD })).toEqual({
    ...asked,
    message: other,
  });
});

test.each<[string, Key]>([
  ["is off", { ...KEYS.off, age: asked }],
  ["is being switched on", { ...KEYS.switching_on, age: asked }],
  ["gets a new secret", { ...KEYS.rotating, age: asked }],
  ["goes", { ...KEYS.deleting, age: asked }],
  ["is gone", { ...KEYS.deleted, age: asked }],
  ["its owner paused", pausedBy(keyOf(asked), { holds: [BY_OWNER] })],
  ["an approver paused", pausedBy(keyOf(asked), { holds: [BY_APPROVER] })],
  ["has ended", pausedBy(keyOf(asked), { holds: [BY_END] })],
  [
    "another one takes the place of",
    keyOf(asked, { rotation: { kind: "followed", by: "tid_two", pausesAt: BEGAN + 99 * OLD, deletesAt: null } }),
  ],
  ["is being resumed", pausedBy(keyOf(asked), { holds: [], stands: "resuming" })],
])("nobody is asked about a key that %s", (_what, key) => {
  for (const one of [key, { ...key, age: young }, { ...key, age: owed }]) {
    expect(nextOfAge(one)).toBeNull();
    expect(lookAtAge(one, BEGAN + 9 * OLD, OLD)).toBeNull();
    expect(isQuestion(one, BEGAN + 9 * OLD, OLD)).toBe(false);
    expect(isAskedAbout(one)).toBe(false);
  }
});

test("a secret that nobody holds is asked about too", () => {
  expect(lookAtAge({ ...KEYS.secret_unknown, age: young }, BEGAN + OLD, OLD)?.kind).toBe("ask");
});

test("a key that ends within a week is put off until then; what lasts longer by then is asked about", () => {
  const at = BEGAN + OLD;
  const ends = newEnd(at + 7 * DAY, BEGAN);
  const due = lookAtAge(keyOf(young, { end: ends }), at, OLD);
  expect(due).toEqual({ kind: "put_off", age: { ...young, notBefore: ends.at } });
  expect(isQuestion(keyOf(owed, { end: ends }), at, OLD)).toBe(false);
  const extended = keyOf(due?.age ?? young, { end: newEnd(at + 90 * DAY, at) });
  expect(nextOfAge(extended)).toEqual({ by: "now", at: ends.at });
  expect(lookAtAge(extended, ends.at - 1, OLD)).toBeNull();
  expect(lookAtAge(extended, ends.at, OLD)).toEqual({ kind: "ask", age: owed });
  expect(lookAtAge(keyOf(young, { end: newEnd(at + 7 * DAY + 1, BEGAN) }), at, OLD)?.kind).toBe("ask");
});

test("an end that is over and not paused yet is looked at no more than once an hour", () => {
  const at = BEGAN + OLD;
  const due = lookAtAge(keyOf(young, { end: newEnd(at - 1, BEGAN) }), at, OLD);
  expect(due).toEqual({ kind: "put_off", age: { ...young, notBefore: at + HOUR } });
});

test("a new secret, and a word of its owner's, begin the time anew", () => {
  const at = BEGAN + OLD + DAY;
  const rotated = rotatedAge({ ...asked, kept: { at: BEGAN, reason: "why" } }, at);
  expect(rotated).toEqual({ ...newAge(BEGAN), rotatedAt: at });
  const kept = keptAge(asked, { at, reason: "a reason" });
  expect(kept).toEqual({ ...young, kept: { at, reason: "a reason" } });
  for (const age of [rotated, kept]) {
    expect(lookAtAge(keyOf(age), at + OLD - 1, OLD)).toBeNull();
    expect(lookAtAge(keyOf(age), at + OLD, OLD)?.kind).toBe("ask");
  }
  expect([secretSince(rotated), secretSince(kept)]).toEqual([at, BEGAN]);
  expect(withoutReason(kept)).toEqual({ ...kept, kept: { at, reason: null } });
  expect(withoutReason(asked)).toBe(asked);
});

test("where secrets may grow older by now, what was asked is dropped; where nobody is asked, nothing is", () => {
  const at = BEGAN + OLD + 7 * DAY;
  expect(lookAtAge(keyOf(asked), at, 2 * OLD)).toEqual({ kind: "dropped", age: young });
  expect(isQuestion(keyOf(asked), at, 2 * OLD)).toBe(false);
  expect(isQuestion(keyOf(asked), at, null)).toBe(false);
  expect(lookAtAge(keyOf(young), at, null)).toBeNull();
});

test("a clock that was a year ahead puts off nothing for a year", () => {
  const ahead = { ...asked, firstAt: BEGAN + 5 * OLD, lastAt: BEGAN + 5 * OLD };
  const due = lookAtAge(keyOf(ahead), BEGAN + OLD, OLD);
  expect(due?.kind).toBe("ask");
  expect(sent(due?.age ?? young, BEGAN + OLD)).toMatchObject({ asked: 2, firstAt: BEGAN + OLD });
});

type Happening = { afterMs: number; isSent: boolean; backMs: number };
const happenings = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 1, max: 40 * DAY }),
    isSent: fc.boolean(),
    backMs: fc.constantFrom(0, 0, 0, DAY, -DAY),
  }),
  { maxLength: 30 },
);

/**
 * A key through all that happens to it; what is not old by the clock of the moment at which it is sent is not asked.
 * @returns when it was asked about, and when approvers were told
 */
function live(all: readonly Happening[]): { askedAt: number[]; raisedAt: number[]; queued: number; age: KeyAge } {
  let age = newAge(BEGAN);
  let now = BEGAN + OLD - DAY;
  let queued = 0;
  const [askedAt, raisedAt]: number[][] = [[], []];
  for (const { afterMs, isSent, backMs } of all) {
    now += afterMs - backMs;
    const due = lookAtAge(keyOf(age), now, OLD);
    if (due?.kind === "ask") {
      expect(age.isOwed).toBe(false);
      queued += 1;
    }
    if (due?.kind === "raise") raisedAt?.push(now);
    age = due?.age ?? age;
    if (!age.isOwed || !isSent) continue;
    const isAsked = isQuestion(keyOf(age), now, OLD);
    age = noteAsked(age, { message: PLACE, isAsked, at: now });
    if (isAsked) askedAt?.push(now);
    else queued -= 1;
  }
  return { askedAt: askedAt ?? [], raisedAt: raisedAt ?? [], queued, age };
}

test("whatever happens: at most four messages ask, none is queued twice, and the approvers are told once, after four and a week", () => {
  fc.assert(
    fc.property(happenings, (all) => {
      const { askedAt, raisedAt, queued, age } = live(all);
      expect(askedAt.length).toBeLessThanOrEqual(4);
      expect(queued - askedAt.length).toBe(age.isOwed ? 1 : 0);
      expect(raisedAt.length).toBeLessThanOrEqual(1);
      const [raised] = raisedAt;
      const last = askedAt.at(-1) ?? 0;
      if (raised !== undefined) expect(raised - last).toBeGreaterThanOrEqual(7 * DAY - 2 * DAY);
      for (const at of askedAt) expect(at).toBeGreaterThanOrEqual(BEGAN + OLD);
    }),
  );
});
