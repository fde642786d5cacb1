import type { Hold, KeyKind } from "../../src/domain/key";
import { newEnd } from "../../src/domain/key-end";
import type { Lasts } from "../../src/domain/policy/rule";
import { decideEnd, decideTold } from "../../src/workflow/end-key";
import { followUps } from "../../src/workflow/follow-up";
import { NO_CHANGE, step as stepOf } from "../../src/workflow/step";
import { finalEnd, REQUESTS } from "../domain/samples";
import { BY_APPROVER, BY_BOT, BY_END, BY_OWNER, KEYS, PAUSES, pausedBy } from "./keys";
import { effectsOf, NOW, recorded } from "./samples";

const DAY = 86_400_000;
/** Nothing changes but when it is looked at next. */
const LOOKED = stepOf("bot", { isLooked: true });
const NO_LASTS: Lasts = { defaultMs: null, longestMs: null };
const QUIET = { isPauseOpen: false, lasts: NO_LASTS, graceMs: 7 * DAY, at: NOW };
const end = (key: typeof KEYS.live | null, changes: Partial<typeof QUIET> = {}) =>
  decideEnd(recorded({ key }), { ...QUIET, ...changes });
const over = <Of extends typeof KEYS.live>(key: Of) => ({ ...key, end: finalEnd(NOW) });

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
  if (effects === null) expect(step).toEqual(LOOKED);
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
  expect(step.begin).toMatchObject({ id: `pause-ended-tid_one-${NOW}`, work: { kind: "pause", phase: "calling" } });
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
  ["whose end is to come", { ...KEYS.live, end: { ...finalEnd(NOW + 1), since: NOW } }],
  ["that has ended", over(pausedBy(KEYS.live, { holds: [BY_END], stands: "paused" }))],
  ["whose owner holds it, and that has ended", over(pausedBy(KEYS.live, { holds: [BY_END, BY_OWNER] }))],
])("nothing is done about a key: %s", (_what, key) => {
  expect(end(key)).toEqual(key === null ? NO_CHANGE : LOOKED);
});

test("an end that lies further ahead than any can, since the clock went back, has come", () => {
  expect(end({ ...KEYS.live, end: { ...finalEnd(NOW + DAY), since: NOW } })).toEqual(LOOKED);
  expect(end({ ...KEYS.live, end: { ...finalEnd(NOW + DAY + 60_000), since: NOW } })).toMatchObject({
    key: { event: "key.ended" },
  });
});

test("its owner's card rings once it is paused for certain, and no approver reads of a pause by somebody", () => {
  const ended = { code: "ended", about: { keyName: "deploy" } };
  const card = { kind: "requester_card", requestId: "request-1" };
  const before = recorded({ request: REQUESTS.made, key: over(KEYS.live) });
  const { key: moved } = end(before.key);
  const pausing = { ...over(KEYS.live), pause: moved?.pause ?? KEYS.live.pause, version: 2 };
  expect(followUps(before, { ...before, key: pausing })[0]).toEqual({ ...card, ring: undefined });
  const paused = { ...pausing, pause: { ...pausing.pause, stands: "paused" as const }, version: 3 };
  expect(followUps({ ...before, key: pausing }, { ...before, key: paused })[0]).toEqual({ ...card, ring: ended });
  expect(followUps({ ...before, key: paused }, { ...before, key: { ...paused, version: 4 } })[0]).not.toMatchObject({
    ring: ended,
  });
  const off = { ...KEYS.off, end: finalEnd(NOW) };
  const endedOff = { ...off, pause: { ...off.pause, holds: [{ ...BY_END, at: NOW }] }, version: 2 };
  expect(followUps({ ...before, key: off }, { ...before, key: endedOff })[0]).toEqual({ ...card, ring: ended });
});

describe("after the end", () => {
  const ended = (deletesAt: number | null, stands: "paused" | "pausing" = "paused") => ({
    ...pausedBy(KEYS.live, { ...PAUSES.paused, stands, holds: [BY_END] }),
    end: { ...finalEnd(NOW - DAY), isFinal: false, deletesAt },
  });

  test("its owner is told, and from then on its grace counts, once", () => {
    const told = decideTold(recorded({ key: ended(null) }), { graceMs: DAY, at: NOW });
    expect(told).toMatchObject({ key: { event: "key.end_told", end: { deletesAt: NOW + DAY } } });
    expect(decideTold(recorded({ key: ended(NOW + 5) }), { graceMs: DAY, at: NOW })).toBe(NO_CHANGE);
    expect(decideTold(recorded({ key: ended(null, "pausing") }), { graceMs: DAY, at: NOW })).toBe(NO_CHANGE);
    expect(decideTold(recorded({ key: KEYS.live }), { graceMs: DAY, at: NOW })).toBe(NO_CHANGE);
    expect(decideTold(recorded({ key: null }), { graceMs: DAY, at: NOW })).toBe(NO_CHANGE);
  });

  test("it is deleted when the grace is over, and not before, nor while it is not paused for certain", () => {
    expect(end(ended(NOW))).toMatchObject({ key: { to: { kind: "deleting", byId: null, why: "ended" } } });
    expect(end(ended(NOW + 1))).toEqual(LOOKED);
    expect(end(ended(null))).toEqual(LOOKED);
    expect(end(ended(NOW, "pausing"))).toEqual(LOOKED);
  });

  test("a moment that can't be true ends no grace, but begins it anew", () => {
    expect(end(ended(NOW + 4_000 * DAY))).toMatchObject({
      key: { event: "key.end_told", end: { deletesAt: NOW + 7 * DAY } },
    });
  });
});

describe("before the end", () => {
  const lasting = (ms: number, lastsMs = 30 * DAY) => ({ ...KEYS.live, end: newEnd(NOW + ms, NOW + ms - lastsMs) });

  test("its owner is reminded, and the value says of what", () => {
    expect(end(lasting(DAY))).toMatchObject({
      key: { event: "key.end_reminded", end: { remindedMs: DAY } },
      tell: [{ kind: "requester_card", ring: { code: "ends_soon", about: { at: NOW + DAY } } }],
    });
    expect(end(lasting(20 * DAY))).toEqual(LOOKED);
  });

  test("a policy of now gives an end to what has none, and a sooner one to what lasts too long: told, and never at once", () => {
    const week = { lasts: { defaultMs: DAY, longestMs: 10 * DAY } };
    expect(end(KEYS.live, week)).toMatchObject({
      key: { event: "key.end_set", outcome: "first", end: newEnd(NOW + 7 * DAY, NOW) },
      tell: [{ ring: { code: "end_set", about: { isSooner: false } } }],
    });
    expect(end(lasting(20 * DAY), week)).toMatchObject({
      key: { outcome: "sooner", end: newEnd(NOW + 10 * DAY, NOW) },
      tell: [{ ring: { code: "end_set", about: { isSooner: true } } }],
    });
    expect(end(KEYS.off, week)).toEqual(LOOKED);
  });
});
