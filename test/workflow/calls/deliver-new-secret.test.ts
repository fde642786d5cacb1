import { MAX_NOTES_PER_HOUR } from "../../../src/domain/limits";
import { deliverNewSecret } from "../../../src/workflow/calls/deliver-new-secret";
import { REQUESTS } from "../../domain/samples";
import { KEYS } from "../keys";
import { type Effects, effectsOf, HOUR, NOW, recorded, rotating, SETTINGS } from "../samples";

type Answer = Parameters<typeof deliverNewSecret.after>[1];
const POSTED: Answer = { kind: "posted", accessKeyId: "tid_one" };
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
    "a crash came between: the same, and its owner is told in their DM",
    INTERRUPTED,
    { attempt: "secret_unknown", key: "secret_unknown", told: ["UDEV: rotation_lost"] },
  ],
])("%s", (_title, answer, effects) => {
  expect(effectsOf(after(answer))).toEqual(effects);
});

test("a crash is the same an hour later: a rotation is never left to people", () => {
  const stale = { attempt: rotating("delivering", { startedAt: NOW - HOUR }) };
  expect(effectsOf(after(INTERRUPTED, 0, stale))).toEqual(effectsOf(after(INTERRUPTED)));
});

test("only a secret that was posted is the newest, and it is not confirmed yet", () => {
  const live = { kind: "live", secret: { kind: "unconfirmed" } };
  const key = { kind: "moves", to: live, event: "key.rotated", outcome: "posted", deliveryId: "attempt-1" };
  expect(after(POSTED)).toMatchObject({ actorId: "UDEV", key });
  for (const answer of [NOT_POSTED, INTERRUPTED]) expect(after(answer).key).not.toHaveProperty("deliveryId");
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

test.each([POSTED, NOT_POSTED, INTERRUPTED])(
  "after a take-over, a delivery that was $kind counts as none",
  (answer) => {
    for (const key of Object.values(KEYS))
      expect(effectsOf(deliverNewSecret.late({ ...held, key }, answer, NOW))).toEqual({ says: "rotation_lost" });
    const without = deliverNewSecret.late({ ...held, key: null }, answer, NOW);
    expect(effectsOf(without)).toEqual({ says: "unknown_key" });
  },
);
