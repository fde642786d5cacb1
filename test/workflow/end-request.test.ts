import type { Request } from "../../src/domain/request";
import { decideLapse } from "../../src/workflow/end-request";
import { NO_CHANGE } from "../../src/workflow/step";
import { BY_ANN, REQUESTS } from "../domain/samples";
import { LATE, recorded } from "./samples";

test.each([
  ["that nobody decided", REQUESTS.pending, { why: "undecided", approval: null }],
  ["that nobody used", REQUESTS.approved, { why: "unused", approval: BY_ANN }],
])("a request %s lapses at its time, by the bot", (_what, request, ends) => {
  expect(decideLapse(recorded({ request }), LATE - 1)).toBe(NO_CHANGE);
  const to = { kind: "lapsed", ...ends, at: LATE };
  const step = { kind: "step", actorId: "bot", request: { kind: "moves", to, event: "request.lapsed" } };
  expect(decideLapse(recorded({ request }), LATE)).toEqual(step);
});

const { pending: _pending, approved: _approved, ...others } = REQUESTS;
test.each<Request>(Object.values(others))("what is $state.kind never lapses", (request) => {
  expect(decideLapse(recorded({ request }), Number.MAX_SAFE_INTEGER)).toBe(NO_CHANGE);
});

test("what is not there does not lapse", () => {
  expect(decideLapse(recorded({}), LATE)).toBe(NO_CHANGE);
});
