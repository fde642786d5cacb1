import { LEASE_MS } from "../../src/domain/limits";
import type { RefusalCode } from "../../src/domain/refusal";
import type { RequestKind, RequestState } from "../../src/domain/request";
import { decideReveal } from "../../src/workflow/reveal";
import { BY_ANN, REQUESTS, requestIn, SECRETS } from "../domain/samples";
import { DROPPED, KEYS } from "./keys";
import { IN_TIME, LATE, recorded } from "./samples";

const CLICK = {
  names: { id: "attempt-9", leaseHolder: "bot/9" },
  actorId: "UDEV",
  clickId: "click-9",
  inPlaceOf: null,
  isRepeated: false,
  first: null,
  at: IN_TIME,
};

const TABLE: { [Kind in RequestKind]: "making" | RefusalCode } = {
  pending: "not_approved",
  approved: "making",
  making: "being_made",
  delivered: "secret_shown",
  made: "already_made",
  denied: "not_approved",
  cancelled: "not_approved",
  withdrawn: "not_approved",
  lapsed: "not_approved",
  requester_gone: "not_approved",
};
const ROWS = Object.values(REQUESTS).map((request) => ({
  request,
  from: request.state.kind,
  ends: TABLE[request.state.kind],
}));

test.each(ROWS)("Reveal on what is $from: $ends", ({ request, ends }) => {
  const decided = decideReveal(recorded({ request }), CLICK);
  if (ends === "making") expect(decided).toMatchObject({ kind: "step", request: { to: { kind: "making" } } });
  else expect(decided).toMatchObject({ kind: "refused", code: ends, about: { request } });
});

test.each(ROWS)("the same click again begins nothing, on what is $from", ({ request }) => {
  const again = decideReveal(recorded({ request }), { ...CLICK, isRepeated: true });
  expect(again).toEqual({ kind: "refused", code: "same_click", about: { keyName: "deploy" } });
});

test("the approval is used together with the intent: attempt, lease, click and event in one step", () => {
  expect(decideReveal(recorded({ request: REQUESTS.approved }), CLICK)).toEqual({
    kind: "step",
    actorId: "UDEV",
    request: {
      kind: "moves",
      to: { kind: "making", approval: BY_ANN, lapsesAt: LATE, isExtended: false },
      event: "attempt.started",
      attempts: 1,
    },
    attempt: {
      clickId: "click-9",
      to: {
        id: "attempt-9",
        requestId: "request-1",
        accessKeyId: null,
        actorId: "UDEV",
        startedAt: IN_TIME,
        lease: { holder: "bot/9", until: IN_TIME + LEASE_MS },
        nextAt: IN_TIME,
        tries: 0,
        alerted: false,
        work: { kind: "create", number: 1, tigrisName: "deploy-K7QM2XAB", phase: "calling" },
      },
    },
  });
});

test.each([
  [0, 1, "deploy-K7QM2XAB"],
  [1, 2, "deploy-K7QM2XAB-2"],
  [9, 10, "deploy-K7QM2XAB-10"],
])("after %d attempts comes number %d, whose key is called %s", (attempts, number, tigrisName) => {
  const request = requestIn(REQUESTS.approved.state, { attempts });
  expect(decideReveal(recorded({ request }), CLICK)).toMatchObject({
    request: { attempts: number },
    attempt: { to: { work: { number, tigrisName } } },
  });
});

test("a new attempt forgets why the last one failed", () => {
  const failure = { why: "lost", detail: "timeout", at: 3_000 } as const;
  const request = requestIn({ kind: "approved", approval: BY_ANN, lapsesAt: LATE, isExtended: true, failure });
  const making = { kind: "making", approval: BY_ANN, lapsesAt: LATE, isExtended: true };
  const decided = decideReveal(recorded({ request }), CLICK);
  expect(decided.kind === "step" && decided.request.to).toEqual(making);
});

test("an approval is used before it lapses, not at that moment", () => {
  const at = (moment: number) => decideReveal(recorded({ request: REQUESTS.approved }), { ...CLICK, at: moment });
  expect(at(LATE - 1).kind).toBe("step");
  expect(at(LATE)).toMatchObject({ kind: "refused", code: "lapsed" });
});

test("there is no key without a request", () => {
  expect(decideReveal(recorded({}), CLICK)).toMatchObject({ kind: "refused", code: "unknown_request" });
});

describe("of a request for a new secret", () => {
  test.each<[keyof typeof KEYS, "rotating" | RefusalCode]>([
    ["live", "rotating"],
    ["secret_unknown", "rotating"],
    ["rotating", "key_rotating"],
    ["off", "key_off"],
    ["switching_on", "key_switching_on"],
    ["deleting", "key_deleting"],
    ["deleted", "already_deleted"],
  ])("Reveal, while its key is %s: %s", (kind, ends) => {
    const decided = decideReveal(recorded({ request: SECRETS.approved, key: KEYS[kind] }), CLICK);
    if (ends === "rotating")
      expect(decided).toMatchObject({
        request: { to: { kind: "making" } },
        key: { to: { kind: "rotating", before: KEYS[kind].state } },
      });
    else expect(decided).toMatchObject({ kind: "refused", code: ends, about: { keyName: "deploy" } });
  });

  test.each(Object.values(SECRETS).map((request) => ({ request, from: request.state.kind })))(
    "Reveal on what is $from is taken as for a key",
    ({ request, from }) => {
      const decided = decideReveal(recorded({ request, key: KEYS.live }), CLICK);
      if (TABLE[from] === "making")
        expect(decided).toMatchObject({ kind: "step", request: { to: { kind: "making" } } });
      else expect(decided).toEqual({ kind: "refused", code: TABLE[from], about: expect.objectContaining({ request }) });
    },
  );

  test("the approval is used together with the intent to rotate the key, in one step", () => {
    expect(decideReveal(recorded({ request: SECRETS.approved, key: KEYS.live }), CLICK)).toEqual({
      kind: "step",
      actorId: "UDEV",
      request: {
        kind: "moves",
        to: { kind: "making", approval: BY_ANN, lapsesAt: LATE, isExtended: false },
        event: "attempt.started",
        attempts: 1,
      },
      key: { kind: "moves", to: { kind: "rotating", before: KEYS.live.state }, event: "key.rotation_started" },
      attempt: {
        clickId: "click-9",
        to: {
          id: "attempt-9",
          requestId: "request-2",
          accessKeyId: "tid_one",
          actorId: "UDEV",
          startedAt: IN_TIME,
          lease: { holder: "bot/9", until: IN_TIME + LEASE_MS },
          nextAt: IN_TIME,
          tries: 0,
          alerted: false,
          work: { kind: "rotate", phase: "calling" },
        },
      },
    });
  });

  test("the same click again begins nothing, and without its key there is nothing to begin", () => {
    const held = recorded({ request: SECRETS.approved, key: KEYS.live });
    expect(decideReveal(held, { ...CLICK, isRepeated: true })).toMatchObject({ code: "same_click" });
    expect(decideReveal(recorded({ request: SECRETS.approved }), CLICK)).toMatchObject({ code: "unknown_key" });
  });
});

describe("New secret of a key that is off", () => {
  const AGAIN = { ...CLICK, inPlaceOf: "delivery-1" };
  const delivered = recorded({ request: { ...REQUESTS.delivered, attempts: 1 }, key: KEYS.off });

  test("makes another key, and the old one goes, in one step", () => {
    const step = decideReveal(delivered, AGAIN);
    expect(step).toMatchObject({
      kind: "step",
      actorId: "UDEV",
      request: { to: { kind: "making", approval: BY_ANN, lapsesAt: LATE, isExtended: false }, attempts: 2 },
      key: { to: { kind: "deleting", byId: null, why: "never_on", at: IN_TIME }, event: "key.dropped" },
      attempt: {
        clickId: "click-9",
        to: {
          accessKeyId: null,
          work: { kind: "create", number: 2, tigrisName: "deploy-K7QM2XAB-2", phase: "calling" },
        },
      },
    });
  });

  test("gives no more time than there was", () => {
    const { state } = REQUESTS.delivered;
    const request = requestIn({ ...state, isExtended: true } as RequestState);
    expect(decideReveal(recorded({ request, key: KEYS.off }), AGAIN)).toMatchObject({
      request: { to: { lapsesAt: LATE, isExtended: true } },
    });
  });

  test("by the button of an older delivery changes nothing", () => {
    const older = decideReveal(delivered, { ...AGAIN, inPlaceOf: "delivery-0" });
    expect(older).toEqual({ kind: "refused", code: "older_secret", about: { keyName: "deploy" } });
  });

  test("by the button of Reveal changes nothing: its secret was shown", () => {
    expect(decideReveal(delivered, CLICK)).toMatchObject({ kind: "refused", code: "secret_shown" });
  });

  test.each([
    ["being switched on", KEYS.switching_on],
    ["on", KEYS.live],
  ])("changes nothing on a key that is %s by now", (_what, key) => {
    expect(decideReveal(recorded({ request: REQUESTS.made, key }), AGAIN)).toMatchObject({ code: "already_made" });
  });

  test("changes nothing once the time is over, or at a second press", () => {
    expect(decideReveal(delivered, { ...AGAIN, at: LATE })).toMatchObject({ code: "lapsed" });
    expect(decideReveal(delivered, { ...AGAIN, isRepeated: true })).toMatchObject({ code: "same_click" });
    const making = recorded({ request: REQUESTS.making, key: DROPPED });
    expect(decideReveal(making, AGAIN)).toMatchObject({ code: "being_made" });
  });

  test("whose delivery is gone meanwhile, the approval is used as by Reveal", () => {
    const step = decideReveal(recorded({ request: REQUESTS.approved, key: DROPPED }), AGAIN);
    expect(step).toMatchObject({ kind: "step", request: { to: { kind: "making" } } });
    expect(step).not.toHaveProperty("key");
  });
});
