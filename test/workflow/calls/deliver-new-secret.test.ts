import { MAX_NOTES_PER_HOUR } from "../../../src/domain/limits";
import { deliverNewSecret } from "../../../src/workflow/calls/deliver-new-secret";
import { BY_ANN, BY_POLICY, coverBy, keyIn, REQUESTS, secretIn } from "../../domain/samples";
import { KEYS } from "../keys";
import { type Effects, effectsOf, HOUR, NOW, recorded, rotating, SETTINGS } from "../samples";

type Answer = Parameters<typeof deliverNewSecret.after>[1];
const POSTED: Answer = { kind: "posted" };
const UNCLEAR: Answer = { kind: "unclear", code: "timeout" };
const NOT_POSTED: Answer = { kind: "not_posted", code: "user_not_in_channel" };
const INTERRUPTED: Answer = { kind: "interrupted" };

const attempt = rotating("delivering");
const held = { ...recorded({ request: REQUESTS.made, key: KEYS.rotating }), attempt };
const after = (answer: Answer, notes = 0, changes: Partial<typeof held> = {}) =>
  deliverNewSecret.after({ ...held, ...changes }, answer, { at: NOW, facts: { notes }, settings: SETTINGS });

test.each<[string, Answer, Effects]>([
  [
    "Slack took the secret: the key is live again, and approvers read of it",
    POSTED,
    { attempt: "posted", key: "live", told: ["approvers: new_secret"], says: "secret_replaced" },
  ],
  [
    "Slack did not take it: nobody holds a secret that works",
    NOT_POSTED,
    { attempt: "secret_unknown", key: "secret_unknown", says: "rotation_lost" },
  ],
  [
    "Slack gave no clear answer: the same, whatever its owner sees",
    UNCLEAR,
    { attempt: "secret_unknown", key: "secret_unknown", says: "rotation_lost" },
  ],
  [
    "a crash came between: the same, and its owner is told in their DM",
    INTERRUPTED,
    { attempt: "secret_unknown", key: "secret_unknown", told: ["request-1 rings: rotation_lost"] },
  ],
])("%s", (_title, answer, effects) => {
  expect(effectsOf(after(answer))).toEqual(effects);
});

test("a crash is the same an hour later: a rotation is never left to people", () => {
  const stale = { attempt: rotating("delivering", { startedAt: NOW - HOUR }) };
  expect(effectsOf(after(INTERRUPTED, 0, stale))).toEqual(effectsOf(after(INTERRUPTED)));
});

test("only a secret that was posted is the newest, and it is not confirmed yet", () => {
  const live = { kind: "live", secret: { kind: "unconfirmed", cover: null } };
  const key = { kind: "moves", to: live, event: "key.rotated", outcome: "posted", deliveryId: "attempt-1" };
  expect(after(POSTED)).toMatchObject({ actorId: "UDEV", key });
  for (const answer of [NOT_POSTED, UNCLEAR, INTERRUPTED]) expect(after(answer).key).not.toHaveProperty("deliveryId");
});

test("the audit reads Slack's code", () => {
  const { key } = after(NOT_POSTED);
  expect(key).toMatchObject({ event: "key.secret_unknown", outcome: "user_not_in_channel" });
});

test.each<[earlier: number, isLast: boolean | null]>([
  [0, false],
  [MAX_NOTES_PER_HOUR - 2, false],
  [MAX_NOTES_PER_HOUR - 1, true],
  [MAX_NOTES_PER_HOUR, null],
  [99, null],
])("after %d new secrets within the hour the note says that it is the last one: %s", (earlier, isLast) => {
  const note = { code: "new_secret", about: { keyName: "deploy", ownerId: "UDEV", isLast } };
  const notes = isLast === null ? [] : [{ kind: "approvals_note", requestId: "request-1", note }];
  expect(after(POSTED, earlier).tell).toEqual(notes);
});

test("a key that nobody had to approve has no note", () => {
  for (const request of [{ ...REQUESTS.made, needsApproval: false }, null])
    expect(effectsOf(after(POSTED, 0, { request })).told).toBeUndefined();
});

test.each([POSTED, UNCLEAR, NOT_POSTED, INTERRUPTED])(
  "after a take-over, a delivery that was $kind counts as none",
  (answer) => {
    for (const key of Object.values(KEYS))
      expect(effectsOf(deliverNewSecret.late({ ...held, key }, answer, { at: NOW, facts: { notes: 0 } }))).toEqual({
        says: "rotation_lost",
      });
    const without = deliverNewSecret.late({ ...held, key: null }, answer, { at: NOW, facts: { notes: 0 } });
    expect(effectsOf(without)).toEqual({ says: "unknown_key" });
  },
);

describe("for a request that asked for the new secret", () => {
  const lapsesAt = NOW + HOUR;
  const request = secretIn({ kind: "making", approval: BY_ANN, lapsesAt, isExtended: false }, { attempts: 1 });
  const asked = { request, attempt: rotating("delivering", { requestId: "request-2" }) };

  const answered = (answer: Answer, changes: Partial<typeof held> = {}) => after(answer, 0, { ...asked, ...changes });

  test.each<[string, Answer, Effects]>([
    [
      "Slack took the secret: key and request are done in one step, and its own card says so, without a note",
      POSTED,
      { attempt: "posted", key: "live", request: "made", says: "secret_replaced" },
    ],
    [
      "Slack did not take it: the approval can be used again",
      NOT_POSTED,
      { attempt: "secret_unknown", key: "secret_unknown", request: "approved (lost)", says: "rotation_lost" },
    ],
    [
      "a crash came between: the same, and its owner is told in their DM",
      INTERRUPTED,
      {
        attempt: "secret_unknown",
        key: "secret_unknown",
        request: "approved (interrupted)",
        told: ["request-2 rings: rotation_lost"],
      },
    ],
  ])("%s", (_title, answer, effects) => {
    expect(effectsOf(answered(answer))).toEqual(effects);
  });

  test("the request has its key, and its approval covers another secret until it lapses", () => {
    const { request: made, key } = answered(POSTED);
    expect(made).toEqual({
      kind: "moves",
      to: { kind: "made", approval: BY_ANN, accessKeyId: "tid_one", at: NOW },
      event: "key.posted",
      outcome: "posted",
    });
    const cover = coverBy("UANN", lapsesAt);
    expect(key?.to).toEqual({ kind: "live", secret: { kind: "unconfirmed", cover } });
    expect(key).toMatchObject({ deliveryId: "attempt-1" });
  });

  test("an approval by policy covers nothing", () => {
    const byPolicy = secretIn({ ...request.state, approval: BY_POLICY });
    const { key } = answered(POSTED, { request: byPolicy });
    expect(key?.to).toEqual({ kind: "live", secret: { kind: "unconfirmed", cover: null } });
  });

  test.each([KEYS.deleting, KEYS.deleted])("a key that is $state.kind meanwhile: nobody gets it", (key) => {
    for (const answer of [NOT_POSTED, UNCLEAR, INTERRUPTED])
      expect(effectsOf(answered(answer, { key }))).toMatchObject({ attempt: "overtaken", request: "lapsed" });
  });
});

test("what a cover was for it is still for, until that is over or saved", () => {
  const cover = coverBy("UANN", NOW + HOUR);
  const key = keyIn({ kind: "rotating", before: { kind: "live", secret: { kind: "unconfirmed", cover } } });
  expect(after(POSTED, 0, { key }).key?.to).toEqual({ kind: "live", secret: { kind: "unconfirmed", cover } });
  expect(after(NOT_POSTED, 0, { key }).key?.to).toEqual({ kind: "secret_unknown", at: NOW, cover });
});
