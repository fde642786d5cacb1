import { SEARCH_AFTER_MS } from "../../../src/domain/limits";
import type { ListedKey } from "../../../src/domain/listed-key";
import type { CallPorts } from "../../../src/workflow/calls/call";
import { search } from "../../../src/workflow/calls/search";
import { REQUESTS } from "../../domain/samples";
import { emptyStore, newAttempt, newKey, newRequest } from "../../store/filled";
import { creating, type Effects, effectsOf, HOUR, makingFor, NOW, OWN_KEY, recorded, SETTINGS } from "../samples";

type Answer = Parameters<typeof search.after>[1];
const CONTEXT = { at: NOW, facts: undefined, settings: SETTINGS };
const LAST = SEARCH_AFTER_MS.length - 1;
const LOST_KEY: ListedKey = {
  accessKeyId: "tid_lost",
  name: "deploy-K7QM2XAB",
  createdAtMs: NOW - 1_000,
  creator: OWN_KEY,
};
const ANOTHER = { ...LOST_KEY, accessKeyId: "tid_other" };
const OLDER = { ...LOST_KEY, createdAtMs: NOW - HOUR };

const SHOWN = { isOwnListed: true, wasOwnEverListed: true, expected: 0, missing: 0, gone: 0 };
const found = (keys: ListedKey[], isWhole: boolean | null = null, ids: string[] = []): Answer => ({
  kind: "found",
  keys,
  recorded: new Set(ids),
  shown: isWhole === null ? null : { ...SHOWN, isOwnListed: isWhole },
});
const NO_ANSWER: Answer = { kind: "unavailable" };

const attempt = creating("searching", { accessKeyId: null });
const held = {
  ...recorded({ request: makingFor(1, { failure: { why: "lost", detail: "timeout", at: 1 } }) }),
  attempt,
};
const after = (answer: Answer, tries: number, changes: Partial<typeof held> = {}) =>
  search.after({ ...held, ...changes, attempt: { ...(changes.attempt ?? attempt), tries } }, answer, CONTEXT);

const FREED = "approved (lost)";
const AMBIGUOUS: Effects = {
  attempt: "ambiguous",
  request: "approved (ambiguous)",
  told: ["UDEV: ambiguous"],
  alert: "search_ambiguous",
};

test.each<[string, Answer, tries: number, Effects]>([
  ["one lost key is deleted at once", found([LOST_KEY]), 0, { attempt: "discarding, goes on" }],
  ["one lost key is deleted by the last search too", found([LOST_KEY]), LAST, { attempt: "discarding, goes on" }],
  ["of two lost keys none is deleted, people have to look", found([LOST_KEY, ANOTHER]), 0, AMBIGUOUS],
  [
    "one lost key beside one that a record holds is deleted",
    found([LOST_KEY, ANOTHER], null, ["tid_other"]),
    0,
    { attempt: "discarding, goes on" },
  ],
  ["no key yet: again, and Reveal is free", found([]), 0, { attempt: "searching, again in 10 s", request: FREED }],
  [
    "a key that is not ours beyond doubt is not deleted, and nobody reads that it is: again",
    found([OLDER]),
    0,
    { attempt: "searching, again in 10 s" },
  ],
  ["the same in the last search: people have to look", found([OLDER]), LAST, AMBIGUOUS],
  [
    "no key in the last search, of a list that is whole: there is none",
    found([], true),
    LAST,
    { attempt: "not_found", request: FREED },
  ],
  [
    "no key in the last search, of a list that may be cut: people are asked, and it goes on",
    found([], false),
    LAST,
    { attempt: "searching, again in 600 s", request: FREED, alert: "search_unproven" },
  ],
  ["no answer: again, and the request waits", NO_ANSWER, 0, { attempt: "searching, again in 10 s" }],
  [
    "no answer to the last search: people are asked, and it goes on",
    NO_ANSWER,
    LAST,
    { attempt: "searching, again in 600 s", request: FREED, alert: "search_unanswered" },
  ],
])("%s", (_title, answer, tries, effects) => {
  expect(effectsOf(after(answer, tries))).toEqual(effects);
});

test.each([
  [0, 10],
  [1, 50],
  [2, 240],
  [3, 600],
  [4, 900],
])("after search %d without a key, the next waits %d seconds", (tries, seconds) => {
  for (const answer of [found([]), NO_ANSWER]) {
    const { attempt: put } = after(answer, tries);
    expect(put?.to).toMatchObject({ tries: tries + 1, nextAt: NOW + seconds * 1_000, alerted: false });
  }
});

test("a search that Tigris did not answer is never the last, and people are asked once", () => {
  const { attempt: first } = after(NO_ANSWER, LAST);
  expect(first?.to).toMatchObject({ tries: LAST, alerted: true });
  const alerted = { attempt: { ...attempt, alerted: true } };
  for (const answer of [NO_ANSWER, found([], false)])
    expect(effectsOf(after(answer, LAST, alerted))).toEqual({ attempt: "searching, again in 600 s", request: FREED });
  expect(effectsOf(after(found([], true), LAST, alerted))).toEqual({ attempt: "not_found", request: FREED });
});

test("a key that was found is the attempt's from then on, and its deletion is counted afresh", () => {
  const { attempt: to } = after(found([LOST_KEY]), 3);
  expect(to).toMatchObject({ to: { accessKeyId: "tid_lost", tries: 0 }, event: "attempt.searched", outcome: "found" });
});

test("people are told of at most ten keys", () => {
  const keys = Array.from({ length: 12 }, (_, index) => ({ ...LOST_KEY, accessKeyId: `tid_${index}` }));
  const { alert, attempt: to } = after(found(keys), 0);
  const named = keys.slice(0, 10).map(({ name, accessKeyId }) => ({ name, accessKeyId }));
  expect(alert).toEqual({ code: "search_ambiguous", about: { keys: named } });
  expect(to?.to.alerted).toBe(true);
});

test.each<[string, Answer, string]>([
  ["not there", found([]), "not_there"],
  ["a key that may be it", found([OLDER]), "doubtful"],
  ["no answer", NO_ANSWER, "no_answer"],
])("the audit reads: %s", (_title, answer, outcome) => {
  expect(after(answer, 0).attempt).toMatchObject({ event: "attempt.searched", outcome });
});

test.each([makingFor(2), REQUESTS.approved, REQUESTS.made, REQUESTS.cancelled])(
  "a request that is $state.kind and no longer waits for this attempt stays as it is",
  (request) => {
    for (const answer of [found([]), found([], true), found([], false), found([OLDER]), NO_ANSWER]) {
      const { request: changed, tell } = after(answer, LAST, { request });
      expect([changed, tell]).toEqual([undefined, undefined]);
    }
  },
);

test("a crash in the middle of a search is a search without an answer", () => {
  expect(after({ kind: "interrupted" }, 0)).toEqual(after(NO_ANSWER, 0));
});

test.each([found([LOST_KEY]), NO_ANSWER])("after a take-over nothing is done: $kind", (answer) => {
  expect(effectsOf(search.late(held, answer, NOW))).toEqual({});
});

test("a search asks the record which of the keys in the list some key or another attempt holds", async () => {
  const { store, stop } = await emptyStore();
  await store.transact(async (tx) => {
    for (const id of ["r1", "r2", "r3"]) await tx.requests.insert(newRequest(id));
    await tx.keys.insert(newKey("r1"));
    await tx.attempts.insert(newAttempt("attempt-1", "r2", { accessKeyId: "tid_own" }));
    await tx.attempts.insert(newAttempt("a2", "r3", { accessKeyId: "tid_other" }));
  });
  const keys = ["tid_r1", "tid_own", "tid_other", "tid_lost"].map((id) => ({ ...LOST_KEY, accessKeyId: id }));
  const tigris = { findKeysByName: async () => ({ kind: "found", keys, isOwnListed: true, missing: [] }) };
  const { answer } = await search.make(
    { store, tigris, clock: { now: () => NOW } } as unknown as CallPorts,
    held,
    null,
  );
  await stop();
  expect(answer).toEqual(found(keys, null, ["tid_r1", "tid_other"]));
});
