import fc from "fast-check";
import { isIn, type Request, type RequestState } from "../../src/domain/request";
import {
  approve,
  cancel,
  deny,
  end,
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

describe.each<[Verb, { from: RequestState["kind"][]; to: RequestState["kind"] }]>([
  ["approve", { from: ["pending"], to: "approved" }],
  ["deny", { from: ["pending"], to: "denied" }],
  ["cancel", { from: ["pending", "approved"], to: "cancelled" }],
  ["withdraw", { from: ["approved"], to: "withdrawn" }],
  ["startMaking", { from: ["approved"], to: "making" }],
])("%s", (verb, { from, to }) => {
  test.each(Object.entries(REQUESTS))("on a request that is %s", (kind, request) => {
    const step = steps[verb](request, IN_TIME);
    if (from.some((state) => state === kind)) expect(step).toMatchObject({ kind: "moves", to: { kind: to } });
    else {
      expect(step.kind).toBe("refused");
      expect(step).toMatchObject({ sentence: expect.any(Array) });
    }
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
  expect(end(REQUESTS.pending, IN_TIME)?.to).toMatchObject({ kind: "ended", approval: null });
  expect(end(REQUESTS.approved, IN_TIME)?.to).toMatchObject({ kind: "ended", approval: approval() });
  for (const kind of ["making", "made", "denied", "lapsed", "ended"] as const)
    expect(end(REQUESTS[kind], IN_TIME)).toBeNull();
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
  if (verb === "end") return end(request, at);
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
