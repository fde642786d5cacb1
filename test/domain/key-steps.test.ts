import { coverOf, isAlive, type KeyKind, type KeyState } from "../../src/domain/key";
import {
  confirm,
  drop,
  finishDeletion,
  finishRotation,
  finishSwitchingOn,
  leaveUnanswered,
  loseCover,
  loseSecret,
  noteGone,
  noteRaised,
  noteShown,
  startDeletion,
  startRotation,
  startSwitchingOn,
  stayOff,
  undoRotation,
} from "../../src/domain/key-steps";
import type { RefusalCode } from "../../src/domain/refusal";
import { coverBy, keyIn } from "./samples";

const LIVE = { kind: "live", secret: { kind: "unconfirmed", cover: null } } as const;
const STATES: KeyState[] = [
  LIVE,
  { kind: "secret_unknown", at: 1, cover: null },
  { kind: "rotating", before: LIVE },
  { kind: "off", shownAt: 1 },
  { kind: "switching_on", at: 1, until: 9_000, shownAt: 1, isUnanswered: false },
  { kind: "deleting", byId: "UANN", why: "asked", at: 1 },
  { kind: "deleted", byId: "UANN", why: "asked", at: 1 },
];

test.each(STATES)("one thing at a time on a key that is $kind", (state) => {
  const isFree = state.kind === "live" || state.kind === "secret_unknown";
  expect(startRotation(keyIn(state)).kind).toBe(isFree ? "moves" : "refused");
});

test.each(STATES)("a key that is $kind can be deleted, unless that is asked for already", (state) => {
  const isOver = state.kind === "deleting" || state.kind === "deleted";
  const step = startDeletion(keyIn(state), { byId: "UDEV", at: 5 });
  if (isOver) expect(step.kind).toBe("refused");
  else
    expect(step).toEqual({
      kind: "moves",
      to: { kind: "deleting", byId: "UDEV", why: "asked", at: 5 },
      event: "key.deletion_started",
    });
});

test("a rotation that Tigris refused leaves the key as it was", () => {
  const confirmed = { kind: "live", secret: { kind: "confirmed", at: 3 } } as const;
  expect(undoRotation(keyIn({ kind: "rotating", before: confirmed })).to).toEqual(confirmed);
});

test("only the newest delivery can be confirmed, and once is enough", () => {
  const confirmed = confirm(keyIn(LIVE), { id: "delivery-1", at: 7 });
  expect(confirmed).toMatchObject({ to: { secret: { kind: "confirmed", at: 7 } } });
  expect(confirm(keyIn(LIVE), { id: "delivery-0", at: 7 })).toMatchObject({ code: "older_secret" });
  const before = { kind: "live", secret: { kind: "confirmed", at: 3 } } as const;
  expect(confirm(keyIn(before), { id: "delivery-1", at: 7 })).toMatchObject({ to: before });
});

test("nobody confirms a secret that nobody knows", () => {
  const step = confirm(keyIn({ kind: "secret_unknown", at: 1, cover: null }), { id: "delivery-1", at: 7 });
  expect(step).toMatchObject({ code: "secret_unknown" });
});

test.each(STATES.slice(2))("nothing is confirmed about a key that is $kind", (state) => {
  expect(confirm(keyIn(state), { id: "delivery-1", at: 7 }).kind).toBe("refused");
});

test("a lost secret is nobody's", () => {
  expect(loseSecret(9, null)).toMatchObject({ to: { kind: "secret_unknown", at: 9 }, event: "key.secret_unknown" });
});

const COVER = coverBy("UANN", 9_000);
const COVERED = { kind: "live", secret: { kind: "unconfirmed", cover: COVER } } as const;
const LOST = { kind: "secret_unknown", at: 1, cover: COVER } as const;
const CONFIRMED = { kind: "live", secret: { kind: "confirmed", at: 3 } } as const;

test.each<[KeyState, typeof COVER | null]>([
  [COVERED, COVER],
  [LIVE, null],
  [CONFIRMED, null],
  [LOST, COVER],
  [{ ...LOST, cover: null }, null],
  [{ kind: "rotating", before: COVERED }, COVER],
  [{ kind: "rotating", before: LOST }, COVER],
  [{ kind: "off", shownAt: 1 }, null],
  [{ kind: "switching_on", at: 1, until: 9_000, shownAt: 1, isUnanswered: true }, null],
  [{ kind: "rotating", before: CONFIRMED }, null],
  [{ kind: "deleting", byId: "UANN", why: "asked", at: 1 }, null],
  [{ kind: "deleted", byId: "UANN", why: "asked", at: 1 }, null],
])("the cover of %j is %j", (state, cover) => {
  expect(coverOf(state)).toEqual(cover);
});

test.each<[KeyState, KeyState | null]>([
  [COVERED, LIVE],
  [LOST, { ...LOST, cover: null }],
  [LIVE, null],
  [CONFIRMED, null],
  [{ ...LOST, cover: null }, null],
  [{ kind: "rotating", before: COVERED }, null],
  [{ kind: "deleting", byId: "UANN", why: "asked", at: 1 }, null],
  [{ kind: "deleted", byId: "UANN", why: "asked", at: 1 }, null],
])("without its approver the cover of %j ends: then it is %j", (state, to) => {
  expect(loseCover(keyIn(state))).toEqual(to && { kind: "moves", to, event: "key.cover_lost" });
});

test.each([COVER, null])("a new secret and a lost one stand under the cover that they are given: %j", (cover) => {
  expect(finishRotation(cover).to).toEqual({ kind: "live", secret: { kind: "unconfirmed", cover } });
  expect(loseSecret(9, cover).to).toEqual({ kind: "secret_unknown", at: 9, cover });
});

test("what its owner has saved is covered no more", () => {
  const confirmed = confirm(keyIn(COVERED), { id: "delivery-1", at: 7 });
  expect(confirmed).toMatchObject({ to: { kind: "live", secret: { kind: "confirmed", at: 7 } } });
  expect("to" in confirmed && coverOf(confirmed.to)).toBeNull();
});

const ON_ITS_WAY = { kind: "switching_on", at: 1, until: 9_000, shownAt: 4, isUnanswered: false } as const;
const PRESSED = { at: 7, until: 8_000 };

describe("switching on", () => {
  test("begins where its owner holds the secret, and remembers when it was shown and how long there is", () => {
    expect(startSwitchingOn(keyIn({ kind: "off", shownAt: 4 }), PRESSED)).toEqual({
      kind: "moves",
      to: { kind: "switching_on", at: 7, until: 8_000, shownAt: 4, isUnanswered: false },
      event: "key.switching_on",
    });
  });

  test("again, where a call got no answer, sets the same roles, gives no more time and forgets nothing", () => {
    const unanswered = { ...ON_ITS_WAY, isUnanswered: true };
    expect(startSwitchingOn(keyIn(unanswered), PRESSED)).toEqual({
      kind: "moves",
      to: { ...unanswered, at: 7 },
      event: "key.switching_on",
    });
  });

  test("waits for a call that is on its way", () => {
    expect(startSwitchingOn(keyIn(ON_ITS_WAY), PRESSED)).toMatchObject({ kind: "refused", code: "key_switching_on" });
  });

  test.each<[KeyKind, RefusalCode]>([
    ["live", "already_on"],
    ["secret_unknown", "already_on"],
    ["rotating", "key_rotating"],
    ["deleting", "key_deleting"],
    ["deleted", "already_deleted"],
  ])("changes nothing on a key that is %s: %s", (kind, code) => {
    const state = STATES.find((one) => one.kind === kind);
    if (!state) throw new Error("no such state");
    expect(startSwitchingOn(keyIn(state), PRESSED)).toMatchObject({ kind: "refused", code });
  });

  test("ends with a key that is on, whose secret its owner has confirmed by that", () => {
    const on = { kind: "live", secret: { kind: "confirmed", at: 9 } };
    expect(finishSwitchingOn(9)).toEqual({ kind: "moves", to: on, event: "key.on" });
  });

  test("without an answer stays where it is; refused, the key is off as it was", () => {
    expect(leaveUnanswered(ON_ITS_WAY)).toEqual({
      kind: "moves",
      to: { ...ON_ITS_WAY, isUnanswered: true },
      event: "key.switch_unanswered",
    });
    expect(stayOff(ON_ITS_WAY)).toEqual({
      kind: "moves",
      to: { kind: "off", shownAt: 4 },
      event: "key.switch_refused",
    });
  });
});

test.each(STATES)("only what is off goes by itself, and by nobody's wish: $kind", (state) => {
  const dropped = { kind: "moves", to: { kind: "deleting", byId: null, why: "never_on", at: 5 }, event: "key.dropped" };
  expect(drop(keyIn(state), 5)).toEqual(state.kind === "off" ? dropped : null);
});

test("that Slack took its secret is known of a key that is off", () => {
  expect(noteShown(5)).toEqual({ kind: "moves", to: { kind: "off", shownAt: 5 }, event: "key.shown" });
});

test("a key that has power although it was never switched on counts as on, without anybody's word", () => {
  expect(noteRaised()).toEqual({ kind: "moves", to: LIVE, event: "key.raised" });
});

test("a key that is gone says whether somebody wanted that, or it was never on, or Tigris lost it", () => {
  expect(finishDeletion({ kind: "deleting", byId: "UANN", why: "asked", at: 1 }, 5).to).toMatchObject({
    byId: "UANN",
    why: "asked",
  });
  expect(finishDeletion({ kind: "deleting", byId: null, why: "never_on", at: 1 }, 5).to).toMatchObject({
    byId: null,
    why: "never_on",
  });
  expect(noteGone(5).to).toEqual({ kind: "deleted", byId: null, why: "gone", at: 5 });
});

test.each(STATES)("a key that is $kind takes a place in the quota until it is gone", (state) => {
  expect(isAlive(keyIn(state))).toBe(state.kind !== "deleted");
});
