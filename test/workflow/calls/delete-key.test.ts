import type { Key } from "../../../src/domain/key";
import { deleteKey } from "../../../src/workflow/calls/delete-key";
import { keyIn } from "../../domain/samples";
import { KEYS } from "../keys";
import { deleting, type Effects, effectsOf, MINUTE, NOW, recorded, SETTINGS } from "../samples";

type Answer = Parameters<typeof deleteKey.after>[1];
const CONTEXT = { at: NOW, facts: undefined, settings: SETTINGS };
const DELETED: Answer = { kind: "deleted" };
const GONE: Answer = { kind: "gone" };
const REFUSED: Answer = { kind: "refused", status: 403, code: "AccessDenied" };
const LOST: Answer = { kind: "lost", cause: "timeout", requestId: null };
const INTERRUPTED: Answer = { kind: "interrupted" };

const YOUNG = keyIn(KEYS.deleting.state, { madeAt: NOW - 10 * MINUTE + 1 });
const OLD = keyIn(KEYS.deleting.state, { madeAt: NOW - 10 * MINUTE });
const attempt = deleting("calling");
const held = { ...recorded({ key: YOUNG }), attempt };
const after = (answer: Answer, key: Key | null = YOUNG, changes: Partial<typeof attempt> = {}) =>
  deleteKey.after({ ...held, key, attempt: { ...attempt, ...changes } }, answer, CONTEXT);

const GONE_FOR_GOOD: Effects = { attempt: "deleted", key: "deleted", says: "deleted" };
const PUT_OFF: Effects = { attempt: "calling, again in 5 s", says: "deletion_unconfirmed" };

test.each<[string, Answer, Key, tries: number, Effects]>([
  ["Tigris deleted it", DELETED, YOUNG, 0, GONE_FOR_GOOD],
  ["Tigris has no such key, which is old enough to be known", GONE, OLD, 0, GONE_FOR_GOOD],
  ["Tigris has no such key, which is new: it is asked again", GONE, YOUNG, 0, PUT_OFF],
  ["Tigris says so twice", GONE, YOUNG, 1, GONE_FOR_GOOD],
  ["Tigris refused: again in five seconds", REFUSED, OLD, 0, PUT_OFF],
  ["the answer was lost: again in five seconds", LOST, OLD, 0, PUT_OFF],
  ["it failed before: longer each time", LOST, OLD, 2, { ...PUT_OFF, attempt: "calling, again in 20 s" }],
])("%s", (_title, answer, key, tries, effects) => {
  expect(effectsOf(after(answer, key, { tries }))).toEqual(effects);
});

test("after a quarter of an hour the approvals channel is told, once", () => {
  const startedAt = NOW - 15 * MINUTE;
  const alert = "deletion_failing";
  expect(effectsOf(after(LOST, OLD, { startedAt: startedAt + 1 }))).toEqual(PUT_OFF);
  expect(effectsOf(after(LOST, OLD, { startedAt }))).toEqual({ ...PUT_OFF, alert });
  expect(effectsOf(after(LOST, OLD, { startedAt, alerted: true }))).toEqual(PUT_OFF);
});

test("whoever wanted it gone has deleted it, whoever finishes it", () => {
  expect(after(DELETED)).toMatchObject({
    actorId: "UANN",
    key: { to: { kind: "deleted", byId: "UANN", at: NOW }, event: "key.deleted", outcome: "deleted" },
    say: { kind: "done", about: { keyName: "deploy", accessKeyId: "tid_one" } },
  });
  expect(after(GONE, OLD).key?.outcome).toBe("gone");
});

test("a key that is deleted already is not deleted twice: the attempt is closed", () => {
  for (const key of [KEYS.deleted, null])
    expect(effectsOf(after(DELETED, key))).toEqual({ attempt: "deleted", says: "deleted" });
});

describe("after somebody else took the deletion over", () => {
  test.each<[string, Answer, Key, says: "deleted" | "deletion_unconfirmed"]>([
    ["Tigris deleted it", DELETED, YOUNG, "deleted"],
    ["it is gone for certain", GONE, OLD, "deleted"],
    ["it may be gone", GONE, YOUNG, "deletion_unconfirmed"],
    ["Tigris refused", REFUSED, YOUNG, "deletion_unconfirmed"],
    ["the answer was lost", LOST, YOUNG, "deletion_unconfirmed"],
    ["the answer was lost, but it is recorded as deleted", LOST, KEYS.deleted, "deleted"],
    ["a crash, and it is recorded as deleted", INTERRUPTED, KEYS.deleted, "deleted"],
  ])("nothing is written, and what is known is said: %s", (_title, answer, key, says) => {
    expect(effectsOf(deleteKey.late({ ...held, key }, answer, NOW))).toEqual({ says });
  });
});
