import type { Hold, KeyKind } from "../../src/domain/key";
import { decideEnd } from "../../src/workflow/end-key";
import { followUps } from "../../src/workflow/follow-up";
import { NO_CHANGE } from "../../src/workflow/step";
import { REQUESTS } from "../domain/samples";
import { BY_APPROVER, BY_BOT, BY_END, BY_OWNER, KEYS, PAUSES, pausedBy } from "./keys";
import { effectsOf, NOW, recorded } from "./samples";

const DAY = 86_400_000;
const QUIET = { isPauseOpen: false, at: NOW };
const end = (key: typeof KEYS.live | null, changes: Partial<typeof QUIET> = {}) =>
  decideEnd(recorded({ key }), { ...QUIET, ...changes });
const over = <Of extends typeof KEYS.live>(key: Of) => ({ ...key, endsAt: NOW });

test.each<[KeyKind, object | null]>([
  ["off", { pause: "none by end" }],
  ["switching_on", { pause: "pausing by end", begins: "pause calling" }],
  ["live", { pause: "pausing by end", begins: "pause calling" }],
  ["rotating", { pause: "pausing by end", begins: "pause calling" }],
  ["secret_unknown", { pause: "pausing by end", begins: "pause calling" }],
  ["deleting", null],
  ["deleted", null],
])("a key that is %s when its time is over: %p", (kind, effects) => {
  const step = end(over(KEYS[kind]));
  if (effects === null) expect(step).toBe(NO_CHANGE);
  else {
    expect(effectsOf(step)).toEqual({ key: kind, ...effects });
    expect(step).toMatchObject({ actorId: "bot", key: { event: "key.ended", outcome: kind } });
  }
});

test.each<[string, Hold[]]>([
  ["its owner", [BY_OWNER]],
  ["an approver", [BY_APPROVER]],
  ["the bot", [BY_BOT]],
  ["several", [BY_OWNER, BY_APPROVER]],
])("what %s has paused already ends too, and is taken once more", (_who, holds) => {
  const key = over(pausedBy(KEYS.live, { ...PAUSES.paused, holds }));
  const step = end(key);
  expect(step).toMatchObject({ key: { pause: { holds: [...holds, { ...BY_END, at: NOW }], stands: "pausing" } } });
  expect(step.begin).toMatchObject({ id: "pause-ended-tid_one", work: { kind: "pause", phase: "calling" } });
});

test("a pause that is on its way takes the power for the end too", () => {
  const step = end(over(pausedBy(KEYS.live, PAUSES.pausing)), { isPauseOpen: true });
  expect(effectsOf(step)).toEqual({ key: "live", pause: "pausing by owner and end" });
});

test("what is being resumed at that moment is paused", () => {
  const step = end(over(pausedBy(KEYS.live, PAUSES.resuming)));
  expect(effectsOf(step)).toEqual({ key: "live", pause: "pausing by end", begins: "pause calling" });
});

test.each<[string, ReturnType<typeof over> | typeof KEYS.live | null]>([
  ["there is none", null],
  ["without an end", KEYS.live],
  ["whose end is to come", { ...KEYS.live, endsAt: NOW + 1 }],
  ["that has ended", over(pausedBy(KEYS.live, { holds: [BY_END], stands: "paused" }))],
  ["whose owner holds it, and that has ended", over(pausedBy(KEYS.live, { holds: [BY_END, BY_OWNER] }))],
])("nothing is done about a key: %s", (_what, key) => {
  expect(end(key)).toBe(NO_CHANGE);
});

test("an end that lies further ahead than any can, since the clock went back, has come", () => {
  expect(end({ ...KEYS.live, endsAt: NOW + DAY })).toBe(NO_CHANGE);
  expect(end({ ...KEYS.live, endsAt: NOW + DAY + 60_000 })).toMatchObject({ key: { event: "key.ended" } });
});

test("its owner's card rings, and no approver reads of a pause by somebody", () => {
  const before = recorded({ request: REQUESTS.made, key: over(KEYS.live) });
  const { key: moved } = end(before.key);
  const key = { ...over(KEYS.live), pause: moved?.pause ?? KEYS.live.pause, version: 2 };
  expect(followUps(before, { ...before, key })).toEqual([
    { kind: "requester_card", requestId: "request-1", ring: { code: "ended", about: { keyName: "deploy" } } },
    { kind: "approvals_card", requestId: "request-1" },
  ]);
});
