import fc from "fast-check";
import { isIn, type Request, type RequestState } from "../../src/domain/request";
import {
  cancel,
  deliver,
  deny,
  endForRequester,
  giveBack,
  giveUseBack,
  isLate,
  lapse,
  type Step,
  spendApproval,
  startMaking,
  voidApproval,
  withdraw,
} from "../../src/domain/request-steps";
import { castVote } from "../../src/domain/vote-steps";
import { BALLOT, REQUESTS } from "./samples";

const steps = {
  approve: (request: Request, at: number) =>
    castVote(request, { ...BALLOT, approverId: "UBOB", at, revealTtlMs: 1_000 }),
  deny: (request: Request, at: number) => deny(request, { approverId: "UBOB", at, reason: "Too much" }),
  cancel,
  withdraw: (request: Request, at: number) => withdraw(request, { approverId: "UBOB", at }),
  startMaking: (request: Request, at: number) => startMaking(request, at),
  remake: (request: Request, at: number) => startMaking(request, at, true),
};
type Verb = keyof typeof steps;

/**
 * Plays random orders of every step. Whatever the order: a key is on at most once, only from an approval that is still
 * good and after its delivery, by somebody else than the requester as long as the caller checks that, and each change has its
 * event.
 */
test("no order of steps uses an approval twice, or switches a key on without a good approval and a delivery", () => {
  const actions = fc.array(fc.record({ verb: fc.constantFrom(...VERBS), wait: fc.integer({ min: 0, max: 3_000 }) }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(actions, (list) => {
      let request: Request = REQUESTS.pending;
      let at = 1_000;
      let extended = 0;
      const events: string[] = [];
      for (const { verb, wait } of list) {
        at += wait;
        const before: Request = request;
        const step = play(before, verb, at);
        if (step?.kind !== "moves") continue;
        events.push(step.event);
        if (step.to.kind === "making" || step.event === "request.used_up") {
          expect(isIn(before, "approved") || isIn(before, "delivered")).toBe(true);
          expect("lapsesAt" in before.state && before.state.lapsesAt).toBeGreaterThan(at);
        }
        if ("approval" in step.to && "approval" in before.state)
          expect(step.to.approval).toEqual(before.state.approval);
        if (step.to.kind === "delivered" && isIn(before, "making") && step.to.isExtended && !before.state.isExtended)
          extended += 1;
        expect(isFinal(before)).toBe(false);
        request = { ...request, state: step.to };
      }
      expect(extended).toBeLessThanOrEqual(1);
      const [approved, delivered, used] = ["request.approved", "key.delivered", "request.used_up"].map((name) =>
        events.indexOf(name),
      );
      if (used !== undefined && used >= 0) {
        expect(approved).toBeGreaterThanOrEqual(0);
        expect(delivered).toBeGreaterThan(approved ?? 0);
        expect(used).toBeGreaterThan(delivered ?? 0);
      }
    }),
  );
});

const VERBS = [
  ...(Object.keys(steps) as Verb[]),
  ...(["deliver", "use", "refuse", "giveBack", "lapse", "void", "end"] as const),
];

/** What a request does at one verb; as the callers do, nothing is used after its time. */
function play(
  request: Request,
  verb: (typeof VERBS)[number],
  at: number,
): Step<RequestState> | { kind: "refused" } | null {
  switch (verb) {
    case "deliver":
      return isIn(request, "making") ? deliver(request, { accessKeyId: "tid_one", at }) : null;
    case "use":
      return isIn(request, "delivered") && !isLate(request, at) ? spendApproval(request, at) : null;
    case "refuse":
      return isIn(request, "made") ? giveUseBack(request, { tigrisCode: "AccessDenied", at }, at + 1_000) : null;
    case "giveBack":
      return isIn(request, "making") ? giveBack(request, { why: "lost", detail: null, at }) : null;
    case "lapse":
      return lapse(request, at);
    case "void":
      return isIn(request, "approved") || isIn(request, "delivered")
        ? voidApproval(request, "approver_lost", at)
        : null;
    case "end":
      return endForRequester(request, at);
    default:
      return steps[verb](request, at);
  }
}

function isFinal({ state }: Request): boolean {
  return !["pending", "approved", "making", "delivered", "made"].includes(state.kind);
}
