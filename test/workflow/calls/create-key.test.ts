import { type Hold, NO_PAUSE } from "../../../src/domain/key";
import { newAge } from "../../../src/domain/key-age";
import { createKey } from "../../../src/workflow/calls/create-key";
import { REQUESTS, requestIn } from "../../domain/samples";
import { BY_APPROVER, BY_OWNER } from "../keys";
import { creating, type Effects, effectsOf, HOUR, makingFor, NOW, recorded, SETTINGS, WAITS } from "../samples";

type Answer = Parameters<typeof createKey.after>[1];
const CONTEXT = { at: NOW, facts: { holds: [] }, settings: SETTINGS };
const MADE: Answer = { kind: "made", accessKeyId: "tid_new" };
const REFUSED: Answer = { kind: "refused", code: "LimitExceeded" };
const LOST: Answer = { kind: "lost", cause: "timeout" };
const INTERRUPTED: Answer = { kind: "interrupted" };

const attempt = creating("calling", { accessKeyId: null });
const held = { ...recorded({ request: WAITS }), attempt };
const after = (answer: Answer, changes: Partial<typeof held> = {}, facts: { holds: Hold[] } = CONTEXT.facts) =>
  createKey.after({ ...held, ...changes }, answer, { ...CONTEXT, facts });

test.each<[string, Answer, Effects]>([
  [
    "Tigris made the key: it is on record, off, and delivered next by the same holder",
    MADE,
    { attempt: "delivering, goes on", newKey: "off" },
  ],
  [
    "Tigris refused: there is no key, and the approval can be used again",
    REFUSED,
    { attempt: "refused", request: "approved (refused)", says: "key_refused" },
  ],
  [
    "the answer was lost: the approval can be used again at once, and what may be left has no power",
    LOST,
    { attempt: "searching, again in 60 s", request: "approved (lost)", says: "key_lost" },
  ],
  [
    "a crash came between: the same, and whoever clicked is told in their DM",
    INTERRUPTED,
    {
      attempt: "searching, again in 60 s",
      request: "approved (interrupted)",
      told: ["request-1 rings: not_delivered"],
    },
  ],
])("%s", (_title, answer, effects) => {
  expect(effectsOf(after(answer))).toEqual(effects);
});

test("the same days later: nobody has to look, since what is left has no power", () => {
  const stale = { attempt: { ...attempt, startedAt: NOW - 48 * HOUR } };
  for (const answer of [LOST, INTERRUPTED]) expect(effectsOf(after(answer, stale))).toEqual(effectsOf(after(answer)));
});

test("the key is its request's, its newest delivery is this attempt, and nobody knows yet whether its secret appears", () => {
  expect(after(MADE).newKey).toEqual({
    accessKeyId: "tid_new",
    requestId: "request-1",
    reference: "K7QM2XAB",
    ownerId: "UDEV",
    keyName: "deploy",
    tigrisName: "deploy-K7QM2XAB",
    access: { permission: "Admin", buckets: { kind: "all" } },
    endpoint: "Default",
    madeAt: NOW,
    deliveryId: "attempt-1",
    pause: NO_PAUSE,
    end: null,
    rotation: null,
    age: newAge(NOW),
    accessChange: null,
    state: { kind: "off", shownAt: null },
  });
});

test("what held the key that it takes the place of holds this one too, and nothing has to be taken", () => {
  const { newKey } = after(MADE, {}, { holds: [BY_OWNER, BY_APPROVER] });
  expect(newKey?.pause).toEqual({ ...NO_PAUSE, holds: [BY_OWNER, BY_APPROVER] });
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

test("a lost answer says which key, and its request keeps why", () => {
  const step = after(LOST);
  expect(step.say).toEqual({ kind: "refused", code: "key_lost", about: { keyName: "deploy" } });
  expect(step.request).toMatchObject({ to: { failure: { why: "lost", detail: "timeout", at: NOW } } });
});

test("an approval whose time was over meanwhile lapses instead", () => {
  const late = makingFor(1, { lapsesAt: NOW });
  for (const answer of [REFUSED, LOST, INTERRUPTED])
    expect(effectsOf(after(answer, { request: late })).request).toBe("lapsed");
});

test("the searches begin their count afresh, a minute after the attempt was given up", () => {
  const tried = { ...attempt, tries: 4, nextAt: NOW + HOUR };
  for (const answer of [LOST, INTERRUPTED])
    expect(after(answer, { attempt: tried }).attempt?.to).toMatchObject({ tries: 0, nextAt: NOW + 60_000 });
});

test.each([
  ["another attempt makes its key", makingFor(2)],
  ["it is approved again", requestIn(REQUESTS.approved.state, { attempts: 1 })],
  ["it was cancelled", REQUESTS.cancelled],
])("a request does not change once it no longer waits for this attempt: %s", (_title, request) => {
  for (const answer of [REFUSED, LOST, INTERRUPTED]) {
    const { request: changed, tell } = createKey.after({ ...held, request }, answer, CONTEXT);
    expect([changed, tell]).toEqual([undefined, undefined]);
  }
});

describe("after somebody else took the attempt over", () => {
  test.each<[string, Answer, Effects]>([
    ["a key that was made has no power, and is looked for: nobody is shown its secret", MADE, { says: "lease_lost" }],
    ["a refusal is told", REFUSED, { says: "key_refused" }],
    ["a lost answer is told", LOST, { says: "key_lost" }],
    ["a crash has nobody to tell", INTERRUPTED, {}],
  ])("%s, and nothing is written", (_title, answer, effects) => {
    expect(effectsOf(createKey.late(held, answer, { at: NOW, facts: { holds: [] } }))).toEqual(effects);
  });
});
