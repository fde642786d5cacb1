import type { RefusalCode } from "../../src/domain/refusal";
import { type Approval, coverFrom, type Request, type RequestKind } from "../../src/domain/request";
import {
  cancel,
  deny,
  endForKey,
  endForRequester,
  finishMaking,
  giveBack,
  lapse,
  startMaking,
  withdraw,
} from "../../src/domain/request-steps";
import { castVote } from "../../src/domain/vote-steps";
import { BALLOT, BY_ANN, BY_POLICY, coverBy, REQUESTS, requestIn } from "./samples";

const IN_TIME = 5_000;
const LATE = 10_000;

const steps = {
  approve: (request: Request, at: number) => castVote(request, { ...BALLOT, approverId: "UBOB", at }),
  deny: (request: Request, at: number) => deny(request, { approverId: "UBOB", at, reason: "Too much" }),
  cancel,
  withdraw: (request: Request, at: number) => withdraw(request, { approverId: "UBOB", at }),
  startMaking: (request: Request, at: number) => startMaking(request, at),
  remake: (request: Request, at: number) => startMaking(request, at, true),
};
type Verb = keyof typeof steps;

type Rule = {
  from: RequestKind[];
  to: RequestKind;
  /** How every other state is refused, but for those that have a code of their own. */
  refused: RefusalCode;
  but?: { [Kind in RequestKind]?: RefusalCode };
};

describe.each<[Verb, Rule]>([
  ["approve", { from: ["pending"], to: "approved", refused: "already_decided" }],
  ["deny", { from: ["pending"], to: "denied", refused: "already_decided" }],
  [
    "cancel",
    {
      from: ["pending", "approved", "delivered"],
      to: "cancelled",
      refused: "already_ended",
      but: { making: "being_made" },
    },
  ],
  [
    "withdraw",
    {
      from: ["approved", "delivered"],
      to: "withdrawn",
      refused: "not_approved",
      but: { making: "past_withdrawal", made: "past_withdrawal" },
    },
  ],
  [
    "startMaking",
    {
      from: ["approved"],
      to: "making",
      refused: "not_approved",
      but: { making: "being_made", made: "already_made", delivered: "secret_shown" },
    },
  ],
  [
    "remake",
    {
      from: ["approved", "delivered"],
      to: "making",
      refused: "not_approved",
      but: { making: "being_made", made: "already_made" },
    },
  ],
])("%s", (verb, { from, to, refused, but }) => {
  test.each(Object.values(REQUESTS))("on a request that is $state.kind", (request) => {
    const { kind } = request.state;
    const step = steps[verb](request, IN_TIME);
    if (from.includes(kind)) expect(step).toMatchObject({ kind: "moves", to: { kind: to } });
    else expect(step).toMatchObject({ kind: "refused", code: but?.[kind] ?? refused, about: { request } });
  });

  test("not at the moment at which the request lapses, nor later", () => {
    for (const kind of from) {
      expect(steps[verb](REQUESTS[kind], LATE)).toMatchObject({ kind: "refused", code: "lapsed" });
      expect(steps[verb](REQUESTS[kind], LATE - 1).kind).toBe("moves");
    }
  });
});

test("an approval can be used from its own moment on", () => {
  const step = castVote(REQUESTS.pending, { ...BALLOT, approverId: "UBOB", at: IN_TIME });
  expect(step).toMatchObject({
    to: { lapsesAt: IN_TIME + 700, approval: { by: { votes: [{ approverId: "UBOB" }] } } },
  });
});

test("an attempt without a key gives the approval back while there is time, and lapses it afterwards", () => {
  const making = makingBy(approval());
  const failure = { why: "lost", detail: "timeout" } as const;
  expect(giveBack(making, { ...failure, at: LATE - 1 }).to).toEqual({
    kind: "approved",
    approval: approval(),
    lapsesAt: 10_000,
    isExtended: false,
    failure: { ...failure, at: LATE - 1 },
  });
  expect(giveBack(making, { ...failure, at: LATE }).to).toMatchObject({ kind: "lapsed", why: "unused" });
});

test("what is open lapses at its time; what is being made does not", () => {
  expect(lapse(REQUESTS.pending, LATE - 1)).toBeNull();
  expect(lapse(REQUESTS.pending, LATE)?.to).toMatchObject({ why: "undecided", approval: null });
  expect(lapse(REQUESTS.approved, LATE)?.to).toMatchObject({ why: "unused" });
  expect(lapse(REQUESTS.delivered, LATE - 1)).toBeNull();
  expect(lapse(REQUESTS.delivered, LATE)?.to).toMatchObject({ why: "unused", approval: approval() });
  expect(lapse(REQUESTS.making, LATE)).toBeNull();
  expect(lapse(REQUESTS.made, LATE)).toBeNull();
});

test("a request ends with its requester while it is open, but not while its key is being made", () => {
  const gone = { kind: "requester_gone", approval: null };
  expect(endForRequester(REQUESTS.pending, IN_TIME)).toMatchObject({ to: gone, event: "request.requester_gone" });
  for (const kind of ["approved", "delivered"] as const)
    expect(endForRequester(REQUESTS[kind], IN_TIME)?.to).toMatchObject({ ...gone, approval: approval() });
  for (const kind of ["making", "made", "denied", "lapsed", "requester_gone"] as const)
    expect(endForRequester(REQUESTS[kind], IN_TIME)).toBeNull();
});

test("a key that is gone ends whatever is open about it, with the approval that it had", () => {
  const gone = { kind: "lapsed", why: "key_gone", at: IN_TIME };
  expect(endForKey(REQUESTS.pending, IN_TIME)).toEqual({
    kind: "moves",
    to: { ...gone, approval: null },
    event: "request.lapsed",
  });
  for (const kind of ["approved", "making", "delivered"] as const)
    expect(endForKey(REQUESTS[kind], IN_TIME)?.to).toEqual({ ...gone, approval: approval() });
  for (const kind of ["made", "denied", "cancelled", "withdrawn", "lapsed", "requester_gone"] as const)
    expect(endForKey(REQUESTS[kind], IN_TIME)).toBeNull();
});

test("an approval by a person covers further deliveries until its own time is over; one by policy covers none", () => {
  expect(coverFrom(makingBy(approval()))).toEqual(coverBy("UANN", 10_000));
  expect(coverFrom(makingBy(BY_POLICY))).toBeNull();
});

test("a new secret that was posted is what its request asked for", () => {
  expect(finishMaking(makingBy(approval()), { accessKeyId: "tid_one", at: IN_TIME })).toEqual({
    kind: "moves",
    to: { kind: "made", approval: approval(), accessKeyId: "tid_one", at: IN_TIME },
    event: "key.posted",
  });
});

function makingBy(by: Approval) {
  return requestIn({ kind: "making", approval: by, lapsesAt: 10_000, isExtended: false } as const);
}

function approval() {
  return BY_ANN;
}
