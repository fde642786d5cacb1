import fc from "fast-check";
import { isDue, MOST_AHEAD_MS } from "../../src/domain/due";
import type { RefusalCode } from "../../src/domain/refusal";
import {
  addLook,
  isReviewed,
  isReviewOpen,
  newReview,
  noteAsked,
  type Review,
  reviewersOf,
} from "../../src/domain/review";

const AT = 1_000_000_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

const OPEN = newReview("C1", AT);
const lookedBy = (...ids: string[]): Review => ({ ...OPEN, by: ids.map((reviewerId) => ({ reviewerId, at: AT })) });
const look = (review: Review | null, ...ids: string[]) =>
  addLook(review, { actor: { ids }, requesterId: "UDEV", at: AT + 5 });

test("it begins with nobody's look, is due within a day, and is asked for at once", () => {
  expect(OPEN).toEqual({ channelId: "C1", by: [], dueAt: AT + DAY, asksAt: AT, asked: 0 });
});

test.each<[string, Review | null, string[], string[] | RefusalCode]>([
  ["the first", OPEN, ["UANN"], ["UANN"]],
  ["the second", lookedBy("UANN"), ["UBOB"], ["UANN", "UBOB"]],
  ["the same person again", lookedBy("UANN"), ["UANN"], "reviewed_by_you"],
  ["the same person by another id", lookedBy("UANN"), ["WANN", "UANN"], "reviewed_by_you"],
  ["whoever broke it", OPEN, ["UDEV"], "own_request"],
  ["whoever broke it, by another id", OPEN, ["WDEV", "UDEV"], "own_request"],
  ["whoever broke it, where it is closed", lookedBy("UANN", "UBOB"), ["WDEV", "UDEV"], "own_request"],
  ["a third", lookedBy("UANN", "UBOB"), ["UEVE"], "already_reviewed"],
  ["one of the two, where it is closed", lookedBy("UANN", "UBOB"), ["UBOB"], "already_reviewed"],
  ["somebody, where the glass was not broken", null, ["UANN"], "unknown_request"],
])("a look by %s: %#", (_who, review, ids, ends) => {
  const looked = look(review, ...ids);
  if (looked.kind === "refused") expect(looked.code).toBe(ends);
  else {
    expect(reviewersOf(looked.review)).toEqual(ends);
    expect(looked.review.by.at(-1)).toEqual({ reviewerId: ids[0], at: AT + 5 });
  }
});

test("the second look closes it: nobody is asked any more", () => {
  expect(look(OPEN, "UANN")).toMatchObject({ review: { asksAt: AT } });
  expect(look(lookedBy("UANN"), "UBOB")).toMatchObject({ review: { asksAt: null } });
});

test.each<[string, Review | null, boolean]>([
  ["of a glass that was not broken", null, false],
  ["that nobody has looked at", OPEN, true],
  ["that one has looked at", lookedBy("UANN"), true],
  ["that two have looked at", lookedBy("UANN", "UBOB"), false],
])("a review %s is open: %#", (_what, review, open) => {
  expect(isReviewOpen(review)).toBe(open);
});

test.each<[string, number, number]>([
  ["at once: again when its day is over", AT, AT + DAY],
  ["late within the day: the same", AT + DAY - MINUTE, AT + DAY],
  ["when its day is over: a day later", AT + DAY, AT + 2 * DAY],
  ["long after: a day later", AT + 9 * DAY, AT + 10 * DAY],
  ["when the clock was set back by an hour: a day later by that clock", AT - 60 * MINUTE, AT + DAY - 60 * MINUTE],
])("asked %s", (_when, at, asksAt) => {
  expect(noteAsked(OPEN, at)).toEqual({ ...OPEN, asksAt, asked: 1 });
});

test("whatever the clock does, who was asked is not asked again at once, and is within a day", () => {
  const moment = fc.integer({ min: AT - 9 * DAY, max: AT + 9 * DAY });
  fc.assert(
    fc.property(moment, fc.integer({ min: 0, max: 3 }), (at, asked) => {
      const { asksAt } = noteAsked({ ...OPEN, asked }, at);
      expect(isDue(asksAt ?? 0, at, MOST_AHEAD_MS.review)).toBe(false);
      expect((asksAt ?? 0) - at).toBeLessThanOrEqual(DAY);
    }),
  );
});

test("whoever presses how often, under whichever id, two others than whoever broke it close it, and nobody else", () => {
  const PEOPLE = { dev: ["UDEV", "WDEV"], ann: ["UANN", "WANN"], bob: ["UBOB", "WBOB"], eve: ["UEVE", "WEVE"] };
  const press = fc.record({
    who: fc.constantFrom(...(Object.keys(PEOPLE) as (keyof typeof PEOPLE)[])),
    isByOther: fc.boolean(),
    isAsked: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(press, { maxLength: 12 }), (presses) => {
      let review = OPEN;
      const counted: string[] = [];
      presses.forEach(({ who, isByOther, isAsked }, index) => {
        if (isAsked && review.asksAt !== null) review = noteAsked(review, AT + index);
        const ids = isByOther ? [...PEOPLE[who]].reverse() : PEOPLE[who];
        const looked = look(review, ...ids);
        if (looked.kind === "refused") return;
        counted.push(who);
        review = looked.review;
      });
      const others = presses.map(({ who }) => who).filter((who) => who !== "dev");
      expect(counted).toEqual([...new Set(others)].slice(0, 2));
      expect(isReviewed(review)).toBe(new Set(others).size >= 2);
      expect(review.asksAt === null).toBe(isReviewed(review));
    }),
  );
});
