import type { Key } from "../../../src/domain/key";
import { deleteKey } from "../../../src/workflow/calls/delete-key";
import { keyIn, SECRETS } from "../../domain/samples";
import { DROPPED, KEYS } from "../keys";
import { deleting, type Effects, effectsOf, MINUTE, NOW, recorded, SETTINGS } from "../samples";

type Answer = Parameters<typeof deleteKey.after>[1];
const CONTEXT = { at: NOW, facts: undefined, settings: SETTINGS };
const DELETED: Answer = { kind: "deleted", isGone: false };
/** Tigris says that there is no such key, and its list does not show it. */
const GONE: Answer = { kind: "gone", isGone: true };
const LISTED: Answer = { kind: "gone", isGone: false };
const REFUSED: Answer = { kind: "refused", isGone: false };
const LOST: Answer = { kind: "lost", isGone: false };
const INTERRUPTED: Answer = { kind: "interrupted" };

const YOUNG = keyIn(KEYS.deleting.state, { madeAt: NOW - 10 * MINUTE + 1 });
const OLD = keyIn(KEYS.deleting.state, { madeAt: NOW - 10 * MINUTE });
const attempt = deleting("calling");
const held = { ...recorded({ key: YOUNG }), attempt };
const after = (answer: Answer, key: Key | null = YOUNG, changes: Partial<typeof attempt> = {}) =>
  deleteKey.after({ ...held, key, attempt: { ...attempt, ...changes } }, answer, CONTEXT);

const GONE_FOR_GOOD: Effects = {
  attempt: "deleted",
  key: "deleted",
  begins: "list_made looking",
  says: "deleted",
};
const PUT_OFF: Effects = { attempt: "calling, again in 5 s", says: "deletion_unconfirmed" };

test.each<[string, Answer, Key, tries: number, Effects]>([
  ["Tigris deleted it", DELETED, YOUNG, 0, GONE_FOR_GOOD],
  ["Tigris has no such key, which is old enough to be known", GONE, OLD, 0, GONE_FOR_GOOD],
  ["Tigris has no such key, which is new: it is asked again", GONE, YOUNG, 0, PUT_OFF],
  ["Tigris says so twice", GONE, YOUNG, 1, GONE_FOR_GOOD],
  ["Tigris has no such key, but lists it: it is asked again, however old it is", LISTED, OLD, 0, PUT_OFF],
  ["the same again and again", LISTED, OLD, 5, { ...PUT_OFF, attempt: "calling, again in 160 s" }],
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
    key: { to: { kind: "deleted", byId: "UANN", why: "asked", at: NOW }, event: "key.deleted", outcome: "deleted" },
    say: { kind: "done", about: { keyName: "deploy", accessKeyId: "tid_one" } },
  });
  expect(after(GONE, OLD).key?.outcome).toBe("gone");
});

test("a key that was never on goes by nobody's wish, and says so", () => {
  expect(after(DELETED, DROPPED)).toMatchObject({
    actorId: "bot",
    key: { to: { kind: "deleted", byId: null, why: "never_on", at: NOW } },
  });
  // It has made no other key.
  expect(after(DELETED, DROPPED).begin).toBeNull();
});

test("what goes ends the request for a new secret of it, once it is gone", () => {
  const asking = SECRETS.pending;
  const ended = { kind: "lapsed", why: "key_gone", approval: null, at: NOW };
  expect(deleteKey.after({ ...held, asking }, DELETED, CONTEXT).asking?.to).toEqual(ended);
  expect(deleteKey.after({ ...held, asking }, LOST, CONTEXT).asking).toBeUndefined();
});

test.each([
  ["gone", "absent", true],
  ["gone", "there", false],
  ["gone", "unavailable", false],
  ["deleted", "there", false],
] as const)("of a key that is %s by Tigris's answer the list is read, where it is %s", async (kind, read, isGone) => {
  const tigris = { deleteKey: async () => ({ kind }), readKey: async () => ({ kind: read }) };
  const made = await deleteKey.make({ tigris } as unknown as Parameters<typeof deleteKey.make>[0], held, {
    secret: null,
    isHeld: () => true,
    isRecovery: false,
  });
  expect(made).toEqual({ answer: { kind, isGone } });
});

describe("a key that goes by itself", () => {
  const dropped = { ...held, key: DROPPED };
  const asked = async (hand: { isHeld: boolean; isRecovery: boolean }) => {
    let calls = 0;
    const tigris = {
      deleteKey: async () => {
        calls += 1;
        return { kind: "deleted" };
      },
    };
    const ports = { tigris } as unknown as Parameters<typeof deleteKey.make>[0];
    const { isRecovery } = hand;
    await deleteKey.make(ports, dropped, { secret: null, isHeld: () => hand.isHeld, isRecovery });
    return calls;
  };

  test("is looked at again before each further try: somebody may have given it power meanwhile", () => {
    for (const answer of [LOST, REFUSED, LISTED, INTERRUPTED])
      expect(effectsOf(after(answer, DROPPED)).attempt).toBe("looking, again in 5 s");
  });

  test("is asked for by whoever has just looked, and by nobody else", async () => {
    expect(await asked({ isHeld: true, isRecovery: false })).toBe(1);
    expect(await asked({ isHeld: false, isRecovery: false })).toBe(0);
    expect(await asked({ isHeld: true, isRecovery: true })).toBe(0);
  });
});

test("a key that is deleted already is not deleted twice: the attempt is closed", () => {
  expect(effectsOf(after(DELETED, KEYS.deleted))).toEqual({ attempt: "deleted", says: "deleted" });
});

test("a key that another one has made is on no record, and is named by its id", () => {
  const deleted = after(DELETED, null);
  expect(effectsOf(deleted)).toEqual({ attempt: "deleted", says: "made_deleted" });
  expect(deleted.say?.about).toEqual({ accessKeyId: "tid_one" });
  expect(after(LOST, null).say).toMatchObject({ code: "deletion_unconfirmed", about: { keyName: "tid_one" } });
});

describe("after somebody else took the deletion over", () => {
  test.each<[string, Answer, Key, says: "deleted" | "deletion_unconfirmed"]>([
    ["Tigris deleted it", DELETED, YOUNG, "deleted"],
    ["it is gone for certain", GONE, OLD, "deleted"],
    ["it may be gone", GONE, YOUNG, "deletion_unconfirmed"],
    ["its list shows it", LISTED, OLD, "deletion_unconfirmed"],
    ["Tigris refused", REFUSED, YOUNG, "deletion_unconfirmed"],
    ["the answer was lost", LOST, YOUNG, "deletion_unconfirmed"],
    ["the answer was lost, but it is recorded as deleted", LOST, KEYS.deleted, "deleted"],
    ["a crash, and it is recorded as deleted", INTERRUPTED, KEYS.deleted, "deleted"],
  ])("nothing is written, and what is known is said: %s", (_title, answer, key, says) => {
    expect(effectsOf(deleteKey.late({ ...held, key }, answer, { at: NOW, facts: undefined }))).toEqual({ says });
  });
});
