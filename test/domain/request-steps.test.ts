import fc from "fast-check";
import type { RefusalCode } from "../../src/domain/refusal";
import {
  type Approval,
  coverFrom,
  isIn,
  type Request,
  type RequestKind,
  type RequestState,
} from "../../src/domain/request";
import {
  approve,
  cancel,
  deny,
  endForKey,
  endForRequester,
  finishMaking,
  giveBack,
  lapse,
  noteFailure,
  type Step,
  startMaking,
  voidApproval,
  withdraw,
} from "../../src/domain/request-steps";
import { REQUESTS, requestIn } from "./samples";

const IN_TIME = 5_000;
const LATE = 10_000;

const steps = {
  approve: (request: Request, at: number) => approve(request, { approverId: "UBOB", at, revealTtlMs: 1_000 }),
  deny: (request: Request, at: number) => deny(request, { approverId: "UBOB", at, reason: "Too much" }),
  cancel,
  withdraw: (request: Request, at: number) => withdraw(request, { approverId: "UBOB", at }),
  startMaking,
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
    { from: ["pending", "approved"], to: "cancelled", refused: "already_ended", but: { making: "being_made" } },
  ],
  [
    "withdraw",
    {
      from: ["approved"],
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
  const step = approve(REQUESTS.pending, { approverId: "UBOB", at: IN_TIME, revealTtlMs: 700 });
  expect(step).toMatchObject({ to: { lapsesAt: IN_TIME + 700, approval: { by: { approverId: "UBOB" } } } });
});

test("an attempt without a key gives the approval back while there is time, and lapses it afterwards", () => {
  const making = requestIn({ kind: "making", approval: approval(), lapsesAt: 10_000, failure: null });
  const failure = { why: "lost", detail: "timeout" } as const;
  expect(giveBack(making, { ...failure, at: LATE - 1 }).to).toMatchObject({ kind: "approved", lapsesAt: 10_000 });
  expect(giveBack(making, { ...failure, at: LATE }).to).toMatchObject({ kind: "lapsed", why: "unused" });
});

test("what is open lapses at its time; what is being made does not", () => {
  expect(lapse(REQUESTS.pending, LATE - 1)).toBeNull();
  expect(lapse(REQUESTS.pending, LATE)?.to).toMatchObject({ why: "undecided", approval: null });
  expect(lapse(REQUESTS.approved, LATE)?.to).toMatchObject({ why: "unused" });
  expect(lapse(REQUESTS.making, LATE)).toBeNull();
});

test("a request ends with its requester while it is open, but not while its key is being made", () => {
  const gone = { kind: "requester_gone", approval: null };
  expect(endForRequester(REQUESTS.pending, IN_TIME)).toMatchObject({ to: gone, event: "request.requester_gone" });
  expect(endForRequester(REQUESTS.approved, IN_TIME)?.to).toMatchObject({ ...gone, approval: approval() });
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
  for (const kind of ["approved", "making"] as const)
    expect(endForKey(REQUESTS[kind], IN_TIME)?.to).toEqual({ ...gone, approval: approval() });
  for (const kind of ["made", "denied", "cancelled", "withdrawn", "lapsed", "requester_gone"] as const)
    expect(endForKey(REQUESTS[kind], IN_TIME)).toBeNull();
});

test.each<[Verb, RequestKind]>([
  ["cancel", "cancelled"],
  ["withdraw", "withdrawn"],
])("after a failure, %s ends what is only being put right", (verb, kind) => {
  const failure = { why: "lost", detail: null, at: 3_000 } as const;
  const making = requestIn({ kind: "making", approval: approval(), lapsesAt: 10_000, failure });
  expect(steps[verb](making, IN_TIME)).toMatchObject({ kind: "moves", to: { kind }, event: `request.${kind}` });
});

const BY_POLICY = { by: { kind: "policy" }, at: 1_500 } as const;

test("an approval by a person covers further deliveries until its own time is over; one by policy covers none", () => {
  const making = (by: Approval) =>
    requestIn({ kind: "making", approval: by, lapsesAt: 10_000, failure: null } as const);
  expect(coverFrom(making(approval()))).toEqual({ approverId: "UANN", until: 10_000 });
  expect(coverFrom(making(BY_POLICY))).toBeNull();
});

/**
 * Plays random orders of every step. Whatever the order: a key is made at most once, only from an approval that is still
 * good, by somebody else than the requester as long as the caller checks that, and each change has its event.
 */
test("no order of steps makes two keys, or one without a good approval", () => {
  const verbs = ["approve", "deny", "cancel", "withdraw", "startMaking", "finish", "giveBack", "lapse", "void", "end"];
  const actions = fc.array(fc.record({ verb: fc.constantFrom(...verbs), wait: fc.integer({ min: 0, max: 3_000 }) }));
  fc.assert(
    fc.property(actions, (list) => {
      let request: Request = requestIn({ kind: "pending", lapsesAt: 10_000 });
      let at = 1_000;
      let made = 0;
      const events: string[] = [];
      for (const { verb, wait } of list) {
        at += wait;
        const before: Request = request;
        const step = play(before, verb, at);
        if (step?.kind !== "moves") continue;
        events.push(step.event);
        if (step.to.kind === "making" && before.state.kind === "approved") {
          expect(before.state.lapsesAt).toBeGreaterThan(at);
          expect(step.to.approval).toEqual(before.state.approval);
        }
        if (step.to.kind === "made") made += 1;
        expect(isFinal(before)).toBe(false);
        request = { ...request, state: step.to };
      }
      expect(made).toBeLessThanOrEqual(1);
      if (request.state.kind === "made") {
        expect(events).toContain("request.approved");
        expect(events.at(-1)).toBe("key.posted");
      }
    }),
  );
});

function play(request: Request, verb: string, at: number): Step<RequestState> | { kind: "refused" } | null {
  if (verb in steps) return steps[verb as Verb](request, at);
  if (verb === "lapse") return lapse(request, at);
  if (verb === "end") return endForRequester(request, at);
  if (verb === "void") return isIn(request, "approved") ? voidApproval(request, "approver_lost", at) : null;
  if (!isIn(request, "making")) return null;
  if (verb === "finish") return finishMaking(request, { accessKeyId: "tid_one", at });
  const failed = { ...request, state: noteFailure(request, { why: "lost", detail: null, at }).to };
  return giveBack(failed, { why: "lost", detail: null, at });
}

function isFinal(request: Request): boolean {
  return !["pending", "approved", "making"].includes(request.state.kind);
}

function approval() {
  return { by: { kind: "person", approverId: "UANN" }, at: 1_500 } as const;
}
