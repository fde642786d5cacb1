import type { RefusalCode } from "../../src/domain/refusal";
import type { RequestKind } from "../../src/domain/request";
import { decideVerdict, type Verdict } from "../../src/workflow/decide";
import { REQUESTS, requestIn } from "../domain/samples";
import { IN_TIME, LATE, recorded } from "./samples";

const BY_BOB = { approverId: "UBOB", at: IN_TIME };
const VERDICTS: Verdict[] = [
  { kind: "approved", revealTtlMs: 700 },
  { kind: "denied", reason: "Use Editor" },
  { kind: "withdrawn" },
];
const [APPROVED, DENIED, WITHDRAWN] = VERDICTS as [Verdict, Verdict, Verdict];

/** What each verdict does, or why it does not. */
type Ends = [
  approved: RequestKind | RefusalCode,
  denied: RequestKind | RefusalCode,
  withdrawn: RequestKind | RefusalCode,
];
const TABLE: { [Kind in RequestKind]: Ends } = {
  pending: ["approved", "denied", "not_approved"],
  approved: ["already_decided", "already_decided", "withdrawn"],
  making: ["already_decided", "already_decided", "past_withdrawal"],
  made: ["already_decided", "already_decided", "past_withdrawal"],
  denied: ["already_decided", "already_decided", "not_approved"],
  cancelled: ["already_decided", "already_decided", "not_approved"],
  withdrawn: ["already_decided", "already_decided", "not_approved"],
  lapsed: ["already_decided", "already_decided", "not_approved"],
  requester_gone: ["already_decided", "already_decided", "not_approved"],
};

const ROWS = Object.values(REQUESTS).flatMap((request) =>
  VERDICTS.map((verdict, index) => ({
    request,
    verdict,
    from: request.state.kind,
    said: verdict.kind,
    ends: TABLE[request.state.kind][index],
  })),
);

test.each(ROWS)("what is $from and then $said: $ends", ({ request, verdict, ends }) => {
  const decided = decideVerdict(recorded({ request }), verdict, BY_BOB);
  if (decided.kind === "refused") expect(decided).toEqual({ kind: "refused", code: ends, about: { request } });
  else {
    const say = { kind: "done", code: verdict.kind, about: { keyName: "deploy", requesterId: "UDEV" } };
    const moved = { kind: "moves", to: expect.objectContaining({ kind: ends }), event: `request.${verdict.kind}` };
    expect(decided).toEqual({ kind: "step", actorId: "UBOB", request: moved, say });
  }
});

test("an approval names its approver and its time limit", () => {
  expect(decideVerdict(recorded({ request: REQUESTS.pending }), APPROVED, BY_BOB)).toMatchObject({
    request: { to: { approval: { by: { approverId: "UBOB" }, at: IN_TIME }, lapsesAt: IN_TIME + 700, failure: null } },
  });
});

test("a denial keeps its reason, a withdrawal the approval that it takes back", () => {
  expect(decideVerdict(recorded({ request: REQUESTS.pending }), DENIED, BY_BOB)).toMatchObject({
    request: { to: { kind: "denied", approverId: "UBOB", reason: "Use Editor", at: IN_TIME } },
  });
  expect(decideVerdict(recorded({ request: REQUESTS.approved }), WITHDRAWN, BY_BOB)).toMatchObject({
    request: { to: { approverId: "UBOB", approval: { by: { approverId: "UANN" } } } },
  });
});

test.each([
  ["approved", APPROVED, "denied", DENIED],
  ["approved", APPROVED, "approved", APPROVED],
  ["denied", DENIED, "approved", APPROVED],
  ["denied", DENIED, "denied", DENIED],
])("who comes second learns who won: %s by Ann, then %s by Bob", (won, first, _lost, second) => {
  const byAnn = decideVerdict(recorded({ request: REQUESTS.pending }), first, { approverId: "UANN", at: IN_TIME });
  if (byAnn.kind === "refused") throw new Error("Ann was first");
  const request = requestIn(byAnn.request.to, { version: 2 });
  const code = "already_decided";
  expect(decideVerdict(recorded({ request }), second, BY_BOB)).toEqual({ kind: "refused", code, about: { request } });
  expect(request.state.kind).toBe(won);
  expect(JSON.stringify(request.state)).toContain("UANN");
});

test.each([
  ["approved", REQUESTS.pending, APPROVED],
  ["denied", REQUESTS.pending, DENIED],
  ["withdrawn", REQUESTS.approved, WITHDRAWN],
])("what has lapsed is not %s", (_what, request, verdict) => {
  const late = decideVerdict(recorded({ request }), verdict, { ...BY_BOB, at: LATE });
  expect(late).toMatchObject({ kind: "refused", code: "lapsed" });
});

test.each(VERDICTS)("no request is none that can be $kind", (verdict) => {
  expect(decideVerdict(recorded({}), verdict, BY_BOB)).toMatchObject({ kind: "refused", code: "unknown_request" });
});
