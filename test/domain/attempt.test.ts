import { deletionPauseMs, isClosed, isLostKey, searchPauseMs, type Work } from "../../src/domain/attempt";
import { SEARCH_AFTER_MS } from "../../src/domain/limits";
import type { ListedKey } from "../../src/domain/listed-key";

const OWN = "tid_bot";
const ATTEMPT = { tigrisName: "deploy-K7QM2XAB", startedAt: 1_000_000 };
const LOST: ListedKey = {
  accessKeyId: "tid_lost",
  name: "deploy-K7QM2XAB",
  createdAtMs: 1_000_500,
  creator: OWN,
};

test.each<[string, Partial<ListedKey>, boolean]>([
  ["the very key", {}, true],
  ["a clock of Tigris's that is five minutes behind", { createdAtMs: 1_000_000 - 300_000 }, true],
  ["an older key", { createdAtMs: 1_000_000 - 300_001 }, false],
  ["a key of unknown age", { createdAtMs: null }, false],
  ["a longer name", { name: "deploy-K7QM2XAB-2" }, false],
  ["a shorter name", { name: "deploy-K7QM2XA" }, false],
  ["another spelling", { name: "Deploy-K7QM2XAB" }, false],
  ["somebody else's key", { creator: "tid_other" }, false],
  ["a creator that Tigris does not say", { creator: null }, true],
  ["the bot's own key", { accessKeyId: OWN }, false],
])("%s: deleted %s %s", (_what, changes, isLost) => {
  expect(isLostKey({ ...LOST, ...changes }, ATTEMPT, OWN, () => false)).toBe(isLost);
});

test("a key that a record holds is never a lost one", () => {
  expect(isLostKey(LOST, ATTEMPT, OWN, (id) => id === "tid_lost")).toBe(false);
});

test("a lost key is looked for six times, half an hour long", () => {
  const pauses = SEARCH_AFTER_MS.map((_, index) => searchPauseMs(index + 1));
  expect(pauses).toEqual([10_000, 50_000, 240_000, 600_000, 900_000, null]);
});

test("the pauses of a deletion grow and have an end", () => {
  expect([1, 2, 3, 20].map(deletionPauseMs)).toEqual([5_000, 10_000, 20_000, 600_000]);
});

const created = { kind: "create", number: 1, tigrisName: "deploy-K7QM2XAB" } as const;

test.each<[Work, boolean]>([
  ...(["calling", "delivering", "discarding", "searching"] as const).map((phase): [Work, boolean] => [
    { ...created, phase },
    false,
  ]),
  ...(["posted", "discarded", "not_found", "refused", "ambiguous"] as const).map((phase): [Work, boolean] => [
    { ...created, phase },
    true,
  ]),
  [{ kind: "rotate", phase: "calling" }, false],
  [{ kind: "rotate", phase: "secret_unknown" }, true],
  [{ kind: "delete", phase: "calling" }, false],
  [{ kind: "delete", phase: "deleted" }, true],
])("%j needs nobody any more: %s", (work, closed) => {
  expect(isClosed(work)).toBe(closed);
});
