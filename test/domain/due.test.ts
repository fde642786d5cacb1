import fc from "fast-check";
import { deletionPauseMs, lookPauseMs, madeListPauseMs, newLease, searchPauseMs } from "../../src/domain/attempt";
import { isDue, isLeaseOver, isOpenTimeOver, MOST_AHEAD_MS } from "../../src/domain/due";
import { CLOCK_STEP_MS, DELETION_PAUSE, LEASE_MS, MESSAGE_PAUSE, SETTLED_AFTER_MS } from "../../src/domain/limits";

const AT = 1_000_000_000;
const HOUR = 3_600_000;

test.each<[string, number, boolean]>([
  ["a lease that has run out", AT, true],
  ["a lease that runs", AT + 1, false],
  ["a lease from this moment", newLease("bot", AT).until, false],
  ["a lease from a moment before the clock was set right by seconds", AT + LEASE_MS + CLOCK_STEP_MS, false],
  ["a lease from before the clock went back by an hour", AT + HOUR, true],
  ["a lease that is a millisecond further ahead than it can be", AT + LEASE_MS + CLOCK_STEP_MS + 1, true],
])("%s is over: %s", (_what, until, over) => {
  expect(isLeaseOver(until, AT)).toBe(over);
});

test("whatever pause an attempt or a message makes, it lasts while the clock only goes on", () => {
  const searches = [...[0, 1, 2, 99].map(searchPauseMs), ...[1, 2, 3].map((lists) => madeListPauseMs(lists) ?? 0)];
  for (const pauseMs of searches) expect(isDue(AT + pauseMs, AT, MOST_AHEAD_MS.search)).toBe(false);
  const looks = [0, 1].map((number) => lookPauseMs(number) ?? 0);
  for (const pauseMs of [...looks, SETTLED_AFTER_MS, deletionPauseMs(1), deletionPauseMs(99), DELETION_PAUSE.mostMs])
    expect(isDue(AT + Math.max(pauseMs, 1), AT, MOST_AHEAD_MS.recover)).toBe(false);
  expect(isDue(AT + MESSAGE_PAUSE.mostMs, AT, MESSAGE_PAUSE.mostMs)).toBe(false);
});

test("however far a clock goes back, a moment is due or lies no further ahead than it could before", () => {
  const moment = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(moment, moment, (moment, at) => {
      if (!isDue(moment, at, HOUR)) expect(moment - at).toBeLessThanOrEqual(HOUR + CLOCK_STEP_MS);
    }),
  );
});

test("an approval is not open for longer than any can be, whatever became of the clock", () => {
  expect(isOpenTimeOver(AT + 30 * 24 * HOUR, AT)).toBe(false);
  expect(isOpenTimeOver(AT + 366 * 24 * HOUR, AT)).toBe(true);
});
