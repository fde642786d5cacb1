import fc from "fast-check";
import {
  afterLook,
  goneOrMember,
  isToBePaused,
  isTooManyAtOnce,
  type LeaverState,
  type Left,
  nextLookAt,
  nextOfLeft,
  theyDidLeave,
} from "../../src/domain/leaver";
import type { Standing } from "../../src/domain/person";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const AT = 100 * DAY;
const FEW = { at: AT, isTooMany: false };

const suspected = (goneAt: number, deactivatedAt: number | null = goneAt): LeaverState => ({
  kind: "suspected",
  goneAt,
  deactivatedAt,
});
const LEFT: Left = {
  kind: "left",
  at: AT,
  byId: "bot",
  goneAt: AT - 10 * MINUTE,
  deactivatedAt: AT - 10 * MINUTE,
  isDeactivated: true,
  toldAt: null,
};
const HELD_BACK = { kind: "held_back", at: AT, toldAt: null, goneAt: AT, deactivatedAt: AT } as const;

test.each<[Standing, ReturnType<typeof goneOrMember>]>([
  ["member", "member"],
  ["guest", "guest"],
  ["deactivated", "deactivated"],
  // What a wrong token would make of everybody says nothing.
  ["outsider", null],
  ["bot", null],
])("a look that says %s counts as %p", (standing, says) => {
  expect(goneOrMember(standing)).toBe(says);
});

test.each<[string, LeaverState | null, "member" | "deactivated" | "guest", object | null]>([
  ["nobody, there", null, "member", null],
  ["nobody, gone", null, "deactivated", suspected(AT)],
  ["nobody, a guest", null, "guest", suspected(AT, null)],
  ["one look ago, a moment later", suspected(AT - 10 * MINUTE + 1), "deactivated", suspected(AT - 10 * MINUTE + 1)],
  ["one look ago, there again", suspected(AT - 10 * MINUTE), "member", null],
  ["ten minutes after the first look", suspected(AT - 10 * MINUTE), "deactivated", LEFT],
  [
    "a guest in both looks",
    suspected(AT - 10 * MINUTE, null),
    "guest",
    { ...LEFT, deactivatedAt: null, isDeactivated: false },
  ],
  [
    "a guest, then deactivated",
    suspected(AT - 10 * MINUTE, null),
    "deactivated",
    { ...LEFT, deactivatedAt: AT, isDeactivated: false },
  ],
  [
    "deactivated, then a guest",
    suspected(AT - 10 * MINUTE),
    "guest",
    { ...LEFT, deactivatedAt: null, isDeactivated: false },
  ],
  ["a clock that was set back since", suspected(AT + DAY), "deactivated", suspected(AT)],
  ["gone, there again", LEFT, "member", { kind: "back", at: AT }],
  ["held back, there again", HELD_BACK, "member", null],
  ["held back, gone still", HELD_BACK, "deactivated", HELD_BACK],
  ["back, there still", { kind: "back", at: AT - 1 }, "member", { kind: "back", at: AT - 1 }],
  ["back, gone again", { kind: "back", at: AT - 1 }, "deactivated", suspected(AT)],
])("%s", (_what, was, says, to) => {
  expect(afterLook(was, says, FEW)).toEqual(to);
});

test("too many at once are held back, until an approver says that they did leave", () => {
  const held = afterLook(suspected(AT - 10 * MINUTE), "deactivated", { at: AT, isTooMany: true });
  expect(held).toMatchObject({ kind: "held_back", at: AT, toldAt: null });
  if (held?.kind !== "held_back") throw new Error("they are held back");
  expect(theyDidLeave(held, { at: AT + DAY, byId: "UANN" })).toEqual({ ...LEFT, at: AT + DAY, byId: "UANN" });
});

test.each([
  [5, 5, false],
  [6, 6, true],
  [6, 59, true],
  [6, 60, false],
  [7, 60, true],
  [0, 0, false],
])("%i of %i owners gone at once: too many is %p", (gone, owners, isTooMany) => {
  expect(isTooManyAtOnce({ gone, owners })).toBe(isTooMany);
});

const told = { ...LEFT, toldAt: AT };
const guest = { ...told, deactivatedAt: null, isDeactivated: false };
test.each<[string, Left, boolean, number, boolean]>([
  ["needed an approval, not told yet", LEFT, true, AT, true],
  ["needed none, not told yet", LEFT, false, AT + 30 * DAY, false],
  ["needed none, a moment before the grace is over", told, false, AT + 7 * DAY - 1, false],
  ["needed none, when it is over", told, false, AT + 7 * DAY, true],
  ["needed an approval, of a guest", guest, true, AT + 7 * DAY - 1, false],
  ["needed an approval, of a guest, after the grace", guest, true, AT + 7 * DAY, true],
])("a key that %s: paused is %p", (_what, left, needsApproval, at, isPaused) => {
  expect(isToBePaused(left, { needsApproval, graceMs: 7 * DAY, at })).toBe(isPaused);
});

test.each<[string, Left, number, number | null]>([
  ["not told", LEFT, AT, null],
  ["told", told, AT, AT + 7 * DAY],
  ["told, and over", told, AT + 7 * DAY, null],
  ["one look of two says deactivated", { ...guest, deactivatedAt: AT }, AT, AT + 10 * MINUTE],
])("what is to come next, %s", (_what, left, at, next) => {
  expect(nextOfLeft(left, 7 * DAY, at)).toBe(next);
});

test.each<[LeaverState | null, number | null | undefined]>([
  [null, null],
  [suspected(AT), AT + 10 * MINUTE],
  [HELD_BACK, null],
  [LEFT, undefined],
  [{ kind: "back", at: AT }, AT + DAY],
])("the next look after %p", (state, at) => {
  expect(nextLookAt(state)).toBe(at);
});

describe("whatever Slack says, and whenever", () => {
  const look = fc.record({
    says: fc.constantFrom("member" as const, "deactivated" as const, "guest" as const),
    afterMs: fc.integer({ min: 0, max: 40 * MINUTE }),
    isTooMany: fc.boolean(),
  });

  test("nobody counts as gone before all looks of ten minutes said so, nor as deactivated before all of them said that", () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 30 }), (looks) => {
        let state: LeaverState | null = null;
        let at = AT;
        let [goneSince, deactivatedSince] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
        for (const { says, afterMs, isTooMany } of looks) {
          at += afterMs;
          goneSince = says === "member" ? Number.POSITIVE_INFINITY : Math.min(goneSince, at);
          deactivatedSince = says === "deactivated" ? Math.min(deactivatedSince, at) : Number.POSITIVE_INFINITY;
          state = afterLook(state, says, { at, isTooMany });
          if (state?.kind === "left" || state?.kind === "held_back")
            expect(at - goneSince).toBeGreaterThanOrEqual(10 * MINUTE);
          if (state?.kind === "left" && isToBePaused(state, { needsApproval: true, graceMs: 7 * DAY, at }))
            expect(at - deactivatedSince).toBeGreaterThanOrEqual(10 * MINUTE);
        }
      }),
    );
  });
});
