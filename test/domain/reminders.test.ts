import fc from "fast-check";
import { askAgainFrom, dueReminder, nextReminderAt } from "../../src/domain/reminders";
import type { Pending } from "../../src/domain/request";
import { askAgain } from "../../src/domain/request-steps";
import { PENDING, REQUESTS, requestIn } from "./samples";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ASKED = 1_000 * HOUR;

const waiting = (hours: number, changes: Partial<Pending> = {}) =>
  requestIn<Pending>({ ...PENDING, lapsesAt: ASKED + hours * HOUR, ...changes }, { askedAt: ASKED });

test.each([
  [24, "not_yet", 2 * HOUR],
  [24, "first", 19.2 * HOUR],
  [24, "last", null],
  // What lapses before three quarters of the reminders would make sense has one.
  [2, "not_yet", 1.6 * HOUR],
  [1, "not_yet", 0.8 * HOUR],
  [1, "last", null],
] as const)("of a wait of %i hours, reminded %s", (hours, reminded, after) => {
  expect(nextReminderAt(waiting(hours, { reminded }))).toBe(after === null ? null : ASKED + after);
});

test.each([
  ["before the first", 24, "not_yet", 2 * HOUR - 1, null],
  ["at the first", 24, "not_yet", 2 * HOUR, "first"],
  ["after the first", 24, "first", 3 * HOUR, null],
  ["at the second", 24, "first", 19.2 * HOUR, "last"],
  ["where nobody was there at either", 24, "not_yet", 20 * HOUR, "last"],
  ["after both", 24, "last", 20 * HOUR, null],
  ["of a short wait", 1, "not_yet", 0.8 * HOUR, "last"],
] as const)("what is due %s", (_when, hours, reminded, after, due) => {
  expect(dueReminder(waiting(hours, { reminded }), ASKED + after)).toBe(due);
});

test("there are two at most, whenever somebody looks", () => {
  const moments = fc.array(fc.integer({ min: 0, max: 24 * HOUR }), { maxLength: 30 });
  fc.assert(
    fc.property(moments, (looks) => {
      let reminded: Pending["reminded"] = "not_yet";
      const sent: string[] = [];
      for (const after of looks.sort((one, other) => one - other)) {
        const due = dueReminder(waiting(24, { reminded }), ASKED + after);
        if (due === null) continue;
        sent.push(due);
        reminded = due;
      }
      expect([[], ["first"], ["first", "last"], ["last"]]).toContainEqual(sent);
    }),
  );
});

describe("its requester has the approvers reminded", () => {
  test("an hour after it was asked, and then once an hour", () => {
    expect(askAgainFrom(waiting(24), ASKED + 1)).toBe(ASKED + HOUR);
    expect(askAgainFrom(waiting(24), ASKED + HOUR)).toBeNull();
    const again = waiting(24, { askedAgainAt: ASKED });
    expect(askAgainFrom(again, ASKED + HOUR - 1)).toBe(ASKED + HOUR);
    expect(askAgainFrom(again, ASKED + HOUR)).toBeNull();
  });

  test("again where the clock was set back, so that what is remembered lies too far ahead", () => {
    expect(askAgainFrom(waiting(24, { askedAgainAt: ASKED + 5 * HOUR }), ASKED)).toBeNull();
  });

  test("only while it waits, in time", () => {
    const asked = askAgain(waiting(24), ASKED + HOUR);
    expect(asked).toMatchObject({ to: { kind: "pending", askedAgainAt: ASKED + HOUR, reminded: "not_yet" } });
    expect(askAgain(waiting(24, { askedAgainAt: ASKED }), ASKED + 5)).toMatchObject({
      code: "reminded_lately",
      about: { from: ASKED + HOUR },
    });
    expect(askAgain(waiting(24), ASKED + 24 * HOUR)).toMatchObject({ code: "lapsed" });
    for (const [kind, request] of Object.entries(REQUESTS))
      if (kind !== "pending") expect(askAgain(request, 5_000)).toMatchObject({ code: "already_decided" });
  });
});
