import {
  type Attempt,
  deletionPauseMs,
  isClosed,
  isLostKey,
  isMadeBy,
  lookPauseMs,
  madeListPauseMs,
  provesGone,
  searchPauseMs,
  type Work,
} from "../../src/domain/attempt";
import type { ListedKey } from "../../src/domain/listed-key";

const OWN = "tid_bot";
const isOwn = (accessKeyId: string) => accessKeyId === OWN || accessKeyId === "tid_older";
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
  ["a key that the bot made with an earlier key of its own", { creator: "tid_older" }, true],
  ["a creator that Tigris does not say", { creator: null }, true],
  ["a creator that is no key: it says nothing of which key was used", { creator: "flyio_user_1" }, true],
  ["the bot's own key", { accessKeyId: OWN }, false],
  ["an earlier key of the bot's own", { accessKeyId: "tid_older" }, false],
])("%s is the lost one: %#", (_what, changes, isLost) => {
  expect(isLostKey({ ...LOST, ...changes }, ATTEMPT, isOwn)).toBe(isLost);
});

test.each([
  [null, true],
  [OWN, true],
  ["tid_older", true],
  ["somebody@example.org", true],
  ["tid_else", false],
])("a key whose creator is %s may be the bot's: %s", (creator, may) => {
  expect(isMadeBy({ ...LOST, creator }, isOwn)).toBe(may);
});

test("a lost key is looked for one and fifteen minutes after its attempt was given up, then daily", () => {
  const pauses = [0, 1, 2, 3, 99].map(searchPauseMs);
  expect(pauses).toEqual([60_000, 840_000, 86_400_000, 86_400_000, 86_400_000]);
});

test("what got no answer is looked for one and ten minutes after that, and no more", () => {
  expect([0, 1, 2, 3].map(lookPauseMs)).toEqual([60_000, 540_000, null, null]);
});

test("what a key has made is listed again one, ten and sixty minutes after the first list", () => {
  expect([1, 2, 3, 4].map(madeListPauseMs)).toEqual([60_000, 540_000, 3_000_000, null]);
});

test.each([
  ["a key of ten minutes", 600_000, 0, true],
  ["a newer key", 599_999, 0, false],
  ["a newer key, said twice", 0, 1, true],
])("that Tigris does not know it proves that it is gone, of %s (%#)", (_what, age, tries, isProof) => {
  expect(provesGone({ madeAt: 5_000, tries }, 5_000 + age)).toBe(isProof);
});

test("the pauses of a deletion grow and have an end", () => {
  expect([1, 2, 3, 20].map(deletionPauseMs)).toEqual([5_000, 10_000, 20_000, 600_000]);
});

const created = { number: 1, tigrisName: "deploy-K7QM2XAB" };

/** Each phase of each kind of work, and whether it needs nobody any more. */
const PHASES: { [Kind in Work["kind"]]: Record<Extract<Work, { kind: Kind }>["phase"], boolean> } = {
  create: {
    calling: false,
    delivering: false,
    searching: false,
    posted: true,
    unclear: true,
    undelivered: true,
    found: true,
    not_found: true,
    refused: true,
    ambiguous: true,
    discarded: true,
  },
  rotate: {
    calling: false,
    delivering: false,
    posted: true,
    secret_unknown: true,
    refused: true,
    gone: true,
    overtaken: true,
  },
  delete: { looking: false, calling: false, deleted: true, raised: true },
  list_made: { looking: false, listed: true },
  switch_on: { calling: false, looking: false, on: true, refused: true, unanswered: true, overtaken: true },
  pause: { calling: false, looking: false, revoking: false, watching: false, paused: true, overtaken: true },
  resume: {
    giving: false,
    calling: false,
    looking: false,
    resumed: true,
    refused: true,
    unanswered: true,
    overtaken: true,
  },
  change_access: {
    taking: false,
    watching: false,
    giving: false,
    looking: false,
    narrowed: true,
    widened: true,
    refused: true,
    unanswered: true,
    overtaken: true,
  },
};
const WORKS = Object.entries(PHASES).flatMap(([kind, phases]) =>
  Object.entries(phases).map(([phase, closed]) => ({ work: { ...created, kind, phase } as Attempt["work"], closed })),
);

test.each(WORKS)("$work.kind $work.phase needs nobody any more: $closed", ({ work, closed }) => {
  expect(isClosed(work)).toBe(closed);
});
