import type { RefusalCode } from "../../src/domain/refusal";
import type { RequestKind } from "../../src/domain/request";
import { decideVerdict, type Verdict } from "../../src/workflow/decide";
import { BALLOT, REQUESTS, RULING, requestIn, voteOf } from "../domain/samples";
import { KEYS } from "./keys";
import { IN_TIME, LATE, recorded } from "./samples";

const BY_BOB = { approverId: "UBOB", at: IN_TIME };
const VERDICTS: Verdict[] = [
  { kind: "approved", ...BALLOT },
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
  delivered: ["already_decided", "already_decided", "withdrawn"],
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
    const say = { kind: "done", code: verdict.kind, about: expect.objectContaining({ keyName: "deploy" }) };
    const moved = {
      kind: "moves",
      to: expect.objectContaining({ kind: ends }),
      event: `request.${verdict.kind}`,
      ...(verdict.kind === "approved" ? { outcome: "approved by admin" } : {}),
    };
    expect(decided).toEqual({ kind: "step", actorId: "UBOB", request: moved, say });
  }
});

test("an approval with less says so in the record of events, and never gives more", () => {
  const access = { permission: "Editor", buckets: { kind: "named", names: ["builds"] } } as const;
  const less: Verdict = { kind: "approved", ...BALLOT, less: access };
  expect(decideVerdict(recorded({ request: REQUESTS.pending }), less, BY_BOB)).toEqual({
    kind: "step",
    actorId: "UBOB",
    request: {
      kind: "moves",
      event: "request.approved",
      outcome: "with_less by everything else",
      to: expect.objectContaining({
        kind: "approved",
        approval: {
          by: { kind: "people", votes: [voteOf("UBOB", IN_TIME, [])], access },
          at: IN_TIME,
          ruling: { ...RULING, rules: ["everything else"] },
          isAnew: false,
        },
      }),
    },
    say: { kind: "done", code: "approved_with_less", about: { keyName: "deploy", requesterId: "UDEV" } },
  });
  const asked = { ...REQUESTS.pending.asked, access };
  const request = requestIn(REQUESTS.pending.state, { asked });
  expect(decideVerdict(recorded({ request }), less, BY_BOB)).toMatchObject({ kind: "refused", code: "not_less" });
});

test("an approval names its approver and its time limit", () => {
  expect(decideVerdict(recorded({ request: REQUESTS.pending }), APPROVED, BY_BOB)).toMatchObject({
    request: {
      to: {
        approval: { by: { votes: [{ approverId: "UBOB" }] }, at: IN_TIME },
        lapsesAt: IN_TIME + 700,
        isExtended: false,
        failure: null,
      },
    },
  });
});

test("a denial keeps its reason, a withdrawal the approval that it takes back", () => {
  expect(decideVerdict(recorded({ request: REQUESTS.pending }), DENIED, BY_BOB)).toMatchObject({
    request: { to: { kind: "denied", approverId: "UBOB", reason: "Use Editor", at: IN_TIME } },
  });
  expect(decideVerdict(recorded({ request: REQUESTS.approved }), WITHDRAWN, BY_BOB)).toMatchObject({
    request: { to: { approverId: "UBOB", approval: { by: { votes: [{ approverId: "UANN" }] } } } },
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
  ["withdrawn after its secret was shown", REQUESTS.delivered, WITHDRAWN],
])("what has lapsed is not %s", (_what, request, verdict) => {
  const late = decideVerdict(recorded({ request }), verdict, { ...BY_BOB, at: LATE });
  expect(late).toMatchObject({ kind: "refused", code: "lapsed" });
});

test("a key that is off goes with the approval that is taken back, in the same change", () => {
  const decided = decideVerdict(recorded({ request: REQUESTS.delivered, key: KEYS.off }), WITHDRAWN, BY_BOB);
  expect(decided).toMatchObject({
    actorId: "UBOB",
    request: { to: { kind: "withdrawn" } },
    key: { to: { kind: "deleting", byId: null, why: "never_on", at: IN_TIME }, event: "key.dropped" },
  });
});

test("while its key is being switched on, or is on, the approval is used up", () => {
  for (const key of [KEYS.switching_on, KEYS.live])
    expect(decideVerdict(recorded({ request: REQUESTS.made, key }), WITHDRAWN, BY_BOB)).toMatchObject({
      code: "past_withdrawal",
    });
});

test.each(VERDICTS)("no request is none that can be $kind", (verdict) => {
  expect(decideVerdict(recorded({}), verdict, BY_BOB)).toMatchObject({ kind: "refused", code: "unknown_request" });
});
