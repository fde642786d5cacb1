import { createKey } from "../../../src/workflow/calls/create-key";
import { REQUESTS, requestIn } from "../../domain/samples";
import { creating, type Effects, effectsOf, HOUR, makingFor, NOW, recorded, SETTINGS, WAITS } from "../samples";

type Answer = Parameters<typeof createKey.after>[1];
const CONTEXT = { at: NOW, facts: undefined, settings: SETTINGS };
const MADE: Answer = { kind: "made", accessKeyId: "tid_new" };
const REFUSED: Answer = { kind: "refused", code: "LimitExceeded" };
const LOST: Answer = { kind: "lost", cause: "timeout" };
const INTERRUPTED: Answer = { kind: "interrupted" };

const attempt = creating("calling", { accessKeyId: null });
const held = { ...recorded({ request: WAITS }), attempt };
const after = (answer: Answer, changes: Partial<typeof held> = {}) =>
  createKey.after({ ...held, ...changes }, answer, CONTEXT);

test.each<[string, Answer, Effects]>([
  ["Tigris made the key: it is delivered next, by the same holder", MADE, { attempt: "delivering, goes on" }],
  [
    "Tigris refused: there is no key, and the approval can be used again",
    REFUSED,
    { attempt: "refused", request: "approved (refused)", says: "key_refused" },
  ],
  [
    "the answer was lost: the key is looked for at once, and the request waits",
    LOST,
    { attempt: "searching, goes on", request: "making (lost)", says: "key_lost" },
  ],
  [
    "a crash came between: the same, and whoever clicked is gone",
    INTERRUPTED,
    { attempt: "searching, goes on", request: "making (interrupted)" },
  ],
])("%s", (_title, answer, effects) => {
  expect(effectsOf(after(answer))).toEqual(effects);
});

const startedAgo = (ms: number) => ({ attempt: { ...attempt, startedAt: NOW - ms } });

test("what was left open for an hour is left to people, a moment less is looked for", () => {
  expect(effectsOf(after(INTERRUPTED, startedAgo(HOUR - 1)))).toMatchObject({ attempt: "searching, goes on" });
  const step = after(INTERRUPTED, startedAgo(HOUR));
  const effects = { attempt: "ambiguous", request: "approved (ambiguous)", alert: "left_to_people" };
  expect(effectsOf(step)).toEqual({ ...effects, told: ["UDEV: ambiguous"] });
  expect(step.attempt?.to.alerted).toBe(true);
  expect(step.alert?.about).toEqual({ tigrisName: "deploy-K7QM2XAB", accessKeyId: null });
});

test("the id of a key is in the record before its secret goes anywhere", () => {
  const { attempt: to } = after(MADE);
  expect(to).toMatchObject({ to: { accessKeyId: "tid_new" }, event: "attempt.answered", outcome: "made" });
});

test.each<[string, Answer, object]>([
  ["a refusal", REFUSED, { event: "attempt.refused", outcome: "LimitExceeded" }],
  ["a lost answer", LOST, { event: "attempt.lost", outcome: "timeout" }],
  ["a crash", INTERRUPTED, { event: "attempt.lost", outcome: "interrupted" }],
])("the audit reads of %s", (_title, answer, event) => {
  expect(after(answer).attempt).toMatchObject(event);
});

test("a refusal names Tigris's code and the reference; the request keeps it", () => {
  const step = after(REFUSED);
  const about = { keyName: "deploy", tigrisCode: "LimitExceeded", reference: "K7QM2XAB" };
  expect(step.say).toEqual({ kind: "refused", code: "key_refused", about });
  const failure = { why: "refused", detail: "LimitExceeded", at: NOW };
  expect(step.request).toMatchObject({ to: { failure }, event: "request.given_back", outcome: "refused" });
});

test("an approval whose time was over meanwhile lapses instead", () => {
  const late = makingFor(1, { lapsesAt: NOW });
  expect(effectsOf(after(REFUSED, { request: late }))).toMatchObject({ attempt: "refused", request: "lapsed" });
});

test("each search begins its count afresh", () => {
  const tried = { ...attempt, tries: 4, nextAt: NOW + HOUR };
  expect(after(LOST, { attempt: tried }).attempt?.to).toMatchObject({ tries: 0, nextAt: NOW });
});

test.each([
  ["another attempt makes its key", makingFor(2)],
  ["it is approved again", requestIn(REQUESTS.approved.state, { attempts: 1 })],
  ["it was cancelled", REQUESTS.cancelled],
])("a request does not change once it no longer waits for this attempt: %s", (_title, request) => {
  for (const answer of [REFUSED, LOST, INTERRUPTED]) {
    const { request: changed, tell } = after(answer, { request });
    expect([changed, tell]).toEqual([undefined, undefined]);
  }
});

describe("after somebody else took the attempt over", () => {
  test.each<[string, Answer, Effects]>([
    ["a key that was made is the orphan's business", MADE, {}],
    ["a refusal is told", REFUSED, { says: "key_refused" }],
    ["a lost answer is told", LOST, { says: "key_lost" }],
    ["a crash has nobody to tell", INTERRUPTED, {}],
  ])("%s, and nothing is written", (_title, answer, effects) => {
    expect(effectsOf(createKey.late(held, answer, NOW))).toEqual(effects);
  });
});

test("only a key that was made can be orphaned, and it goes even where nobody can say whether it is recorded", () => {
  expect(createKey.orphan?.(MADE)).toEqual({ accessKeyId: "tid_new", ifUnknown: "delete" });
  for (const answer of [REFUSED, LOST, INTERRUPTED]) expect(createKey.orphan?.(answer)).toBeNull();
});
