import { coverOf, type KeyState } from "../../src/domain/key";
import {
  confirm,
  finishRotation,
  holdDeletion,
  liftHold,
  loseCover,
  loseSecret,
  startDeletion,
  startRotation,
  undoRotation,
} from "../../src/domain/key-steps";
import { keyIn } from "./samples";

const LIVE = { kind: "live", secret: { kind: "unconfirmed", cover: null } } as const;
const STATES: KeyState[] = [
  LIVE,
  { kind: "secret_unknown", at: 1, cover: null },
  { kind: "rotating", before: LIVE },
  { kind: "deletion_held", before: LIVE, byId: "UANN", at: 1 },
  { kind: "deleting", byId: "UANN", at: 1 },
  { kind: "deleted", byId: "UANN", at: 1 },
];

test.each(STATES)("one thing at a time on a key that is $kind", (state) => {
  const isFree = state.kind === "live" || state.kind === "secret_unknown";
  expect(startRotation(keyIn(state)).kind).toBe(isFree ? "moves" : "refused");
});

test.each(STATES)("a key that is $kind can be deleted, unless that is asked for already", (state) => {
  const isOver = state.kind === "deleting" || state.kind === "deleted";
  expect(startDeletion(keyIn(state), { byId: "UDEV", ids: ["UDEV"], at: 5 }).kind).toBe(isOver ? "refused" : "moves");
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

const COVER = { approverId: "UANN", until: 9_000 };
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
  [{ kind: "deletion_held", before: COVERED, byId: "UANN", at: 1 }, COVER],
  [{ kind: "rotating", before: CONFIRMED }, null],
  [{ kind: "deleting", byId: "UANN", at: 1 }, null],
  [{ kind: "deleted", byId: "UANN", at: 1 }, null],
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
  [{ kind: "deleting", byId: "UANN", at: 1 }, null],
  [{ kind: "deleted", byId: "UANN", at: 1 }, null],
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

const BY_ANN = { byId: "UANN", at: 5 };

test.each<[KeyState, KeyState | null]>([
  [LIVE, LIVE],
  [COVERED, COVERED],
  [LOST, LOST],
  // Nobody can say which secret works.
  [
    { kind: "rotating", before: COVERED },
    { ...LOST, at: 5 },
  ],
  [
    { kind: "rotating", before: CONFIRMED },
    { kind: "secret_unknown", at: 5, cover: null },
  ],
  [{ kind: "deletion_held", before: LIVE, byId: "UBOB", at: 1 }, null],
  [{ kind: "deleting", byId: "UANN", at: 1 }, null],
  [{ kind: "deleted", byId: "UANN", at: 1 }, null],
])("where the deletion of %j waits for another approver, it is kept as %j", (state, before) => {
  const step = holdDeletion(keyIn(state), BY_ANN);
  if (before === null) expect(step.kind).toBe("refused");
  else expect(step).toMatchObject({ to: { kind: "deletion_held", before, ...BY_ANN }, event: "key.deletion_held" });
});

test("another approver, or the owner, deletes what waits; whoever had it wait can't, and it can be kept as it was", () => {
  const held = keyIn({ kind: "deletion_held", before: COVERED, byId: "UANN", at: 1 });
  for (const byId of ["UBOB", "UDEV"]) expect(startDeletion(held, { byId, ids: [byId], at: 5 }).kind).toBe("moves");
  for (const byId of ["UANN", "WANN"])
    expect(startDeletion(held, { ...BY_ANN, byId, ids: ["UANN", "WANN"] })).toMatchObject({
      code: "key_deletion_held",
    });
  expect(liftHold(held)).toEqual({ kind: "moves", to: COVERED, event: "key.deletion_lifted" });
  expect(liftHold(keyIn(LIVE))).toBeNull();
});
