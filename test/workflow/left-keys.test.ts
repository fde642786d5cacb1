import type { Key, LeaverHold } from "../../src/domain/key";
import type { Leaver, LeaverState, Left } from "../../src/domain/leaver";
import { timersOfKey } from "../../src/domain/timers";
import { followUps } from "../../src/workflow/follow-up";
import { decideKeyTold, decideLeftDeletion, decideLeftPause } from "../../src/workflow/left-keys";
import { decideLook } from "../../src/workflow/look-at-owner";
import { NO_CHANGE, step as stepOf } from "../../src/workflow/step";
import { REQUESTS } from "../domain/samples";
import { BY_OWNER, KEYS, PAUSES, pausedBy } from "./keys";
import { effectsOf, NOW, recorded } from "./samples";

const DAY = 86_400_000;
const LOOKED = stepOf("bot", { isLooked: true });
const LEFT: Left = {
  kind: "left",
  at: 1_000,
  byId: "bot",
  goneAt: 500,
  deactivatedAt: 500,
  isDeactivated: true,
  toldAt: null,
};
const leaverIn = (state: LeaverState): Leaver => ({ ownerId: "UDEV", state, version: 1 });
const GONE = leaverIn(LEFT);
const HOLD: LeaverHold = { kind: "leaver", byId: "bot", at: NOW - 5, deletesAt: null };
const held = (changes: Partial<LeaverHold> = {}, stands: "pausing" | "paused" = "paused") =>
  pausedBy(KEYS.live, { ...PAUSES.paused, stands, holds: [{ ...HOLD, ...changes }] });

const DUE = { leaver: GONE, isPauseOpen: false, needsApproval: true, graceMs: 7 * DAY, at: NOW };
const pause = (key: Key | null, changes: Partial<Parameters<typeof decideLeftPause>[1]> = {}) =>
  decideLeftPause(recorded({ key }), { ...DUE, ...changes });

describe("the pause", () => {
  test("of a kind that needs an approval comes with the second look", () => {
    const step = pause(KEYS.live);
    expect(effectsOf(step)).toEqual({ key: "live", pause: "pausing by leaver", begins: "pause calling" });
    expect(step).toMatchObject({ actorId: "bot", key: { event: "key.paused", outcome: "leaver" } });
    expect(step.tell).toBeUndefined();
  });

  test("beside a pause that is on its way takes no second one", () => {
    const step = pause(pausedBy(KEYS.live, PAUSES.pausing), { isPauseOpen: true });
    expect(effectsOf(step)).toEqual({ key: "live", pause: "pausing by owner and leaver" });
  });

  test("tells whoever is a guest still", () => {
    const guest = leaverIn({ ...LEFT, deactivatedAt: null, isDeactivated: false, toldAt: NOW - 7 * DAY });
    expect(pause(KEYS.live, { leaver: guest }).tell).toMatchObject([{ ring: { code: "paused_as_guest" } }]);
  });

  test.each<[string, Parameters<typeof pause>]>([
    ["there is no key", [null]],
    ["nobody has left", [KEYS.live, { leaver: null }]],
    ["they are only suspected", [KEYS.live, { leaver: leaverIn({ kind: "suspected", goneAt: 1, deactivatedAt: 1 }) }]],
    ["they are back", [KEYS.live, { leaver: leaverIn({ kind: "back", at: 1 }) }]],
    ["somebody has taken it over", [{ ...KEYS.live, ownerId: "UEVE" }]],
    ["it needs no approval, and nobody was told", [KEYS.live, { needsApproval: false }]],
    ["it is paused for that already", [held()]],
    ["it goes", [KEYS.deleting]],
  ])("does not come where %s", (_why, [key, changes]) => {
    expect(pause(key, changes)).toBe(NO_CHANGE);
  });
});

describe("the grace", () => {
  const facts = { leaver: GONE, graceMs: 7 * DAY, at: NOW };

  test("counts from the message that told it", () => {
    const step = decideKeyTold(held(), facts);
    expect(step).toMatchObject({ key: { pause: { holds: [{ deletesAt: NOW + 7 * DAY }] }, event: "key.leaver_told" } });
  });

  test.each<[string, Key | null, Leaver | null]>([
    ["it is not paused yet", held({}, "pausing"), GONE],
    ["it was told before", held({ deletesAt: NOW + 1 }), GONE],
    ["they are back", held(), leaverIn({ kind: "back", at: 1 })],
    ["nobody holds it for that", pausedBy(KEYS.live, PAUSES.paused), GONE],
    ["it is somebody else's by now", { ...held(), ownerId: "UEVE" }, GONE],
  ])("does not begin where %s", (_why, key, leaver) => {
    expect(decideKeyTold(key, { ...facts, leaver })).toBe(NO_CHANGE);
  });

  test("has a timer of its own, and none while the key is still being paused", () => {
    expect(timersOfKey(held({ deletesAt: 7_000 }))).toContainEqual({ kind: "leaver_grace", dueAt: 7_000 });
    expect(timersOfKey(held({ deletesAt: 7_000 }, "pausing"))).toEqual([]);
  });
});

describe("the deletion", () => {
  const over = held({ deletesAt: NOW });
  const deletion = (key: Key | null, leaver: Leaver | null = GONE) =>
    decideLeftDeletion(recorded({ key }), { leaver, graceMs: 7 * DAY, at: NOW });

  test("comes when the grace is over", () => {
    expect(deletion(over)).toMatchObject({
      key: { to: { kind: "deleting", byId: null, why: "left" }, outcome: "left" },
    });
  });

  test.each<[string, Key | null]>([
    ["it was not told", held()],
    ["the grace is not over", held({ deletesAt: NOW + 1 })],
    ["it is being paused again", held({ deletesAt: NOW }, "pausing")],
    ["something else holds it", pausedBy(KEYS.live, { ...PAUSES.paused, holds: [BY_OWNER] })],
    ["there is none", null],
  ])("does not come where %s", (_why, key) => {
    expect(deletion(key)).toEqual(LOOKED);
  });

  test.each<[string, Leaver | null]>([
    ["is back", leaverIn({ kind: "back", at: 1 })],
    ["was never gone", null],
  ])("is called off where its owner %s", (_what, leaver) => {
    expect(deletion(over, leaver)).toMatchObject({ key: { pause: { holds: [{ deletesAt: null }] } } });
  });

  test.each([GONE, null])("changes nothing of a key that goes already, whoever its owner is now", (leaver) => {
    const going = { ...KEYS.deleting, pause: held({ deletesAt: NOW - 1 }).pause };
    expect(deletion(going, leaver)).toEqual(LOOKED);
  });

  test("a moment that can't be true ends no grace", () => {
    const ahead = held({ deletesAt: NOW + 4_000 * DAY });
    expect(deletion(ahead)).toMatchObject({ key: { pause: { holds: [{ deletesAt: NOW + 7 * DAY }] } } });
  });
});

test("once a pause is certain the card is posted anew, and no sooner", () => {
  const request = REQUESTS.made;
  const cards = (before: Key, key: Key) =>
    followUps(recorded({ request, key: before }), recorded({ request, key: { ...key, version: 2 } })).filter(
      ({ kind }) => kind === "leaver_card",
    );
  expect(cards(KEYS.live, held({}, "pausing"))).toEqual([]);
  expect(cards(held({}, "pausing"), held())).toEqual([{ kind: "leaver_card", ownerId: "UDEV", isNews: true }]);
  expect(cards(held(), held({ deletesAt: 1 }))).toEqual([]);
});

describe("a look", () => {
  const facts = { leaver: null, owns: true, gone: 1, owners: 10, at: NOW };

  test("that says nothing comes again, and changes nothing", () => {
    const step = decideLook("UDEV", null, { ...facts, leaver: GONE });
    expect(step.leaver).toMatchObject({ to: LEFT, dueAt: NOW + 600_000 });
    expect(step.tell).toBeUndefined();
  });

  test("at whoever owns nothing any more is the last one", () => {
    const was = leaverIn({ kind: "suspected", goneAt: 1, deactivatedAt: 1 });
    expect(decideLook("UDEV", "deactivated", { ...facts, owns: false, leaver: was }).leaver).toMatchObject({
      to: null,
      dueAt: null,
    });
  });

  test("that is the second one has the keys looked after at once, and tells it", () => {
    const was = leaverIn({ kind: "suspected", goneAt: NOW - 600_000, deactivatedAt: NOW - 600_000 });
    const step = decideLook("UDEV", "deactivated", { ...facts, leaver: was });
    expect(step.leaver).toMatchObject({ to: { kind: "left", isDeactivated: true }, dueAt: NOW });
    expect(step.tell).toEqual([{ kind: "leaver_card", ownerId: "UDEV", isNews: true }]);
    expect(step.events).toEqual([{ name: "leaver.left", actorId: "bot", outcome: "UDEV deactivated" }]);
  });

  test("at one of too many holds them back, and asks", () => {
    const was = leaverIn({ kind: "suspected", goneAt: NOW - 600_000, deactivatedAt: NOW - 600_000 });
    const step = decideLook("UDEV", "deactivated", { ...facts, leaver: was, gone: 6 });
    expect(step.leaver).toMatchObject({ to: { kind: "held_back" }, dueAt: null });
    expect(step.tell).toEqual([{ kind: "leavers_held_back" }]);
  });
});
