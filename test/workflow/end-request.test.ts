import { drop } from "../../src/domain/key-steps";
import type { Request } from "../../src/domain/request";
import { decideLapse, withItsKey } from "../../src/workflow/end-request";
import { NO_CHANGE } from "../../src/workflow/step";
import { BY_ANN, REQUESTS, SECRETS } from "../domain/samples";
import { KEYS } from "./keys";
import { LATE, recorded } from "./samples";

test.each([
  ["that nobody decided", REQUESTS.pending, { why: "undecided", approval: null }],
  ["that nobody used", REQUESTS.approved, { why: "unused", approval: BY_ANN }],
  ["whose key nobody switched on", REQUESTS.delivered, { why: "unused", approval: BY_ANN }],
])("a request %s lapses at its time, by the bot", (_what, request, ends) => {
  expect(decideLapse(recorded({ request }), LATE - 1)).toBe(NO_CHANGE);
  const to = { kind: "lapsed", ...ends, at: LATE };
  const step = { kind: "step", actorId: "bot", request: { kind: "moves", to, event: "request.lapsed" } };
  expect(decideLapse(recorded({ request }), LATE)).toEqual(step);
});

const { pending: _pending, approved: _approved, delivered: _delivered, ...others } = REQUESTS;
test.each<Request>(Object.values(others))("what is $state.kind never lapses", (request) => {
  expect(decideLapse(recorded({ request }), Number.MAX_SAFE_INTEGER)).toBe(NO_CHANGE);
});

test("a key that is off goes with its request at the end of its time, in the same change", () => {
  expect(decideLapse(recorded({ request: REQUESTS.delivered, key: KEYS.off }), LATE)).toMatchObject({
    request: { to: { kind: "lapsed" } },
    key: { to: { kind: "deleting", byId: null, why: "never_on", at: LATE }, event: "key.dropped" },
  });
});

test.each(Object.values(KEYS))("of a request that ends, only a key that is off goes with it: $state.kind", (key) => {
  const isOff = key.state.kind === "off";
  const owns = recorded({ request: REQUESTS.delivered, key });
  expect(withItsKey(owns, LATE)).toEqual(isOff ? { key: drop(key, LATE) } : {});
  for (const request of [REQUESTS.approved, REQUESTS.made, SECRETS.approved, null])
    expect(withItsKey(recorded({ request, key }), LATE)).toEqual({});
  const another = recorded({ request: REQUESTS.delivered, key: { ...key, accessKeyId: "tid_two" } });
  expect(withItsKey(another, LATE)).toEqual({});
});

test("what is not there does not lapse", () => {
  expect(decideLapse(recorded({}), LATE)).toBe(NO_CHANGE);
});
