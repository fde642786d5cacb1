import fc from "fast-check";
import { durationWords } from "../../../src/slack/words/duration";

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

test.each([
  [SECOND, "1 second"],
  [90 * SECOND, "90 seconds"],
  [MINUTE, "1 minute"],
  [5 * MINUTE, "5 minutes"],
  [301 * SECOND, "5 minutes and 1 second"],
  [90 * MINUTE, "90 minutes"],
  [HOUR, "1 hour"],
  [36 * HOUR, "36 hours"],
  [100 * HOUR, "4 days and 4 hours"],
  [DAY, "1 day"],
  [DAY + SECOND, "1 day and 1 second"],
  [3 * DAY + 2 * HOUR + 59 * MINUTE + 3 * SECOND, "3 days, 2 hours, 59 minutes and 3 seconds"],
  [30 * DAY, "30 days"],
  [3_650 * DAY, "3650 days"],
])("%d ms: %s", (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});

const UNITS: Record<string, number> = { second: SECOND, minute: MINUTE, hour: HOUR, day: DAY };

test("whatever a policy says, it is said to the second", () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 3_650 * 86_400 }), (seconds) => {
      const said = [...durationWords(seconds * SECOND).matchAll(/(\d+) (second|minute|hour|day)s?/g)];
      const ms = said.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? Number.NaN), 0);
      expect(ms).toBe(seconds * SECOND);
    }),
    { seed: 14, numRuns: 1_000 },
  );
});
