import fc from "fast-check";
import { nextNine, spreadOf, untilMorning } from "../../src/domain/morning";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (moment: string) => Date.parse(moment);

test.each<[string, string | null, string, string]>([
  ["Berlin, in winter", "Europe/Berlin", "2026-11-27T05:00Z", "2026-11-27T08:00Z"],
  ["at nine itself", "Europe/Berlin", "2026-11-27T08:00Z", "2026-11-27T08:00Z"],
  ["a moment later: the next day", "Europe/Berlin", "2026-11-27T08:00:00.001Z", "2026-11-28T08:00Z"],
  ["the day before summer time begins", "Europe/Berlin", "2026-03-28T09:00Z", "2026-03-29T07:00Z"],
  ["the night in which it begins", "Europe/Berlin", "2026-03-29T00:30Z", "2026-03-29T07:00Z"],
  ["the day before it ends", "Europe/Berlin", "2026-10-24T08:00Z", "2026-10-25T08:00Z"],
  ["the night in which it ends", "Europe/Berlin", "2026-10-25T00:30Z", "2026-10-25T08:00Z"],
  ["New York, over its own end", "America/New_York", "2026-10-31T14:00Z", "2026-11-01T14:00Z"],
  ["Tokyo: a day ahead of UTC's", "Asia/Tokyo", "2026-11-27T23:59Z", "2026-11-28T00:00Z"],
  ["half hours", "Asia/Kathmandu", "2026-11-27T00:00Z", "2026-11-27T03:15Z"],
  ["far behind", "Pacific/Honolulu", "2026-11-27T18:00Z", "2026-11-27T19:00Z"],
  ["far ahead", "Pacific/Kiritimati", "2026-11-27T12:00Z", "2026-11-27T19:00Z"],
  ["no zone: UTC", null, "2026-11-27T05:00Z", "2026-11-27T09:00Z"],
  ["a zone that nobody knows: UTC", "Europe/Atlantis", "2026-11-27T09:01Z", "2026-11-28T09:00Z"],
])("nine o'clock: %s", (_what, timeZone, from, nine) => {
  expect(new Date(nextNine(at(from), timeZone, 0)).toISOString()).toBe(new Date(at(nine)).toISOString());
  expect(nextNine(at(from), timeZone, 0)).toBeLessThanOrEqual(nextNine(at(from), timeZone, HOUR - 1) + DAY);
});

const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Chatham",
  null,
  "no",
];
const moments = fc.integer({ min: at("2024-01-01T00:00Z"), max: at("2030-01-01T00:00Z") });

test("it is always to come, within 26 hours, and between nine and ten there", () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...ZONES), fc.integer({ min: 0, max: HOUR - 1 }), (from, zone, spreadMs) => {
      const next = nextNine(from, zone, spreadMs);
      expect(next).toBeGreaterThanOrEqual(from);
      expect(next - from).toBeLessThanOrEqual(26 * HOUR);
      const timeZone = zone === null || zone === "no" ? "UTC" : zone;
      expect(new Date(next).toLocaleTimeString("sv-SE", { timeZone }).slice(0, 2)).toBe("09");
    }),
  );
});

const BERLIN = { timeZone: "Europe/Berlin", spreadMs: 20 * 60_000 };
const wait = (owed: string, now: string) => untilMorning({ ...BERLIN, owedAt: at(owed), at: at(now) });

test.each([
  ["in the evening: the next morning", "2026-11-26T20:00Z", "2026-11-26T20:00Z", 12 * HOUR + 20 * 60_000],
  ["at their time", "2026-11-26T20:00Z", "2026-11-27T08:20Z", 0],
  ["before it, after nine", "2026-11-26T20:00Z", "2026-11-27T08:05Z", 15 * 60_000],
  ["while Slack had it wait", "2026-11-26T20:00Z", "2026-11-27T10:20Z", 0],
  ["after that: the next morning", "2026-11-26T20:00Z", "2026-11-27T10:20:01Z", 22 * HOUR - 1_000],
  [
    "owed after their time of that day: not on the same day again",
    "2026-11-27T08:21Z",
    "2026-11-27T08:22Z",
    24 * HOUR - 2 * 60_000,
  ],
  ["days late", "2026-11-20T20:00Z", "2026-11-27T20:00Z", 12 * HOUR + 20 * 60_000],
  ["owed by a clock that was set back since", "2026-11-29T08:00Z", "2026-11-27T08:00Z", 20 * 60_000],
])("how long a question waits: %s", (_what, owed, now, ms) => {
  expect(wait(owed, now)).toBe(ms);
});

test("5,000 people are spread over the hour: no minute has twice its part, and everybody keeps their moment", () => {
  const minutes = new Array<number>(60).fill(0);
  for (let person = 0; person < 5_000; person++) {
    const spreadMs = spreadOf(`U0${person.toString(36).toUpperCase().padStart(8, "0")}`);
    expect(spreadMs).toBeGreaterThanOrEqual(0);
    expect(spreadMs).toBeLessThan(HOUR);
    const minute = Math.floor(spreadMs / 60_000);
    minutes[minute] = (minutes[minute] ?? 0) + 1;
  }
  expect(Math.max(...minutes)).toBeLessThan((2 * 5_000) / 60);
  expect(Math.min(...minutes)).toBeGreaterThan(5_000 / 60 / 2);
  expect(spreadOf("UDEV00001")).toBe(spreadOf("UDEV00001"));
});
