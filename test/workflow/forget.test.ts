import type { RequestKind } from "../../src/domain/request";
import { newReview } from "../../src/domain/review";
import { decideForgetAttempt, decideForgetRequest } from "../../src/workflow/forget";
import { NO_CHANGE } from "../../src/workflow/step";
import { REQUESTS, SECRETS } from "../domain/samples";
import { KEYS } from "./keys";
import { creating, deleting, pausing, recorded, rotating, switching } from "./samples";

const KEEP_MS = 1_000_000;
/** Every request of the samples ended at 2,000, or lapsed at 10,000. */
const LATE = { keepMs: KEEP_MS, at: 10_000 + KEEP_MS };

const FORGOTTEN: { [Kind in RequestKind]: boolean } = {
  pending: false,
  approved: false,
  making: false,
  delivered: false,
  made: false,
  denied: true,
  cancelled: true,
  withdrawn: true,
  lapsed: true,
  requester_gone: true,
};

test.each(Object.values(REQUESTS))("a request that is $state.kind, long after", (request) => {
  const { kind } = request.state;
  const events = [{ name: "request.forgotten", actorId: "bot", outcome: kind }];
  expect(decideForgetRequest(recorded({ request }), LATE)).toEqual(
    FORGOTTEN[kind] ? { kind: "step", actorId: "bot", forget: "request", events } : NO_CHANGE,
  );
});

test("it is kept until the last moment, and while it has a key", () => {
  const request = REQUESTS.lapsed;
  expect(decideForgetRequest(recorded({ request }), { ...LATE, at: LATE.at - 1 })).toBe(NO_CHANGE);
  expect(decideForgetRequest(recorded({ request, key: KEYS.deleted }), LATE)).toBe(NO_CHANGE);
  expect(decideForgetRequest(recorded({}), LATE)).toBe(NO_CHANGE);
});

test("what others still have to look at stays until they did", () => {
  const open = newReview("C1", 1_500);
  const by = ["UANN", "UBOB"].map((reviewerId) => ({ reviewerId, at: 1_600 }));
  const request = (review: typeof open) => ({ ...REQUESTS.withdrawn, review });
  expect(decideForgetRequest(recorded({ request: request(open) }), LATE)).toBe(NO_CHANGE);
  expect(decideForgetRequest(recorded({ request: request({ ...open, by: by.slice(1) }) }), LATE)).toBe(NO_CHANGE);
  const closed = decideForgetRequest(recorded({ request: request({ ...open, by, asksAt: null }) }), LATE);
  expect(closed).toMatchObject({ forget: "request" });
});

test("a request for a new secret goes, though the key that it is about stays", () => {
  const step = decideForgetRequest(recorded({ request: SECRETS.denied, key: KEYS.live }), LATE);
  expect(step).toMatchObject({ forget: "request" });
  expect(decideForgetRequest(recorded({ request: SECRETS.made, key: KEYS.live }), LATE)).toBe(NO_CHANGE);
});

const OLD = { id: "delivery-1", startedAt: 1_000 };
const closed = creating("posted", OLD);

test.each([
  ["an attempt of no key", recorded({ attempt: creating("discarded", OLD) }), true],
  ["an older delivery", recorded({ attempt: { ...closed, id: "delivery-0" }, key: KEYS.live }), true],
  ["the newest delivery of a key that works", recorded({ attempt: closed, key: KEYS.live }), false],
  ["the newest delivery of a key that is off", recorded({ attempt: closed, key: KEYS.off }), false],
  ["the newest delivery of a key that is being deleted", recorded({ attempt: closed, key: KEYS.deleting }), false],
  ["the newest delivery of a key that is gone", recorded({ attempt: closed, key: KEYS.deleted }), true],
  ["a rotation that failed", recorded({ attempt: rotating("refused", { ...OLD, id: "r" }), key: KEYS.live }), true],
  ["a deletion", recorded({ attempt: deleting("deleted", { ...OLD, id: "d" }), key: KEYS.deleted }), true],
  ["a press that switched a key on", recorded({ attempt: switching("on", { ...OLD, id: "s" }), key: KEYS.live }), true],
  ["a pause", recorded({ attempt: pausing("paused", { ...OLD, id: "p" }), key: KEYS.live }), true],
  ["a pause that watches", recorded({ attempt: pausing("watching", { ...OLD, id: "p" }), key: KEYS.live }), false],
  ["what was left to people", recorded({ attempt: creating("ambiguous", OLD) }), true],
  ["a search that goes on", recorded({ attempt: creating("searching", OLD) }), false],
  ["what began lately", recorded({ attempt: creating("discarded", { ...OLD, startedAt: 20_000 }) }), false],
  ["what is gone already", recorded({}), false],
])("%s goes: %#", (_what, record, goes) => {
  expect(decideForgetAttempt(record, LATE)).toEqual(
    goes ? { kind: "step", actorId: "bot", forget: "attempt" } : NO_CHANGE,
  );
});
