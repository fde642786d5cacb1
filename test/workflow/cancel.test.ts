import type { RefusalCode } from "../../src/domain/refusal";
import type { RequestKind } from "../../src/domain/request";
import { decideCancel } from "../../src/workflow/cancel";
import { REQUESTS, SECRETS } from "../domain/samples";
import { DROPPED, KEYS } from "./keys";
import { IN_TIME, LATE, recorded } from "./samples";

const BY_REQUESTER = { actorId: "UDEV", at: IN_TIME };

const TABLE: { [Kind in RequestKind]: "cancelled" | RefusalCode } = {
  pending: "cancelled",
  approved: "cancelled",
  making: "being_made",
  delivered: "cancelled",
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

test.each([REQUESTS.pending, REQUESTS.approved, REQUESTS.delivered])(
  "what is $state.kind and late lapses, it is not cancelled",
  (request) => {
    const late = decideCancel(recorded({ request }), { ...BY_REQUESTER, at: LATE });
    expect(late).toMatchObject({ kind: "refused", code: "lapsed" });
  },
);

test("a key that is off goes with its request, in the same change", () => {
  const decided = decideCancel(recorded({ request: REQUESTS.delivered, key: KEYS.off }), BY_REQUESTER);
  expect(decided).toMatchObject({
    request: { to: { kind: "cancelled" } },
    key: { to: { kind: "deleting", byId: null, why: "never_on", at: IN_TIME }, event: "key.dropped" },
  });
});

test("no other key goes with a request", () => {
  const elsewhere = { ...KEYS.off, accessKeyId: "tid_two" };
  const cancelled = [
    decideCancel(recorded({ request: REQUESTS.delivered, key: elsewhere }), BY_REQUESTER),
    decideCancel(recorded({ request: REQUESTS.approved, key: DROPPED }), BY_REQUESTER),
    decideCancel(recorded({ request: SECRETS.approved, key: KEYS.live }), BY_REQUESTER),
  ];
  for (const step of cancelled) expect(step).not.toHaveProperty("key");
});

test("while its key is being switched on, it is too late to cancel: the key can be deleted instead", () => {
  const decided = decideCancel(recorded({ request: REQUESTS.made, key: KEYS.switching_on }), BY_REQUESTER);
  expect(decided).toEqual({ kind: "refused", code: "key_switching_on", about: { keyName: "deploy" } });
});

test("what is not there is not cancelled", () => {
  expect(decideCancel(recorded({}), BY_REQUESTER)).toMatchObject({ kind: "refused", code: "unknown_request" });
});
