import { deliverKey } from "../../../src/workflow/calls/deliver-key";
import { BY_ANN } from "../../domain/samples";
import { creating, type Effects, effectsOf, HOUR, makingFor, NOW, recorded, SETTINGS, WAITS } from "../samples";

type Answer = Parameters<typeof deliverKey.after>[1];
const CONTEXT = { at: NOW, facts: undefined, settings: SETTINGS };
const POSTED: Answer = { kind: "posted", accessKeyId: "tid_one" };
const NOT_POSTED: Answer = { kind: "not_posted", code: "channel_not_found" };
const INTERRUPTED: Answer = { kind: "interrupted" };

const attempt = creating("delivering");
const held = { ...recorded({ request: WAITS }), attempt };
const after = (answer: Answer, changes: Partial<typeof held> = {}) =>
  deliverKey.after({ ...held, ...changes }, answer, CONTEXT);

test.each<[string, Answer, Effects]>([
  [
    "Slack took the secret: attempt, key and request are done in one step",
    POSTED,
    { attempt: "posted", newKey: "live", request: "made", says: "revealed" },
  ],
  [
    "Slack did not take it: the key is deleted, and the request waits for that",
    NOT_POSTED,
    { attempt: "discarding, goes on", request: "making (not_delivered)" },
  ],
  [
    "a crash came between: nobody knows who saw it, so the key is deleted",
    INTERRUPTED,
    { attempt: "discarding, goes on", request: "making (interrupted)" },
  ],
])("%s", (_title, answer, effects) => {
  expect(effectsOf(after(answer))).toEqual(effects);
});

test("a delivery that was left open for an hour is deleted by nobody: somebody may use its key", () => {
  const startedAgo = (ms: number) => ({ attempt: { ...attempt, startedAt: NOW - ms } });
  expect(effectsOf(after(INTERRUPTED, startedAgo(HOUR - 1)))).toMatchObject({ attempt: "discarding, goes on" });
  const step = after(INTERRUPTED, startedAgo(HOUR));
  expect(effectsOf(step)).toEqual({
    attempt: "ambiguous",
    request: "approved (ambiguous)",
    told: ["UDEV: ambiguous"],
    alert: "left_to_people",
  });
  expect(step.alert?.about).toEqual({ tigrisName: "deploy-K7QM2XAB", accessKeyId: "tid_one" });
});

test("the key is its request's, and its newest delivery is this attempt", () => {
  const step = after(POSTED);
  expect(step.newKey).toEqual({
    accessKeyId: "tid_one",
    requestId: "request-1",
    reference: "K7QM2XAB",
    ownerId: "UDEV",
    keyName: "deploy",
    tigrisName: "deploy-K7QM2XAB",
    access: { permission: "Admin", buckets: { kind: "all" } },
    endpoint: "Default",
    madeAt: NOW,
    deliveryId: "attempt-1",
    state: { kind: "live", secret: { kind: "unconfirmed", cover: { approverId: "UANN", until: NOW + HOUR } } },
  });
  const made = { kind: "made", approval: BY_ANN, accessKeyId: "tid_one", at: NOW };
  expect(step.request).toEqual({ kind: "moves", to: made, event: "key.posted", outcome: "posted" });
  expect([step.actorId, step.say?.about]).toEqual(["UDEV", { keyName: "deploy" }]);
});

test("a key that policy approved is delivered without a cover", () => {
  const request = makingFor(1, { approval: { by: { kind: "policy" }, at: 1_500 } });
  expect(after(POSTED, { request }).newKey?.state).toEqual({
    kind: "live",
    secret: { kind: "unconfirmed", cover: null },
  });
});

test.each<[string, Answer, string]>([
  ["a refusal of Slack's, by its code", NOT_POSTED, "channel_not_found"],
  ["a crash", INTERRUPTED, "interrupted"],
])("the audit reads of %s", (_title, answer, outcome) => {
  const { attempt: changed, request } = after(answer);
  expect(changed).toMatchObject({ event: "attempt.discarding", outcome });
  expect(request).toMatchObject({ event: "request.attempt_failed", outcome });
});

test("each deletion begins its count afresh", () => {
  const tried = { ...attempt, tries: 4, nextAt: NOW + HOUR };
  expect(after(NOT_POSTED, { attempt: tried }).attempt?.to).toMatchObject({ tries: 0, nextAt: NOW });
});

test.each([POSTED, NOT_POSTED, INTERRUPTED])(
  "after a take-over, a delivery that was $kind counts as none",
  (answer) => {
    const step = deliverKey.late(held, answer, NOW);
    expect(effectsOf(step)).toEqual({ says: "not_delivered" } satisfies Effects);
    expect(step.say?.about).toEqual({ isDeleted: false });
  },
);

test("a delivered key that is not recorded goes, unless somebody may hold it", () => {
  expect(deliverKey.orphan?.(POSTED)).toEqual({ accessKeyId: "tid_one", ifUnknown: "leave" });
  for (const answer of [NOT_POSTED, INTERRUPTED]) expect(deliverKey.orphan?.(answer)).toBeNull();
});
