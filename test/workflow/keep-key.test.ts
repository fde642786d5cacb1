import type { Key, KeyKind } from "../../src/domain/key";
import { newAge } from "../../src/domain/key-age";
import type { Refusal } from "../../src/domain/refusal";
import { decideAge, decideNoted } from "../../src/workflow/ask-about-age";
import { followUps } from "../../src/workflow/follow-up";
import { decideKeep } from "../../src/workflow/keep-key";
import { NO_CHANGE, step as stepOf } from "../../src/workflow/step";
import { REQUESTS } from "../domain/samples";
import { BY_APPROVER, BY_OWNER, KEYS, pausedBy } from "./keys";
import { recorded } from "./samples";

const DAY = 86_400_000;
const OLD = 90 * DAY;
const NOW = 1_700_000_000_000;
const BEGAN = NOW - OLD;
const PLACE = { channelId: "D1", ts: "1.2" };
const REASON = "The scanner on floor 3 can't read a new one";
const LOOKED = stepOf("bot", { isLooked: true });

const owed = { ...newAge(BEGAN), isOwed: true };
const asked = { ...newAge(BEGAN), asked: 1, firstAt: NOW, lastAt: NOW, message: PLACE };
const keep = (key: Key | null, actorId = "UDEV", rotateAfterMs: number | null = OLD) =>
  decideKeep(recorded({ key }), { actorId, reason: REASON, rotateAfterMs, at: NOW });

test("the owner keeps the secret that they were asked about, until it is as old again", () => {
  const key = { ...KEYS.live, age: asked };
  expect(keep(key)).toEqual(
    stepOf("UDEV", {
      key: { to: key.state, age: { ...newAge(BEGAN), kept: { at: NOW, reason: REASON } }, event: "key.kept" },
      say: { kind: "done", code: "kept", about: { keyName: "deploy", until: NOW + OLD } },
    }),
  );
});

test("a question that is owed and not sent yet can be answered too", () => {
  expect(keep({ ...KEYS.live, age: owed })).toMatchObject({ key: { event: "key.kept", age: { isOwed: false } } });
});

const refusals: [string, ReturnType<typeof keep>, Refusal["code"]][] = [
  ["there is none", keep(null), "unknown_key"],
  ["it is somebody else's", keep({ ...KEYS.live, age: asked }, "UEVE"), "not_yours"],
  ["whoever presses is an approver", keep({ ...KEYS.live, age: asked }, "UANN"), "not_yours"],
  ["nothing was asked", keep({ ...KEYS.live, age: newAge(BEGAN) }), "not_asked"],
  ["it is young", keep({ ...KEYS.live, age: { ...asked, begunAt: NOW } }), "not_asked"],
  [
    "it was kept a moment ago",
    keep({ ...KEYS.live, age: { ...newAge(BEGAN), kept: { at: NOW, reason: "x" } } }),
    "not_asked",
  ],
  ["nobody is asked by now", keep({ ...KEYS.live, age: asked }, "UDEV", null), "not_asked"],
  ["its owner paused it", keep(pausedBy({ ...KEYS.live, age: asked }, { holds: [BY_OWNER] })), "key_paused"],
  ["an approver paused it", keep(pausedBy({ ...KEYS.live, age: asked }, { holds: [BY_APPROVER] })), "key_paused"],
];
test.each(refusals)("it is refused where %s", (_why, refusal, code) => {
  expect(refusal).toMatchObject({ kind: "refused", code });
});

test.each<[KeyKind, Refusal["code"]]>([
  ["off", "key_off"],
  ["switching_on", "key_switching_on"],
  ["rotating", "key_rotating"],
  ["deleting", "key_deleting"],
  ["deleted", "already_deleted"],
])("it is refused while the key is %s", (kind, code) => {
  expect(keep({ ...KEYS[kind], age: asked })).toMatchObject({ kind: "refused", code });
});

const look = (key: Key | null) => decideAge(recorded({ key }), { rotateAfterMs: OLD, at: NOW });

test("a question is written down with the message that is owed, and an owed one begins no other", () => {
  const key = { ...KEYS.live, age: newAge(BEGAN) };
  expect(look(key)).toEqual(
    stepOf("bot", {
      key: { to: key.state, age: owed, event: "key.question_due", outcome: "1" },
      tell: [{ kind: "old_keys", userId: "UDEV", owedAt: NOW }],
    }),
  );
  expect(look({ ...key, age: owed })).toEqual(LOOKED);
  expect(look({ ...key, age: newAge(BEGAN + 1) })).toEqual(LOOKED);
  expect(look(null)).toBe(NO_CHANGE);
});

test("of what nobody answered the approvers are told once", () => {
  const age = { ...asked, asked: 4, firstAt: NOW - 37 * DAY, lastAt: NOW - 7 * DAY };
  expect(look({ ...KEYS.live, age })).toMatchObject({
    key: { event: "key.unanswered", age: { isRaised: true } },
    tell: [{ kind: "unanswered", since: NOW }],
  });
  expect(look({ ...KEYS.live, age: { ...age, isRaised: true } })).toEqual(LOOKED);
});

const note = (key: Key | null, message: typeof PLACE | null = PLACE) =>
  decideNoted(recorded({ key }), { rotateAfterMs: OLD, at: NOW, message });

test("what was asked counts once its message stands; what can't be posted counts too", () => {
  const key = { ...KEYS.live, age: owed };
  expect(note(key)).toMatchObject({ key: { age: asked, event: "key.asked_about", outcome: "1" } });
  expect(note(key, null)).toMatchObject({ key: { age: { ...asked, message: null }, outcome: "1 not_posted" } });
});

test("what was answered while the message was on its way counts as not asked", () => {
  const kept = { ...newAge(BEGAN), kept: { at: NOW, reason: REASON } };
  expect(note({ ...KEYS.live, age: kept })).toBe(NO_CHANGE);
  expect(note({ ...KEYS.deleted, age: owed })).toBe(NO_CHANGE);
  expect(note(null)).toBe(NO_CHANGE);
  const paused = pausedBy({ ...KEYS.live, age: owed }, { holds: [BY_OWNER] });
  expect(note(paused)).toMatchObject({ key: { age: newAge(BEGAN), outcome: "not_asked" } });
});

const follow = (before: Key, after: Key) => followUps(recorded({ key: before }), recorded({ key: after }));
const open: Key = { ...KEYS.live, age: asked };
const redraw = { kind: "old_keys_redraw", userId: "UDEV", place: PLACE };

test.each<[string, Key, boolean]>([
  ["it is kept", { ...open, version: 2, age: { ...newAge(BEGAN), kept: { at: NOW, reason: REASON } } }, true],
  ["it is paused", { ...pausedBy(open, { holds: [BY_OWNER] }), version: 2 }, true],
  ["it gets a new secret", { ...KEYS.rotating, age: asked, version: 2 }, true],
  ["it goes", { ...KEYS.deleting, age: asked, version: 2 }, true],
  [
    "a newer message asks about it",
    { ...open, version: 2, age: { ...asked, message: { channelId: "D1", ts: "9" } } },
    true,
  ],
  ["the next question is owed", { ...open, version: 2, age: { ...asked, isOwed: true } }, false],
  ["something else of it changes", { ...open, version: 2, deliveryId: "delivery-2" }, false],
])("the message that asks is drawn again where %s: %p", (_what, after, isDrawn) => {
  expect(follow(open, after).filter(({ kind }) => kind === "old_keys_redraw")).toEqual(isDrawn ? [redraw] : []);
});

test("a question alone draws no card again", () => {
  const request = REQUESTS.made;
  const drawn = (after: Key) =>
    followUps(recorded({ request, key: { ...open, age: owed } }), recorded({ request, key: after }));
  expect(drawn({ ...open, version: 2 })).toEqual([]);
  expect(drawn({ ...open, version: 2, deliveryId: "delivery-2" })).toContainEqual({
    kind: "requester_card",
    requestId: request.id,
  });
});
