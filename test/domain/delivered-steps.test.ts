import type { Delivered, Request } from "../../src/domain/request";
import {
  deliver,
  giveUseBack,
  nameStillOff,
  spendApproval,
  startMaking,
  voidUse,
} from "../../src/domain/request-steps";
import { BY_ANN, REQUESTS, requestIn } from "./samples";

const IN_TIME = 5_000;
const LATE = 10_000;
const DELIVERED = REQUESTS.delivered as Request<Delivered>;
const HOUR = 3_600_000;
const makingUntil = (lapsesAt: number, isExtended = false) =>
  requestIn({ kind: "making", approval: BY_ANN, lapsesAt, isExtended } as const);

describe("a key that is off", () => {
  test.each<[string, left: number, isExtended: boolean, until: { lapsesAt: number; isExtended: boolean }]>([
    ["more than an hour left", 2 * HOUR, false, { lapsesAt: 2 * HOUR, isExtended: false }],
    ["an hour left", HOUR, false, { lapsesAt: HOUR, isExtended: false }],
    ["a moment less left: it has an hour from now on", HOUR - 1, false, { lapsesAt: HOUR, isExtended: true }],
    ["a moment left", 1, false, { lapsesAt: HOUR, isExtended: true }],
    ["the time was over meanwhile", 0, false, { lapsesAt: HOUR, isExtended: true }],
    ["a moment left, of an hour that was given", 1, true, { lapsesAt: 1, isExtended: true }],
    ["most left of an hour that was given", HOUR - 1, true, { lapsesAt: HOUR - 1, isExtended: true }],
  ])("is delivered with %s: %#", (_what, left, isExtended, { lapsesAt, ...extended }) => {
    const step = deliver(makingUntil(IN_TIME + left, isExtended), { accessKeyId: "tid_one", at: IN_TIME });
    expect(step).toEqual({
      kind: "moves",
      to: {
        kind: "delivered",
        approval: BY_ANN,
        lapsesAt: IN_TIME + lapsesAt,
        ...extended,
        accessKeyId: "tid_one",
        at: IN_TIME,
        refusal: null,
        named: "not_yet",
      },
      event: "key.delivered",
    });
  });

  test("uses the approval up where its owner holds the secret", () => {
    expect(spendApproval(DELIVERED, IN_TIME)).toEqual({
      kind: "moves",
      to: { kind: "made", approval: BY_ANN, accessKeyId: "tid_one", at: IN_TIME },
      event: "request.used_up",
    });
  });

  test("gets its approval back where Tigris refused, for no more time, and with the last reminder alone", () => {
    const { to: made } = spendApproval(DELIVERED, IN_TIME);
    const refusal = { tigrisCode: "AccessDenied", at: 6_000 };
    expect(giveUseBack(requestIn(made), refusal, LATE)).toEqual({
      kind: "moves",
      to: {
        kind: "delivered",
        approval: BY_ANN,
        lapsesAt: LATE,
        isExtended: true,
        accessKeyId: "tid_one",
        at: IN_TIME,
        refusal,
        named: "first",
      },
      event: "request.given_back",
    });
  });

  test("ends its request where Tigris can't do it at all", () => {
    const { to: made } = spendApproval(DELIVERED, IN_TIME);
    const to = { kind: "lapsed", why: "all_buckets_refused", approval: BY_ANN, at: 6_000 };
    expect(voidUse(requestIn(made), "all_buckets_refused", 6_000)).toEqual({
      kind: "moves",
      to,
      event: "request.lapsed",
    });
  });

  test.each(["first", "last"] as const)("is named for the %s time, and nothing else about it changes", (named) => {
    expect(nameStillOff(DELIVERED, named)).toEqual({
      kind: "moves",
      to: { ...DELIVERED.state, named },
      event: "request.still_off",
    });
  });

  test("keeps its time where another one takes its place", () => {
    const extended = requestIn({ ...DELIVERED.state, isExtended: true });
    const to = { kind: "making", approval: BY_ANN, lapsesAt: 10_000, isExtended: true };
    expect(startMaking(extended, IN_TIME, true)).toEqual({ kind: "moves", to, event: "attempt.started" });
  });
});
