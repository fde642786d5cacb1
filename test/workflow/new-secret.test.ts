import type { KeyState } from "../../src/domain/key";
import { LEASE_MS } from "../../src/domain/limits";
import type { RefusalCode } from "../../src/domain/refusal";
import { decideRotation } from "../../src/workflow/new-secret";
import { coverBy, keyIn, policyOf } from "../domain/samples";
import { KEYS as ADMIN_KEYS, PAUSES, pausedBy } from "./keys";
import { IN_TIME, recorded } from "./samples";

/** A key in each of its states whose kind needs no approval. */
const EDITOR = { permission: "Editor", buckets: { kind: "named", names: ["builds"] } } as const;
const KEYS = {
  live: { ...ADMIN_KEYS.live, access: EDITOR },
  secret_unknown: { ...ADMIN_KEYS.secret_unknown, access: EDITOR },
  rotating: { ...ADMIN_KEYS.rotating, access: EDITOR },
  off: { ...ADMIN_KEYS.off, access: EDITOR },
  switching_on: { ...ADMIN_KEYS.switching_on, access: EDITOR },
  deleting: { ...ADMIN_KEYS.deleting, access: EDITOR },
  deleted: { ...ADMIN_KEYS.deleted, access: EDITOR },
};

const CLICK = {
  names: { id: "attempt-9", leaseHolder: "bot/9" },
  actorId: "UDEV",
  clickId: "click-9",
  isRepeated: false,
  policy: policyOf(["readonly"]),
  at: IN_TIME,
};

test.each<[keyof typeof KEYS, "rotating" | RefusalCode]>([
  ["live", "rotating"],
  ["secret_unknown", "rotating"],
  ["rotating", "key_rotating"],
  ["off", "key_off"],
  ["switching_on", "key_switching_on"],
  ["deleting", "key_deleting"],
  ["deleted", "already_deleted"],
])("New secret on a key that is %s: %s", (kind, ends) => {
  const decided = decideRotation(recorded({ key: KEYS[kind] }), CLICK);
  if (ends === "rotating")
    expect(decided).toMatchObject({ key: { to: { kind: "rotating", before: KEYS[kind].state } } });
  else expect(decided).toMatchObject({ kind: "refused", code: ends });
});

test("the key changes together with the intent: attempt, lease, click and event in one step", () => {
  expect(decideRotation(recorded({ key: KEYS.live }), CLICK)).toEqual({
    kind: "step",
    actorId: "UDEV",
    key: { kind: "moves", to: { kind: "rotating", before: KEYS.live.state }, event: "key.rotation_started" },
    attempt: {
      clickId: "click-9",
      to: {
        id: "attempt-9",
        requestId: "request-1",
        accessKeyId: "tid_one",
        actorId: "UDEV",
        startedAt: IN_TIME,
        lease: { holder: "bot/9", until: IN_TIME + LEASE_MS },
        nextAt: IN_TIME,
        tries: 0,
        alerted: false,
        work: { kind: "rotate", phase: "calling" },
      },
    },
  });
});

describe.each(Object.values(KEYS))("on a key that is $state.kind", (key) => {
  test("the same click again rotates nothing", () => {
    const again = decideRotation(recorded({ key }), { ...CLICK, isRepeated: true });
    expect(again).toEqual({ kind: "refused", code: "same_click", about: { keyName: "deploy" } });
  });

  test.each([true, false])("nobody but its owner has a new secret made (a repeated click: %s)", (isRepeated) => {
    const others = decideRotation(recorded({ key }), { ...CLICK, actorId: "UANN", isRepeated });
    expect(others).toEqual({ kind: "refused", code: "not_yours", about: { of: "key" } });
  });
});

test("a paused key can have a new secret: it stays paused", () => {
  const key = pausedBy(KEYS.live, PAUSES.paused);
  const decided = decideRotation(recorded({ key }), CLICK);
  expect(decided).toMatchObject({ kind: "step", key: { to: { kind: "rotating" } } });
  if (decided.kind === "step") expect(decided.key).not.toHaveProperty("pause");
});

test("a key that the bot does not know has no new secret", () => {
  expect(decideRotation(recorded({}), CLICK)).toMatchObject({ kind: "refused", code: "unknown_key" });
});

test("who deletes it is said to who would rotate it", () => {
  const key = keyIn({ kind: "deleting", byId: "UANN", why: "asked", at: 1 });
  expect(decideRotation(recorded({ key }), CLICK)).toMatchObject({ about: { keyName: "deploy", byId: "UANN" } });
});

const cover = coverBy("UANN", IN_TIME + 1);
const over = { ...cover, until: IN_TIME };

test.each<[string, KeyState, "rotating" | RefusalCode]>([
  ["saved", { kind: "live", secret: { kind: "confirmed", at: 3_000 } }, "secret_needs_approval"],
  ["not saved, and covered", { kind: "live", secret: { kind: "unconfirmed", cover } }, "rotating"],
  [
    "not saved, its cover over",
    { kind: "live", secret: { kind: "unconfirmed", cover: over } },
    "secret_needs_approval",
  ],
  [
    "not saved, without a cover",
    { kind: "live", secret: { kind: "unconfirmed", cover: null } },
    "secret_needs_approval",
  ],
  ["lost, and covered", { kind: "secret_unknown", at: 3_000, cover }, "rotating"],
  ["lost, its cover over", { kind: "secret_unknown", at: 3_000, cover: over }, "secret_needs_approval"],
  ["lost, without a cover", { kind: "secret_unknown", at: 3_000, cover: null }, "secret_needs_approval"],
  ["under way", ADMIN_KEYS.rotating.state, "key_rotating"],
  ["gone with its key", ADMIN_KEYS.deleted.state, "already_deleted"],
])("New secret on an Admin key whose last one is %s: %#", (_what, state, ends) => {
  const key = keyIn(state);
  const decided = decideRotation(recorded({ key }), CLICK);
  if (ends === "rotating") expect(decided).toMatchObject({ key: { to: { kind: "rotating", before: state } } });
  else expect(decided).toMatchObject({ kind: "refused", code: ends, about: { keyName: "deploy" } });
});

test("policy may have come to want an approval for a kind of key", () => {
  const decided = decideRotation(recorded({ key: KEYS.live }), { ...CLICK, policy: policyOf(["editor"]) });
  expect(decided).toEqual({ kind: "refused", code: "secret_needs_approval", about: { keyName: "deploy" } });
});
