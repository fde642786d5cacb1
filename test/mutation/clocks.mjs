import { of } from "./of.mjs";

/** Rules about clocks that are off, and about lists of Tigris's that are not what they look like. */

const CLOCK = "test/workflow/service-clock";
const ORGANIZATION = "test/organization";

/** @type {import("./mutations.mjs").Mutation[]} */
export const CLOCKS = [
  ...of("src/domain/due.ts", "test/domain/due", [
    ["what lies further ahead than it can is due", " || moment > tooFarAhead(at, mostMs)"],
    ["small steps of a clock end no lease", "at + mostMs + CLOCK_STEP_MS", "at + mostMs"],
  ]),
  ...of("src/store/timers.ts", "test/store/timers", [
    ["a timer that lies too far ahead is taken", "due.length < limit\n", "due.length < 0\n", "set back"],
  ]),
  ...of("src/slack/interaction/person-rate-limit.ts", "test/e2e/clock-back", [
    ["people are paced by monotonic time", "parts.clock.monotonicMs()", "parts.clock.now()", "who was busy"],
  ]),
  ...of("src/slack/clients/group-rate-limit.ts", "test/e2e/clock-back", [
    ["groups are asked about by monotonic time", "clock.monotonicMs()", "clock.now()", "groups"],
  ]),
  ...of("src/domain/clock-difference.ts", CLOCK, [
    ["more than a day is not believed", " || size > MOST_CLOCK_DIFFERENCE_MS"],
    ["an answer out of a cache says nothing of the time", "age !== null || "],
    ["a slow answer says nothing of the time", "tripMs > SLOW_ANSWER_MS || "],
  ]),
  ...of("src/workflow/service-clock.ts", CLOCK, [
    [
      "what was measured before our clock was set is forgotten",
      "last === null || isOutdated() ? 0",
      "last === null ? 0",
    ],
  ]),
  ...of("src/slack/transport/http.ts", "test/e2e/clock-off", [
    [
      "signatures are held against Slack's time",
      "read(request, slackTime.now())",
      "read(request, clock.now())",
      "window",
    ],
  ]),
  ...of("src/tigris/clients.ts", "test/e2e/clock-off", [
    ["calls are signed by Tigris's time", "tigrisTime.now() - Date.now()", "0", "first Reveal"],
  ]),
  ...of("src/tigris/listed-key.ts", "test/tigris/stand-in", [
    ["the age of a key is told by our clock", "createdAtMs - differenceMs", "createdAtMs", "minutes off"],
  ]),
  ...of("src/tigris/list-keys.ts", "test/tigris/list-keys", [
    [
      "a page that is too large is asked for again smaller",
      "size = Math.floor(size / 2);",
      'return unavailable("too_large");',
      "too large",
    ],
  ]),
  ...of("src/organization.ts", ORGANIZATION, [
    ["a name that was never seen proves nothing", 'if (both.length === 0) return { reason: "nothing_to_compare" };'],
    ["sources that disagree say nothing", 'fitting === 0 ? "other" : { reason: "sources_disagree" }', '"same"'],
  ]),
  ...of("src/organization.ts", "test/e2e/odd-lists", [
    ["a revoked key is noticed", 'looked.kind === "works" ? checked', "looked ? checked", "revoked"],
  ]),
];
