import type { RevealFailure } from "../../../src/domain/request";
import { discard } from "../../../src/workflow/calls/discard";
import { REQUESTS } from "../../domain/samples";
import { creating, type Effects, effectsOf, HOUR, MINUTE, makingFor, NOW, recorded, SETTINGS, WAITS } from "../samples";

type Answer = Parameters<typeof discard.after>[1];
const CONTEXT = { at: NOW, facts: undefined, settings: SETTINGS };
const DELETED: Answer = { kind: "deleted" };
const GONE: Answer = { kind: "gone" };
const REFUSED: Answer = { kind: "refused", status: 403, code: "AccessDenied" };
const LOST: Answer = { kind: "lost", cause: "timeout", requestId: null };
const INTERRUPTED: Answer = { kind: "interrupted" };

const attempt = creating("discarding");
const failedFor = (why: RevealFailure["why"]) => makingFor(1, { failure: { why, detail: null, at: NOW - 1 } });
const held = { ...recorded({ request: failedFor("not_delivered") }), attempt };
const after = (answer: Answer, changes: Partial<typeof held> = {}) =>
  discard.after({ ...held, ...changes }, answer, CONTEXT);

const SETTLED: Effects = {
  attempt: "discarded",
  request: "approved (not_delivered)",
  told: ["UDEV: not_delivered"],
  says: "not_delivered",
};
const PUT_OFF: Effects = { attempt: "discarding, again in 5 s", says: "not_delivered" };
const old = { attempt: { ...attempt, startedAt: NOW - 10 * MINUTE } };
const young = { attempt: { ...attempt, startedAt: NOW - 10 * MINUTE + 1 } };

test.each<[string, Answer, Partial<typeof held>, Effects]>([
  ["Tigris deleted it: the approval can be used again", DELETED, {}, SETTLED],
  ["Tigris has no such key, which is old enough to be known: it is gone", GONE, old, SETTLED],
  ["Tigris has no such key, which is new: it is asked again", GONE, young, PUT_OFF],
  ["Tigris refused: again in five seconds", REFUSED, {}, PUT_OFF],
  ["the answer was lost: again in five seconds", LOST, {}, PUT_OFF],
])("%s", (_title, answer, changes, effects) => {
  expect(effectsOf(after(answer, changes))).toEqual(effects);
});

test("of a new key Tigris has to say twice that it is gone", () => {
  expect(effectsOf(after(GONE, { attempt: { ...attempt, tries: 1 } }))).toEqual(SETTLED);
});

test.each([
  [DELETED, true],
  [LOST, false],
])("what is said tells whether the key is deleted: after $kind", (answer, isDeleted) => {
  expect(after(answer).say).toEqual({ kind: "refused", code: "not_delivered", about: { isDeleted } });
});

test.each<[string, RevealFailure["why"], string[] | undefined]>([
  ["the secret was not delivered", "not_delivered", ["UDEV: not_delivered"]],
  ["a crash came between", "interrupted", ["UDEV: not_delivered"]],
  ["the answer was lost, which was said at the click", "lost", undefined],
])("the request keeps why there is no key, and who did not read it is told: %s", (_title, why, told) => {
  const effects = effectsOf(after(DELETED, { request: failedFor(why) }));
  expect([effects.request, effects.told]).toEqual([`approved (${why})`, told]);
});

test("a request that says nothing was interrupted", () => {
  expect(effectsOf(after(DELETED, { request: WAITS })).request).toBe("approved (interrupted)");
});

test.each([makingFor(2), REQUESTS.approved, REQUESTS.cancelled, REQUESTS.lapsed])(
  "a request that no longer waits for this attempt stays $state.kind",
  (request) => {
    expect(effectsOf(after(DELETED, { request }))).toEqual({ attempt: "discarded", says: "not_delivered" });
  },
);

test("an approval whose time was over meanwhile lapses instead", () => {
  const request = makingFor(1, { lapsesAt: NOW });
  expect(effectsOf(after(DELETED, { request }))).toMatchObject({ attempt: "discarded", request: "lapsed" });
});

test("the audit reads of the deletion", () => {
  expect(after(DELETED).attempt).toMatchObject({ event: "attempt.discarded", outcome: "discarded" });
  expect(after(LOST).attempt).toMatchObject({ event: "key.deletion_failed", outcome: "try_1" });
});

test.each<[Answer, boolean]>([
  [DELETED, true],
  [GONE, false],
  [REFUSED, false],
  [LOST, false],
  [INTERRUPTED, false],
])("after a take-over nothing is written, and what is known is said: $kind", (answer, isDeleted) => {
  const step = discard.late(held, answer, NOW);
  expect(effectsOf(step)).toEqual({ says: "not_delivered" });
  expect(step.say?.about).toEqual({ isDeleted });
});

test("an hour later it is still deleted: nobody may hold what was not delivered for certain", () => {
  const stale = { attempt: { ...attempt, startedAt: NOW - HOUR } };
  expect(effectsOf(after(INTERRUPTED, stale))).toEqual({ ...PUT_OFF, alert: "deletion_failing" });
});
