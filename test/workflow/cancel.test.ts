import type { RefusalCode } from "../../src/domain/refusal";
import type { RequestKind } from "../../src/domain/request";
import { decideCancel } from "../../src/workflow/cancel";
import { REQUESTS } from "../domain/samples";
import { IN_TIME, LATE, recorded } from "./samples";

const BY_REQUESTER = { actorId: "UDEV", at: IN_TIME };

const TABLE: { [Kind in RequestKind]: "cancelled" | RefusalCode } = {
  pending: "cancelled",
  approved: "cancelled",
  making: "being_made",
  made: "already_ended",
  denied: "already_ended",
  cancelled: "already_ended",
  withdrawn: "already_ended",
  lapsed: "already_ended",
  requester_gone: "already_ended",
};
const ROWS = Object.values(REQUESTS).map((request) => ({
  request,
  from: request.state.kind,
  ends: TABLE[request.state.kind],
}));

test.each(ROWS)("cancelled by its requester, what is $from: $ends", ({ request, ends }) => {
  const decided = decideCancel(recorded({ request }), BY_REQUESTER);
  if (ends === "cancelled")
    expect(decided).toEqual({
      kind: "step",
      actorId: "UDEV",
      request: { kind: "moves", to: { kind: "cancelled", at: IN_TIME }, event: "request.cancelled" },
      say: { kind: "done", code: "cancelled", about: { keyName: "deploy" } },
    });
  else expect(decided).toMatchObject({ kind: "refused", code: ends, about: { request } });
});

test.each(ROWS)("nobody else cancels what is $from, nor learns where it stands", ({ request }) => {
  expect(decideCancel(recorded({ request }), { ...BY_REQUESTER, actorId: "UANN" })).toEqual({
    kind: "refused",
    code: "not_yours",
    about: { of: "request" },
  });
});

test.each([REQUESTS.pending, REQUESTS.approved])(
  "what is $state.kind and late lapses, it is not cancelled",
  (request) => {
    const late = decideCancel(recorded({ request }), { ...BY_REQUESTER, at: LATE });
    expect(late).toMatchObject({ kind: "refused", code: "lapsed" });
  },
);

test("what is not there is not cancelled", () => {
  expect(decideCancel(recorded({}), BY_REQUESTER)).toMatchObject({ kind: "refused", code: "unknown_request" });
});
