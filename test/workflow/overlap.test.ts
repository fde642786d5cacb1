import type { Key } from "../../src/domain/key";
import { newEnd } from "../../src/domain/key-end";
import type { Rotation } from "../../src/domain/rotation";
import { followUps } from "../../src/workflow/follow-up";
import {
  type Beside,
  decideFollowed,
  decideOverlap,
  decideReplacedTold,
  decideSecond,
} from "../../src/workflow/overlap";
import { NO_CHANGE, step as stepOf } from "../../src/workflow/step";
import { REQUESTS } from "../domain/samples";
import { BY_APPROVER, BY_END, BY_OWNER, KEYS, pausedBy } from "./keys";
import { beside, CALLED_OFF, DAY, first, followed, follows, replaced, second } from "./rotated-keys";
import { effectsOf, NOW, recorded } from "./samples";

const LOOKED = stepOf("bot", { isLooked: true });

describe("the second key is on", () => {
  const fresh = { second: second({ rotation: follows(false) }) };
  const begin = (key: Key | null, changes: Partial<Beside> = fresh) =>
    decideFollowed(recorded({ key }), beside(changes));

  test("the first is told when it is paused, counted from then", () => {
    expect(begin(KEYS.live)).toMatchObject({
      actorId: "bot",
      key: { to: KEYS.live.state, rotation: followed(NOW + DAY), event: "key.followed" },
      tell: [
        {
          kind: "requester_card",
          requestId: "request-1",
          ring: { code: "followed", about: { keyName: "deploy", by: "tid_two", at: NOW + DAY } },
        },
      ],
    });
  });

  test.each<[string, Key | null, Partial<Beside>?]>([
    ["that is not on record", null],
    ["that knows it already", first()],
    ["whose place yet another one takes", first({ rotation: { ...followed(NOW), by: "tid_three" } as Rotation })],
    ["that goes", KEYS.deleting],
    ["that is deleted", KEYS.deleted],
    ["that has ended", pausedBy(KEYS.live, { holds: [BY_END], stands: "paused" })],
    ["whose time is over", { ...KEYS.live, end: newEnd(NOW, 0) }],
    ["that is somebody else's by now", { ...KEYS.live, ownerId: "UANN" }],
    ["while the second goes", KEYS.live, { second: { ...KEYS.deleting, rotation: follows(false) } }],
    ["without a second", KEYS.live, { second: null }],
  ])("nothing is done about a first one %s", (_what, key, changes = fresh) => {
    expect(begin(key, changes)).toEqual(NO_CHANGE);
  });

  test("the second knows it once the first does; where that has no use for it, it is a key like any other", () => {
    const side = (key: Key, other: Key | null) => decideSecond(recorded({ key }), other);
    expect(side(second({ rotation: follows(false) }), first())).toMatchObject({ key: { rotation: follows(true) } });
    expect(side(second(), first())).toEqual(LOOKED);
    for (const other of [null, KEYS.live, first({ rotation: { ...followed(NOW), by: "tid_three" } as Rotation })])
      expect(side(second(), other)).toMatchObject({ key: { rotation: null, event: "key.overlap_over" } });
    expect(side({ ...KEYS.deleting, accessKeyId: "tid_two", rotation: follows(true) }, first())).toMatchObject({
      key: { rotation: null },
    });
    expect(side(KEYS.live, first())).toEqual(NO_CHANGE);
  });

  test("a second one that goes calls it off, and its owner is told", () => {
    const gone = { second: { ...KEYS.deleting, accessKeyId: "tid_two", rotation: follows(true) } };
    expect(begin(first(), gone)).toMatchObject({
      key: { rotation: CALLED_OFF, event: "key.overlap_called_off" },
      tell: [{ ring: { code: "overlap_off", about: { isPaused: false } } }],
    });
    expect(begin(replaced(null), gone)).toMatchObject({ tell: [{ ring: { about: { isPaused: true } } }] });
  });
});

describe("the moment at which the first is paused", () => {
  const due = (key: Key, changes: Partial<Beside> = {}) => decideOverlap(recorded({ key }), beside(changes));

  test("it is held, and its power is taken", () => {
    const step = due(first());
    expect(effectsOf(step)).toEqual({ key: "live", pause: "pausing by overlap", begins: "pause calling" });
    expect(step).toMatchObject({ key: { event: "key.replaced" }, begin: { id: `pause-replaced-tid_one-${NOW}` } });
  });

  test("a pause that is on its way takes the power for this too", () => {
    const step = due(pausedBy(first(), { holds: [BY_OWNER], stands: "pausing" }), { isPauseOpen: true });
    expect(effectsOf(step)).toEqual({ key: "live", pause: "pausing by owner and overlap" });
  });

  test.each<[string, Key, Partial<Beside>]>([
    ["before it", first({ rotation: followed(NOW + 1) }), {}],
    ["of a key that goes", { ...KEYS.deleting, rotation: followed(NOW) }, {}],
    ["of a key without a rotation", KEYS.live, {}],
  ])("nothing is done %s", (_what, key, changes) => expect(due(key, changes)).toEqual(LOOKED));

  test("while the second gets a new secret, that is waited for", () => {
    expect(due(first(), { second: { ...second(), state: KEYS.rotating.state } })).toEqual(NO_CHANGE);
  });

  test.each<[string, Key | null]>([
    ["is gone", null],
    ["is deleted", { ...second(), state: KEYS.deleted.state }],
    ["is paused", pausedBy(second(), { holds: [BY_APPROVER], stands: "paused" })],
    ["has no secret that anybody holds", { ...second(), state: KEYS.secret_unknown.state }],
    ["takes no place any more", second({ rotation: null })],
  ])("where the second %s it is called off: nothing is paused for nothing", (_what, other) => {
    const step = due(first(), { second: other });
    expect(step).toMatchObject({ key: { rotation: CALLED_OFF }, tell: [{ ring: { code: "overlap_off" } }] });
    expect(effectsOf(step)).toEqual({ key: "live", told: ["request-1 rings: overlap_off"] });
  });

  test("what has ended is paused for that: it is called off, and nobody is told anew", () => {
    for (const key of [pausedBy(first(), { holds: [BY_END], stands: "paused" }), first({ end: newEnd(NOW, 0) })]) {
      const step = due(key);
      expect(step).toMatchObject({ key: { rotation: CALLED_OFF, outcome: "ended" } });
      expect(step.tell).toBe(undefined);
    }
  });

  test("a moment that lies too far ahead, since the clock went back, is set anew, and pauses nothing", () => {
    const step = due(first({ rotation: followed(NOW + 8 * DAY) }));
    expect(step).toMatchObject({ key: { rotation: followed(NOW + DAY), outcome: "clock_set" } });
    expect(step.key).not.toHaveProperty("pause");
  });
});

describe("the deletion of the first", () => {
  const due = (key: Key, changes: Partial<Beside> = {}) => decideOverlap(recorded({ key }), beside(changes));

  test("a day after its owner was told that it is paused it goes by itself", () => {
    expect(due(replaced(NOW))).toMatchObject({
      key: { to: { kind: "deleting", byId: null, why: "replaced", at: NOW }, event: "key.deletion_started" },
    });
  });

  test.each<[string, Key]>([
    ["its owner was not told", replaced(null)],
    ["its day is not over", replaced(NOW + 1)],
    ["it is not paused for certain", pausedBy(replaced(NOW), { stands: "pausing" })],
    ["it goes already", { ...replaced(NOW), state: KEYS.deleting.state }],
  ])("nothing is deleted while %s", (_what, key) => expect(due(key)).toEqual(LOOKED));

  test("nor while the second one does not work: then it stays paused, and its owner is told", () => {
    const step = due(replaced(NOW), { second: pausedBy(second(), { holds: [BY_OWNER], stands: "paused" }) });
    expect(step).toMatchObject({
      key: { to: KEYS.live.state, rotation: CALLED_OFF },
      tell: [{ ring: { code: "overlap_off", about: { isPaused: true } } }],
    });
    expect(step.key).not.toHaveProperty("pause");
  });

  test("a moment that can't be true ends no day: it counts from now on", () => {
    expect(due(replaced(NOW + 8 * DAY))).toMatchObject({ key: { rotation: followed(NOW - DAY, NOW + DAY) } });
  });

  test("the day counts from the message, once, and of what is paused for certain", () => {
    const told = (key: Key | null) => decideReplacedTold(recorded({ key }), NOW);
    expect(told(replaced(null))).toMatchObject({ key: { rotation: followed(NOW - DAY, NOW + DAY) } });
    for (const key of [
      null,
      KEYS.live,
      first(),
      replaced(NOW + 1),
      pausedBy(replaced(null), { stands: "pausing" }),
      { ...replaced(null), state: KEYS.deleting.state },
      pausedBy(replaced(null), { holds: [BY_OWNER] }),
    ])
      expect(told(key)).toEqual(NO_CHANGE);
  });

  test("its card rings when the pause is certain, and no sooner", () => {
    const request = REQUESTS.made;
    const ring = { code: "replaced", about: { keyName: "deploy" } };
    const card = { kind: "requester_card", requestId: "request-1" };
    const pausing = pausedBy(replaced(null), { stands: "pausing" });
    const next = (key: Key) => ({ ...key, version: key.version + 1 });
    expect(followUps(recorded({ request, key: first() }), recorded({ request, key: next(pausing) }))).toContainEqual(
      card,
    );
    expect(
      followUps(recorded({ request, key: pausing }), recorded({ request, key: next(replaced(null)) })),
    ).toContainEqual({ ...card, ring });
  });
});
