import type { RequestKind } from "../../src/domain/request";
import { newReview } from "../../src/domain/review";
import { timersOfAttempt, timersOfKey, timersOfRequest } from "../../src/domain/timers";
import { BY_END, BY_OWNER, KEYS, pausedBy } from "../workflow/keys";
import { creating, listingMade, NOW, pausing, switching } from "../workflow/samples";
import { finalEnd, REQUESTS, requestIn } from "./samples";

const LAPSE = { kind: "lapse", dueAt: 10_000 };
const forgetAt = (dueAt: number) => [{ kind: "forget", dueAt }];

const TIMERS: { [Kind in RequestKind]: object[] } = {
  // Its time is short: there is one reminder, when most of it is over.
  pending: [LAPSE, { kind: "remind", dueAt: 8_200 }],
  approved: [LAPSE],
  making: [],
  // Its time is over before ten minutes have passed.
  delivered: [LAPSE],
  made: [],
  denied: forgetAt(2_000),
  cancelled: forgetAt(2_000),
  withdrawn: forgetAt(2_000),
  lapsed: forgetAt(10_000),
  requester_gone: forgetAt(2_000),
};

test.each(Object.values(REQUESTS))("the timers of a request that is $state.kind", (request) => {
  expect(timersOfRequest(request)).toEqual(TIMERS[request.state.kind]);
});

test("a key that is off is named, and goes at the end of its time", () => {
  const { state } = REQUESTS.delivered;
  if (state.kind !== "delivered") throw new Error("another state");
  const lapsesAt = 2_000 + 24 * 3_600_000;
  const timers = (named: typeof state.named) => timersOfRequest(requestIn({ ...state, lapsesAt, named }));
  const lapse = { kind: "lapse", dueAt: lapsesAt };
  expect(timers("not_yet")).toEqual([lapse, { kind: "still_off", dueAt: 602_000 }]);
  expect(timers("first")).toEqual([lapse, { kind: "still_off", dueAt: lapsesAt - 3_600_000 }]);
  expect(timers("last")).toEqual([lapse]);
});

test.each(Object.values(KEYS))(
  "a key that is $state.kind has a time limit only while it is being switched on",
  (key) => {
    const expires = [{ kind: "switch_expires", dueAt: 10_000 }];
    const timers = timersOfKey(key).filter(({ kind }) => kind !== "age");
    expect(timers).toEqual(key.state.kind === "switching_on" ? expires : []);
  },
);

test.each(Object.values(KEYS))(
  "a key that is $state.kind is looked at for its age only while it can be used",
  (key) => {
    const isInUse = key.state.kind === "live" || key.state.kind === "secret_unknown";
    expect(timersOfKey(key).filter(({ kind }) => kind === "age")).toEqual(
      isInUse ? [{ kind: "age", dueAt: 2_000 }] : [],
    );
    const asked = { ...key, age: { ...key.age, asked: 1, firstAt: 5_000, lastAt: 5_000 } };
    const again = [{ kind: "age_again", dueAt: 5_000 + 6.5 * 86_400_000 }];
    expect(timersOfKey(asked).filter(({ kind }) => kind !== "switch_expires")).toEqual(isInUse ? again : []);
  },
);

test.each(Object.values(KEYS))("a key that is $state.kind ends once, unless it goes", (key) => {
  const isGoing = key.state.kind === "deleting" || key.state.kind === "deleted";
  const ends = { kind: "final_end", dueAt: 77_000 };
  const withEnd = { ...key, end: { ...finalEnd(77_000), since: 76_000 } };
  expect(timersOfKey(withEnd).filter(({ kind }) => kind === "final_end")).toEqual(isGoing ? [] : [ends]);
  const endsOf = (one: typeof withEnd | typeof key) => timersOfKey(one).filter(({ kind }) => kind !== "age");
  expect(timersOfKey(pausedBy(withEnd, { holds: [BY_OWNER] }))).toEqual(endsOf(withEnd));
  expect(timersOfKey(pausedBy(withEnd, { holds: [BY_OWNER, BY_END] }))).toEqual(endsOf(key));
});

describe("a request whose glass was broken", () => {
  const open = newReview("C1", 1_500);
  const closed = { ...open, asksAt: null, by: ["UANN", "UBOB"].map((reviewerId) => ({ reviewerId, at: 1_600 })) };

  test.each(Object.values(REQUESTS))("is asked about in every state, as when it is $state.kind", (request) => {
    const asks = timersOfRequest({ ...request, review: open }).filter(({ kind }) => kind === "review");
    expect(asks).toEqual([{ kind: "review", dueAt: 1_500 }]);
  });

  test.each(Object.values(REQUESTS))(
    "has the timers of every other one once that is closed: $state.kind",
    (request) => {
      expect(timersOfRequest({ ...request, review: closed })).toEqual(timersOfRequest(request));
    },
  );

  test.each(Object.values(REQUESTS))("is not forgotten before: $state.kind", (request) => {
    expect(timersOfRequest({ ...request, review: open }).map(({ kind }) => kind)).not.toContain("forget");
  });
});

test.each([
  ["that somebody holds is due when the lease is over", creating("calling"), "recover", NOW + 58_000],
  [
    "that was put off is due after its pause",
    pausing("watching", { lease: { holder: "x", until: 0 }, nextAt: NOW + 99_000 }),
    "recover",
    NOW + 99_000,
  ],
  ["whose pause is longer than its lease", switching("looking", { nextAt: NOW + 70_000 }), "recover", NOW + 70_000],
  [
    "that only looks for what was lost has a kind of its own",
    creating("searching", { lease: { holder: "x", until: 0 }, nextAt: NOW + 99_000 }),
    "search",
    NOW + 99_000,
  ],
  [
    "that lists what a key has made has it too",
    listingMade("looking", { nextAt: NOW + 99_000 }),
    "search",
    NOW + 99_000,
  ],
  ["that is closed is forgotten from now on", pausing("paused"), "forget", NOW + 5],
])("an attempt %s", (_what, attempt, kind, dueAt) => {
  expect(timersOfAttempt(attempt, NOW + 5)).toEqual([{ kind, dueAt }]);
});
