import fc from "fast-check";
import { endOfDay } from "../../src/domain/day-end";
import {
  dueEndReminder,
  END_REMINDERS_MS,
  endByPolicy,
  endOf,
  extendedEnd,
  type Life,
  lifeOf,
  newEnd,
  nextOfEnd,
  usualLife,
} from "../../src/domain/key-end";
import { CLOCK_STEP_MS } from "../../src/domain/limits";
import { MAX_LIFE_MS } from "../../src/domain/policy/limits";
import type { Lasts } from "../../src/domain/policy/rule";

const AT = 1_000_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const lasts = (defaultMs: number | null, longestMs: number | null): Lasts => ({ defaultMs, longestMs });
const NONE = lasts(null, null);
const WEEK = lasts(7 * DAY, 30 * DAY);

test.each<[string, Life, Lasts, number | null]>([
  ["for so long", { kind: "lasts", ms: DAY }, WEEK, AT + DAY],
  ["for longer than the policy allows by now", { kind: "lasts", ms: 90 * DAY }, WEEK, AT + 30 * DAY],
  ["until a moment", { kind: "until", at: AT + 3 * DAY }, WEEK, AT + 3 * DAY],
  ["until a moment that is over by now", { kind: "until", at: AT - DAY }, WEEK, AT],
  ["until one that is too far ahead", { kind: "until", at: AT + 99 * DAY }, WEEK, AT + 30 * DAY],
  ["as long as it is wanted", { kind: "open" }, NONE, null],
  ["as long as it is wanted, where that is not allowed by now", { kind: "open" }, WEEK, AT + 7 * DAY],
  ["the same without a default", { kind: "open" }, lasts(null, 30 * DAY), AT + 30 * DAY],
  ["for so long, where nothing is said", { kind: "lasts", ms: 400 * DAY }, NONE, AT + 400 * DAY],
])("a key that is to last %s", (_what, life, allowed, at) => {
  expect(endOf(life, allowed, AT)).toEqual(at === null ? null : newEnd(at, AT));
});

test("what nobody chose is what is usual", () => {
  expect(usualLife(WEEK)).toEqual({ kind: "lasts", ms: 7 * DAY });
  expect(usualLife(lasts(null, DAY))).toEqual({ kind: "lasts", ms: DAY });
  expect(usualLife(NONE)).toEqual({ kind: "open" });
  const now = { at: AT, timeZone: null };
  expect(lifeOf(null, WEEK, now)).toEqual({ kind: "life", life: usualLife(WEEK) });
  expect(lifeOf({ kind: "open" }, WEEK, now)).toMatchObject({
    problem: { code: "life_too_long", longestMs: 30 * DAY },
  });
  expect(lifeOf({ kind: "lasts", ms: 31 * DAY }, WEEK, now)).toMatchObject({ problem: { code: "life_too_long" } });
  expect(lifeOf({ kind: "day", day: "2001-09-08" }, WEEK, now)).toMatchObject({ problem: { code: "day_over" } });
  expect(lifeOf({ kind: "day", day: "2001-09-09" }, WEEK, now)).toMatchObject({ life: { kind: "until" } });
  for (const day of ["2001-02-30", "2001-13-01", "2001-00-10", "0001-01-01"])
    expect(lifeOf({ kind: "day", day }, WEEK, now)).toMatchObject({ problem: { code: "day_over" } });
});

test("no life is so long that its end could not be told from one of before a clock was set back", () => {
  const longestMs = MAX_LIFE_MS;
  const now = { at: AT, timeZone: null };
  const tooLong = { problem: { code: "life_too_long", longestMs } };
  expect(lifeOf({ kind: "day", day: "2099-01-01" }, NONE, now)).toMatchObject(tooLong);
  expect(lifeOf({ kind: "lasts", ms: longestMs + 1 }, NONE, now)).toMatchObject(tooLong);
  expect(endOf({ kind: "until", at: AT + 2 * longestMs }, NONE, AT)).toEqual(newEnd(AT + longestMs, AT));
  expect(extendedEnd(newEnd(AT, AT - 2 * longestMs), NONE, AT)).toEqual(newEnd(AT + longestMs, AT));
});

test("an extension never brings an end nearer", () => {
  const end = newEnd(AT + 7 * DAY, AT);
  expect(extendedEnd(end, lasts(DAY, DAY), AT + HOUR)).toEqual(newEnd(end.at, AT + HOUR));
});

test("a clock that is put right by a little shortens no end", () => {
  const of = (ms: number) => endByPolicy(newEnd(AT + 30 * DAY + ms, AT), WEEK, { graceMs: 7 * DAY, at: AT });
  expect(of(CLOCK_STEP_MS)).toBeNull();
  expect(of(CLOCK_STEP_MS + 1)).toEqual(newEnd(AT + 30 * DAY, AT));
});

test.each([
  ["in UTC", "2026-12-01", null, "2026-12-01T23:59:59.999Z"],
  ["ahead of it", "2026-12-01", "Asia/Tokyo", "2026-12-01T14:59:59.999Z"],
  ["behind it", "2026-12-01", "America/New_York", "2026-12-02T04:59:59.999Z"],
  ["on the day on which summer time ends", "2026-10-25", "Europe/Berlin", "2026-10-25T22:59:59.999Z"],
  ["on the day on which it begins", "2026-03-29", "Europe/Berlin", "2026-03-29T21:59:59.999Z"],
  ["in a zone that is none", "2026-12-01", "Mars/Base", "2026-12-01T23:59:59.999Z"],
])("the end of a day %s", (_where, day, zone, at) => {
  expect(new Date(endOfDay(day, zone) ?? 0).toISOString()).toBe(at);
});

test.each([
  ["30 days", 30 * DAY, [7 * DAY, DAY, HOUR]],
  ["7 days", 7 * DAY, [DAY, HOUR]],
  ["1 day", DAY, [HOUR]],
  ["4 hours", 4 * HOUR, [HOUR]],
  ["1 hour", HOUR, []],
])("a key of %s is reminded of as makes sense, each once", (_what, ms, reminders) => {
  let end = newEnd(AT + ms, AT);
  const told: number[] = [];
  for (;;) {
    const next = nextOfEnd(end, false) ?? 0;
    const due = dueEndReminder(end, next);
    expect(dueEndReminder(end, next - 1)).toBeNull();
    if (due === null) break;
    expect(end.at - next).toBe(due);
    told.push(due);
    end = { ...end, remindedMs: due };
  }
  expect(told).toEqual(reminders);
  expect(nextOfEnd(end, false)).toBe(end.at);
});

test("whoever was down for all of it tells the last reminder alone, and after the end none", () => {
  const end = newEnd(AT + 30 * DAY, AT);
  expect(dueEndReminder(end, end.at - 1)).toBe(HOUR);
  expect(dueEndReminder(end, end.at)).toBeNull();
});

const time = fc.integer({ min: 300_000, max: 3_650 * DAY });
const anyLasts = fc
  .record({ defaultMs: fc.option(time), longestMs: fc.option(time) })
  .filter(({ defaultMs, longestMs }) => longestMs === null || (defaultMs ?? 0) <= longestMs);
const anyEnd = fc
  .record({ lastsMs: time, since: fc.integer({ min: 0, max: AT }) })
  .map((one) => newEnd(one.since + one.lastsMs, one.since));

test("an extension gives no more than the policy allows from the press on or than there is, and never less than an hour unless that is all", () => {
  fc.assert(
    fc.property(anyEnd, anyLasts, (end, allowed) => {
      const extended = extendedEnd(end, allowed, AT);
      expect(extended.at - AT).toBeLessThanOrEqual(Math.max(end.at - AT, allowed.longestMs ?? MAX_LIFE_MS));
      expect(extended.at - AT).toBeGreaterThanOrEqual(Math.min(HOUR, allowed.longestMs ?? HOUR));
      expect(extended).toMatchObject({ since: AT, remindedMs: null, deletesAt: null });
    }),
  );
});

test("a policy never ends a key before a grace is over, never moves an end away, and leaves alone what it allows", () => {
  fc.assert(
    fc.property(fc.option(anyEnd), anyLasts, time, (end, allowed, graceMs) => {
      const given = endByPolicy(end, allowed, { graceMs, at: AT });
      if (allowed.longestMs === null) expect(given).toBeNull();
      if (given === null) return;
      expect(given.at).toBeGreaterThanOrEqual(AT + graceMs);
      if (end !== null) expect(given.at).toBeLessThan(end.at);
      expect(endByPolicy(given, allowed, { graceMs, at: AT })).toBeNull();
    }),
  );
});

test("no reminder comes after another one that is nearer to the end", () => {
  fc.assert(
    fc.property(
      anyEnd,
      fc.integer({ min: 0, max: 3_650 * DAY }),
      fc.option(fc.constantFrom(...END_REMINDERS_MS)),
      (end, beforeMs, remindedMs) => {
        const due = dueEndReminder({ ...end, remindedMs }, end.at - beforeMs);
        if (due !== null && remindedMs !== null) expect(due).toBeLessThan(remindedMs);
        if (due !== null) expect(beforeMs).toBeLessThanOrEqual(due);
      },
    ),
  );
});
