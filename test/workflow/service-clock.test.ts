import { believed, differenceOf } from "../../src/domain/clock-difference";
import { createServiceClock } from "../../src/workflow/service-clock";
import { createManualClock } from "../kit/manual-clock";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 5, 1, 12);
const dateOf = (at: number) => new Date(at).toUTCString();

test.each<[string, Partial<Parameters<typeof differenceOf>[0]>, number | null]>([
  ["the same time", {}, 0],
  ["a service that is ahead", { date: dateOf(NOW + 20 * MINUTE) }, 20 * MINUTE],
  ["a service that is behind", { date: dateOf(NOW - 20 * MINUTE) }, -20 * MINUTE],
  ["no date", { date: null }, null],
  ["an answer out of a cache", { age: "0" }, null],
  ["an answer that took long", { tripMs: 15_001 }, null],
  ["a date that is none", { date: "Mon, 99 Foo 2026 12:00:00 GMT" }, null],
  ["a date in another form", { date: new Date(NOW).toISOString() }, null],
  ["a number", { date: String(NOW) }, null],
])("%s", (_what, answer, difference) => {
  expect(differenceOf({ date: dateOf(NOW), age: null, tripMs: 100, receivedAt: NOW, ...answer })).toBe(difference);
});

test.each<[number, number]>([
  [0, 0],
  [29_999, 0],
  [-29_999, 0],
  [30_000, 30_000],
  [-20 * MINUTE, -20 * MINUTE],
  [24 * HOUR, 24 * HOUR],
  [24 * HOUR + 1, 0],
  [-365 * 24 * HOUR, 0],
])("of a difference of %d ms, %d are taken into account", (difference, taken) => {
  expect(believed(difference)).toBe(taken);
});

function build() {
  const clock = createManualClock(NOW);
  const lines: { event: string }[] = [];
  const note = (fields: { event: string }) => void lines.push(fields);
  const slack = createServiceClock({
    service: "Slack",
    clock,
    whose: "the database server",
    log: { info: note, warn: note },
  });
  const hear = (aheadMs: number) =>
    slack.heard({ date: dateOf(clock.now() + aheadMs), age: null, sentAtMs: clock.monotonicMs() });
  return { clock, slack, hear, lines };
}

test("the newest answer counts, goes on with our clock, and is said when it begins to differ and when it no longer does", () => {
  const { clock, slack, hear, lines } = build();
  expect([slack.differenceMs(), slack.warning()]).toEqual([0, null]);
  hear(15 * MINUTE);
  clock.advance(HOUR);
  expect(slack.now()).toBe(NOW + HOUR + 15 * MINUTE);
  expect(slack.warning()).toBe(
    "The clock of the database server is about 15 min behind Slack's. The bot takes that into account; set it right.",
  );
  hear(15 * MINUTE + 5_000);
  hear(0);
  expect([slack.now(), slack.warning()]).toEqual([clock.now(), null]);
  expect(lines).toEqual([
    { event: "clock.differs", service: "Slack", differenceS: 900, believed: true },
    { event: "clock.agrees", service: "Slack", differenceS: 0 },
  ]);
});

test("more than a day is not believed, but said", () => {
  const { clock, slack, hear } = build();
  hear(-48 * HOUR);
  expect(slack.now()).toBe(clock.now());
  expect(slack.warning()).toContain("too much to be taken into account");
});

test("where our clock was set meanwhile, what was measured before says nothing", () => {
  const { clock, slack, hear } = build();
  hear(20 * MINUTE);
  clock.advance(HOUR);
  expect(slack.isOutdated()).toBe(false);
  clock.set(clock.now() + 20 * MINUTE);
  expect([slack.isOutdated(), slack.differenceMs(), slack.warning()]).toEqual([true, 0, null]);
  hear(0);
  expect(slack.isOutdated()).toBe(false);
});
