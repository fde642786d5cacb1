import fc from "fast-check";
import { type Key, type KeyKind, NO_PAUSE } from "../../src/domain/key";
import { newEnd } from "../../src/domain/key-end";
import { liftable } from "../../src/domain/pause-steps";
import { quotaRefusal } from "../../src/domain/quota";
import type { RefusalCode } from "../../src/domain/refusal";
import {
  beginOverlap,
  callOff,
  isFollowedBy,
  isReplaced,
  keptAnew,
  nextOfRotation,
  noteBegun,
  noteReplaced,
  OVERLAPS_MS,
  overlapMoment,
  placeTakenBy,
  type Rotation,
  whyNotRotated,
  worksUntil,
} from "../../src/domain/rotation";
import { timersOfKey } from "../../src/domain/timers";
import { BY_APPROVER, BY_END, BY_OWNER, KEYS, pausedBy } from "../workflow/keys";
import { finalEnd, keyIn } from "./samples";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AT = 1_000 * DAY;
const BY_OVERLAP = { kind: "overlap", byId: "bot", at: 4_000 } as const;

const FOLLOWS: Rotation = { kind: "follows", accessKeyId: "tid_one", overlapMs: DAY, isBegun: true };
const FOLLOWED: Rotation = { kind: "followed", by: "tid_two", pausesAt: AT + DAY, deletesAt: null };
const first: Key = { ...KEYS.live, rotation: FOLLOWED };
const second: Key = { ...KEYS.live, accessKeyId: "tid_two", rotation: FOLLOWS };
const held = (key: Key, ...holds: Key["pause"]["holds"]): Key => pausedBy(key, { holds, stands: "paused" });

test.each<[string, Key, RefusalCode | null]>([
  ["on", KEYS.live, null],
  ["on, with an end", { ...KEYS.live, end: newEnd(AT + DAY, AT) }, null],
  ["off", KEYS.off, "key_off"],
  ["being switched on", KEYS.switching_on, "key_switching_on"],
  ["getting a new secret", KEYS.rotating, "key_rotating"],
  ["of which nobody holds the secret", KEYS.secret_unknown, "secret_unknown"],
  ["being deleted", KEYS.deleting, "key_deleting"],
  ["deleted", KEYS.deleted, "already_deleted"],
  ["paused", held(KEYS.live, BY_OWNER), "key_paused"],
  ["being resumed", pausedBy(KEYS.live, { holds: [], stands: "resuming" }), "key_paused"],
  ["whose time is over", { ...KEYS.live, end: newEnd(AT, 0) }, "key_ended"],
  ["that has ended", held({ ...KEYS.live, end: newEnd(AT + DAY, 0) }, BY_END), "key_ended"],
  ["of a broken glass", { ...KEYS.live, end: finalEnd(AT + HOUR) }, "no_overlap"],
  ["whose place another one takes", first, "overlap_open"],
  ["that takes the place of another one", second, "overlap_open"],
  ["just called off", { ...KEYS.live, rotation: { kind: "called_off", by: "tid_two" } }, "overlap_open"],
])("no second key takes the place of one that is not simply on: %s", (_what, key, code) => {
  expect(whyNotRotated(key, AT)?.code ?? null).toBe(code);
});

test.each<[string, Key | null, "yes" | "no" | "not_yet"]>([
  ["on", second, "yes"],
  ["gone from the record", null, "no"],
  ["getting a new secret", { ...KEYS.rotating, accessKeyId: "tid_two", rotation: FOLLOWS }, "not_yet"],
  ["of which nobody holds the secret", { ...KEYS.secret_unknown, rotation: FOLLOWS }, "no"],
  ["off", { ...KEYS.off, rotation: FOLLOWS }, "no"],
  ["being switched on", { ...KEYS.switching_on, rotation: FOLLOWS }, "no"],
  ["being deleted", { ...KEYS.deleting, rotation: FOLLOWS }, "no"],
  ["deleted", { ...KEYS.deleted, rotation: FOLLOWS }, "no"],
  ["paused by an approver", held(second, BY_APPROVER), "no"],
  ["being resumed", pausedBy(second, { holds: [], stands: "resuming" }), "no"],
  ["over", { ...second, end: newEnd(AT, 0) }, "no"],
  ["somebody else's by now", { ...second, ownerId: "UANN" }, "no"],
  ["of no rotation any more", { ...second, rotation: null }, "no"],
  ["of another rotation", { ...second, rotation: { ...FOLLOWS, accessKeyId: "tid_other" } as Rotation }, "no"],
])("a second key that is %s takes the place: %s", (_what, key, takes) => {
  expect(placeTakenBy(key, first, AT)).toBe(takes);
});

test("it is paused so long after its owner is told, and deleted a day after they are told of that", () => {
  for (const overlapMs of OVERLAPS_MS) {
    const { rotation } = beginOverlap(KEYS.live, { by: "tid_two", overlapMs, at: AT });
    expect(rotation).toEqual({ kind: "followed", by: "tid_two", pausesAt: AT + overlapMs, deletesAt: null });
  }
  expect(noteReplaced(first, AT)?.rotation).toEqual({ ...FOLLOWED, deletesAt: AT + DAY });
  expect(keptAnew({ ...first, rotation: { ...FOLLOWED, deletesAt: AT } })).toEqual({ rotation: FOLLOWED });
  for (const key of [KEYS.live, second]) {
    expect([noteReplaced(key, AT), callOff(key), keptAnew(key)]).toEqual([null, null, {}]);
  }
});

test("both are told once that one takes the other's place", () => {
  expect(noteBegun({ ...second, rotation: { ...FOLLOWS, isBegun: false } as Rotation })?.rotation).toEqual(FOLLOWS);
  for (const key of [second, first, KEYS.live]) expect(noteBegun(key)).toBe(null);
  expect([isFollowedBy(first, "tid_two"), isFollowedBy(first, "tid_three"), isFollowedBy(second, "tid_one")]).toEqual([
    true,
    false,
    false,
  ]);
});

test.each<[string, Key, number | null]>([
  ["without a rotation", KEYS.live, null],
  ["that is to be paused", first, AT + DAY],
  ["that its owner paused meanwhile", held(first, BY_OWNER), AT + DAY],
  ["that is being paused for it", pausedBy(first, { holds: [BY_OVERLAP], stands: "pausing" }), null],
  ["that is paused for it, of which nobody was told", held(first, BY_OVERLAP), null],
  [
    "that is paused for it, of which its owner was told",
    held({ ...first, rotation: { ...FOLLOWED, deletesAt: AT + 2 * DAY } as Rotation }, BY_OVERLAP),
    AT + 2 * DAY,
  ],
  ["that is being deleted", { ...KEYS.deleting, rotation: FOLLOWED }, null],
  ["that is deleted", { ...KEYS.deleted, rotation: FOLLOWED }, 0],
  ["called off", { ...KEYS.live, rotation: { kind: "called_off", by: "tid_two" } }, 0],
  ["that takes another's place, which knows it", second, null],
  ["that came on just now", { ...second, rotation: { ...FOLLOWS, isBegun: false } as Rotation }, 0],
  ["that is off", { ...KEYS.off, rotation: { ...FOLLOWS, isBegun: false } as Rotation }, null],
  ["that is being switched on", { ...KEYS.switching_on, rotation: { ...FOLLOWS, isBegun: false } as Rotation }, null],
  ["that was never on, and goes", { ...KEYS.deleting, rotation: { ...FOLLOWS, isBegun: false } as Rotation }, null],
  ["that goes, of which the other one knows", { ...KEYS.deleting, rotation: FOLLOWS }, 0],
])("when something is due about a key %s", (_what, key, dueAt) => {
  expect(nextOfRotation(key)).toBe(dueAt);
  const timers = timersOfKey(key).filter(({ kind }) => kind === "overlap");
  expect(timers).toEqual(dueAt === null ? [] : [{ kind: "overlap", dueAt }]);
});

test("a moment that lies further ahead than any overlap is untrue: the clock was set back since", () => {
  expect(overlapMoment(AT, AT)).toBe("come");
  expect(overlapMoment(AT + 1, AT)).toBe("to_come");
  expect(overlapMoment(AT + 7 * DAY, AT)).toBe("to_come");
  expect(overlapMoment(AT + 7 * DAY + 10_001, AT)).toBe("untrue");
});

test("its owner alone lifts what holds it for another key, unless it has ended", () => {
  const key = held(first, BY_OVERLAP, BY_APPROVER);
  expect(liftable(key, { id: "UDEV", isApprover: false })).toEqual([BY_OVERLAP]);
  expect(liftable(key, { id: "UANN", isApprover: true })).toEqual([BY_APPROVER]);
  expect(liftable(key, { id: "UEVE", isApprover: false })).toEqual([]);
  expect(liftable(held(first, BY_OVERLAP, BY_END), { id: "UDEV", isApprover: false })).toEqual([]);
  expect([isReplaced(key), isReplaced(held(first, BY_OWNER))]).toEqual([true, false]);
});

test("a second key needs no room, but whoever has kept both rotates no more that way", () => {
  const use = (taken: number) => ({ taken, waiting: 0, askedInHour: 0 });
  const limits = { maxKeysPerUser: 2, asksPeople: false };
  expect(quotaRefusal(use(2), { ...limits, isRotation: true })).toBe(null);
  expect(quotaRefusal(use(3), { ...limits, isRotation: true })).toMatchObject({ code: "quota" });
  expect(quotaRefusal(use(2), limits)).toMatchObject({ code: "quota" });
  const waiting = { ...use(0), waiting: 1_000 };
  expect(quotaRefusal(waiting, { ...limits, asksPeople: true, isRotation: true })).toMatchObject({
    code: "too_many_waiting",
  });
});

test("it works until the sooner of its end and its pause", () => {
  expect(worksUntil(KEYS.live)).toBe(null);
  expect(worksUntil(first)).toBe(AT + DAY);
  expect(worksUntil({ ...first, end: newEnd(AT + HOUR, AT) })).toBe(AT + HOUR);
  expect(worksUntil({ ...second, end: newEnd(AT + HOUR, AT) })).toBe(AT + HOUR);
});

test("property: of a key whose place is taken, something is due, is under way, or waits for its owner to be told", () => {
  const kinds = fc.constantFrom(...(Object.keys(KEYS) as KeyKind[]));
  const stands = fc.constantFrom("pausing", "paused", "none" as const);
  fc.assert(
    fc.property(kinds, stands, fc.option(fc.nat()), fc.boolean(), (kind, stand, deletesAt, isHeld) => {
      const key = keyIn(KEYS[kind].state, {
        rotation: { kind: "followed", by: "tid_two", pausesAt: AT, deletesAt },
        pause: { ...NO_PAUSE, holds: isHeld ? [BY_OVERLAP] : [], stands: stand as "paused" },
      });
      const isWaited =
        kind === "deleting" || (isHeld && (stand === "pausing" || deletesAt === null) && kind !== "deleted");
      expect(nextOfRotation(key) === null).toBe(isWaited);
    }),
  );
});
