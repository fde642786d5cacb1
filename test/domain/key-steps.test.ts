import type { KeyState } from "../../src/domain/key";
import { confirm, loseSecret, startDeletion, startRotation, undoRotation } from "../../src/domain/key-steps";
import { keyIn } from "./samples";

const LIVE = { kind: "live", secret: { kind: "unconfirmed" } } as const;
const STATES: KeyState[] = [
  LIVE,
  { kind: "secret_unknown", at: 1 },
  { kind: "rotating", before: LIVE },
  { kind: "deleting", byId: "UANN", at: 1 },
  { kind: "deleted", byId: "UANN", at: 1 },
];

test.each(STATES)("one thing at a time on a key that is $kind", (state) => {
  const isFree = state.kind === "live" || state.kind === "secret_unknown";
  expect(startRotation(keyIn(state)).kind).toBe(isFree ? "moves" : "refused");
});

test.each(STATES)("a key that is $kind can be deleted, unless that is asked for already", (state) => {
  const isOver = state.kind === "deleting" || state.kind === "deleted";
  expect(startDeletion(keyIn(state), { byId: "UDEV", at: 5 }).kind).toBe(isOver ? "refused" : "moves");
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
  const step = confirm(keyIn({ kind: "secret_unknown", at: 1 }), { id: "delivery-1", at: 7 });
  expect(step).toMatchObject({ code: "secret_unknown" });
});

test.each(STATES.slice(2))("nothing is confirmed about a key that is $kind", (state) => {
  expect(confirm(keyIn(state), { id: "delivery-1", at: 7 }).kind).toBe("refused");
});

test("a lost secret is nobody's", () => {
  expect(loseSecret(9)).toMatchObject({ to: { kind: "secret_unknown", at: 9 }, event: "key.secret_unknown" });
});
