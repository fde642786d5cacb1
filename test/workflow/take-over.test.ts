import type { Key, LeaverHold } from "../../src/domain/key";
import type { Leaver, Left } from "../../src/domain/leaver";
import type { Approved, Request } from "../../src/domain/request";
import { decideTakeover } from "../../src/workflow/take-over";
import { finalEnd, REQUESTS, requestIn } from "../domain/samples";
import { BY_APPROVER, BY_OWNER, KEYS, PAUSES, pausedBy } from "./keys";
import { NOW, recorded } from "./samples";

const LEFT: Left = {
  kind: "left",
  at: 1_000,
  byId: "bot",
  goneAt: 500,
  deactivatedAt: 500,
  isDeactivated: true,
  toldAt: 1_500,
};
const GONE: Leaver = { ownerId: "UDEV", state: LEFT, version: 1 };
const HOLD: LeaverHold = { kind: "leaver", byId: "bot", at: 1_200, deletesAt: 90_000_000 };
const HELD = pausedBy(KEYS.live, { ...PAUSES.paused, holds: [HOLD] });
const CLICK = {
  names: { id: "attempt-9", leaseHolder: "bot/9" },
  actorId: "UEVE",
  actorIds: ["UEVE"],
  fromId: "UDEV",
  leaver: GONE,
  dmChannelId: "DEVE",
  use: { taken: 0, waiting: 0, askedInHour: 0 },
  maxKeysPerUser: 5,
  spends: null,
  isRepeated: false,
  isPauseOpen: false,
  clickId: "UEVE 1",
  at: NOW,
} as const;
const take = (
  key: Key | null,
  changes: Partial<Parameters<typeof decideTakeover>[1]> = {},
  asking: Request | null = null,
) => decideTakeover(recorded({ key, asking }), { ...CLICK, ...changes });
const ASKED = {
  kind: "takeover",
  accessKeyId: "tid_one",
  keyName: "deploy",
  access: KEYS.live.access,
  endpoint: "Default",
} as const;
const APPROVED = requestIn({ ...REQUESTS.approved.state, lapsesAt: NOW + 1_000 } as Approved, {
  id: "request-2",
  requesterId: "UEVE",
  asked: ASKED,
});

test("a key that is on becomes theirs, and goes on; whoever left knows its secret, and no approval of theirs covers another", () => {
  const step = take(KEYS.live);
  expect(step).toMatchObject({
    actorId: "UEVE",
    key: {
      ownerId: "UEVE",
      to: { kind: "live", secret: { kind: "left_behind", byId: "UDEV", at: NOW } },
      event: "key.taken_over",
      outcome: "UDEV",
    },
    moveCard: { dmChannelId: "DEVE" },
    tell: [{ kind: "requester_card", ring: { code: "taken_over" } }],
    say: { code: "taken_over" },
  });
  expect("attempt" in step).toBe(false);
});

test("what their owner was asked about its age counts no more: its new owner is asked anew", () => {
  const asked = { ...KEYS.live.age, asked: 2, firstAt: 1_000, lastAt: 2_000, isRaised: true };
  const { key } = take({ ...KEYS.live, age: asked }) as { key?: { age?: unknown } };
  expect(key?.age).toEqual({ ...KEYS.live.age, asked: 0, firstAt: null, lastAt: null, isRaised: false });
});

test("what their leaving has paused works again by the press", () => {
  const step = take(HELD);
  expect(step).toMatchObject({
    key: { pause: { holds: [], stands: "resuming" } },
    attempt: { to: { actorId: "UEVE", work: { kind: "resume", phase: "calling" } }, clickId: "UEVE 1" },
  });
});

test.each([
  ["they paused it themselves", BY_OWNER],
  ["an approver paused it", BY_APPROVER],
])("what is held since %s too stays paused", (_why, other) => {
  const step = take(pausedBy(KEYS.live, { ...PAUSES.paused, holds: [HOLD, other] }));
  expect(step).toMatchObject({
    key: { pause: { holds: [other], stands: "paused" } },
    say: { about: { isPaused: true } },
  });
  expect("attempt" in step).toBe(false);
});

test("what is still being paused is theirs, stays held, and is deleted no more", () => {
  const step = take(pausedBy(KEYS.live, { ...PAUSES.paused, stands: "pausing", holds: [HOLD] }), { isPauseOpen: true });
  expect(step).toMatchObject({ key: { ownerId: "UEVE", pause: { holds: [{ ...HOLD, deletesAt: null }] } } });
  expect("attempt" in step).toBe(false);
});

test.each<[string, Parameters<typeof take>, string]>([
  ["there is no key", [null], "unknown_key"],
  ["it is nobody's who left", [KEYS.live, { leaver: null }], "unknown_key"],
  ["it is another one's", [{ ...KEYS.live, ownerId: "UBOB" }], "unknown_key"],
  ["they are back", [KEYS.live, { leaver: { ...GONE, state: { kind: "back", at: 1 } } }], "owner_is_there"],
  ["it is their own, by another id", [KEYS.live, { actorIds: ["UEVE", "UDEV"] }], "owner_is_there"],
  ["it is off", [KEYS.off], "key_off"],
  ["it is getting a new secret", [KEYS.rotating], "key_rotating"],
  ["it goes", [KEYS.deleting], "key_deleting"],
  ["they have no room", [KEYS.live, { use: { taken: 5, waiting: 0, askedInHour: 0 } }], "quota"],
  ["the press was sent twice", [KEYS.live, { isRepeated: true }], "same_click"],
  ["its time is over, and it is not paused for that yet", [{ ...HELD, end: finalEnd(NOW) }], "key_ended"],
  ["its approval is gone", [KEYS.live, { spends: APPROVED }], "lapsed"],
  ["somebody else's approval is there", [KEYS.live, {}, { ...APPROVED, requesterId: "UBOB" }], "already_asked"],
])("refused where %s", (_why, [key, changes, asking], code) => {
  expect(take(key, changes, asking ?? null)).toMatchObject({ kind: "refused", code });
});

test("the second of two reads who was first", () => {
  const taken: Key = {
    ...KEYS.live,
    ownerId: "UBOB",
    state: { kind: "live", secret: { kind: "left_behind", byId: "UDEV", at: 1 } },
  };
  expect(take(taken)).toMatchObject({ code: "taken_over", about: { byId: "UBOB" } });
});

test("an approval is used up by it", () => {
  expect(take(HELD, { spends: APPROVED }, APPROVED)).toMatchObject({ asking: { to: { kind: "made" } } });
});

test("what its owner had asked about it ends with them", () => {
  const theirs = { ...APPROVED, requesterId: "UDEV", asked: { ...ASKED, kind: "secret" as const } };
  expect(take(KEYS.live, {}, theirs)).toMatchObject({ asking: { to: { kind: "requester_gone" } } });
});
