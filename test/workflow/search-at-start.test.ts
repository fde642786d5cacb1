import type { Attempt } from "../../src/domain/attempt";
import { decideSearchNow } from "../../src/workflow/search-at-start";
import { NO_CHANGE } from "../../src/workflow/step";
import { creating, HOUR, listingMade, NOW, recorded } from "./samples";

/** Given up, and to be looked for in an hour. */
const WAITING = { accessKeyId: null, lease: { holder: "bot/1", until: 0 }, nextAt: NOW + HOUR };
const decide = (attempt: Attempt | null) => decideSearchNow(recorded({ attempt }), NOW);

test("what was given up is looked for at once", () => {
  expect(decide(creating("searching", WAITING))).toEqual({
    kind: "step",
    actorId: "bot",
    attempt: { to: creating("searching", { ...WAITING, nextAt: NOW }) },
  });
});

test.each<[string, Attempt | null]>([
  ["is being looked for by somebody", creating("searching", { ...WAITING, lease: { holder: "x", until: NOW + 1 } })],
  ["is due anyway", creating("searching", { ...WAITING, nextAt: NOW })],
  ["is being made", creating("calling", WAITING)],
  ["is being delivered", creating("delivering", WAITING)],
  ["was found", creating("found", WAITING)],
  ["is a list of what a key has made", listingMade("looking", WAITING)],
  ["is not there", null],
])("what %s is left alone", (_what, attempt) => {
  expect(decide(attempt)).toBe(NO_CHANGE);
});
