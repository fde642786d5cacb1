import { MAX_KEYS_IN_ALERT } from "../../../src/domain/limits";
import type { KeyAtTigris } from "../../../src/domain/listed-key";
import { listMade } from "../../../src/workflow/calls/list-made";
import { KEYS } from "../keys";
import { effectsOf, listingMade, NOW, recorded, SETTINGS } from "../samples";

type Answer = Parameters<typeof listMade.after>[1];
const made = (accessKeyId: string): KeyAtTigris => ({
  accessKeyId,
  name: `name-of-${accessKeyId}`,
  createdAtMs: NOW,
  creator: "tid_one",
  roles: [],
  status: "active",
});
const found = (keys: KeyAtTigris[], namesKeys = true): Answer => ({ kind: "found", keys, namesKeys });
const NOTHING: Answer[] = [{ kind: "unavailable" }, { kind: "interrupted" }, found([])];

const held = { ...recorded({ key: KEYS.deleted }), attempt: listingMade("looking", { actorId: "UANN" }) };
const list = (answer: Answer, changes: Partial<(typeof held)["attempt"]> = {}, told: string[] = []) =>
  listMade.after({ ...held, attempt: { ...held.attempt, ...changes } }, answer, {
    at: NOW,
    facts: { told: new Set(told) },
    settings: SETTINGS,
  });
const messageOf = (...ids: string[]) => ({
  kind: "made_keys",
  requestId: "request-1",
  by: { keyName: "deploy", accessKeyId: "tid_one" },
  keys: ids.map((accessKeyId) => ({ name: `name-of-${accessKeyId}`, accessKeyId })),
});

test("approvers read of what a key has made, and the record of each", () => {
  const step = list(found([made("tid_a"), made("tid_b")]));
  expect(step.tell).toEqual([messageOf("tid_a", "tid_b")]);
  expect(step.events).toEqual([
    { name: "key.made_another", actorId: "bot", outcome: "tid_a" },
    { name: "key.made_another", actorId: "bot", outcome: "tid_b" },
  ]);
});

test("each key is told once", () => {
  expect(list(found([made("tid_a"), made("tid_b")]), {}, ["tid_a"]).tell).toEqual([messageOf("tid_b")]);
  const again = list(found([made("tid_a")]), {}, ["tid_a"]);
  expect([again.tell, again.events]).toEqual([[], undefined]);
});

test("those that one message has no room for come with the next list", () => {
  const ids = Array.from({ length: MAX_KEYS_IN_ALERT + 2 }, (_, index) => `tid_${index}`);
  const first = list(found(ids.map(made)));
  expect(first.events).toHaveLength(MAX_KEYS_IN_ALERT);
  expect(list(found(ids.map(made)), {}, ids.slice(0, MAX_KEYS_IN_ALERT)).events).toHaveLength(2);
});

test.each([...NOTHING, found([made("tid_a")])])(
  "the list is read again a few times, since it may lag: $kind",
  (answer) => {
    const next = (tries: number) => effectsOf(list(answer, { tries })).attempt;
    expect([0, 1, 2, 3].map(next)).toEqual([
      "looking, again in 60 s",
      "looking, again in 540 s",
      "looking, again in 3000 s",
      "listed",
    ]);
  },
);

describe("where Tigris names no key as the creator of any", () => {
  const blind = found([], false);

  test("those who read of the first list learn that nobody can say", () => {
    expect(list(blind).tell).toEqual([messageOf()]);
    expect(list(blind, { tries: 1 }).tell ?? []).toEqual([]);
  });

  test.each(["UDEV", "bot"])("not where the key was taken away by %s", (actorId) => {
    expect(list(blind, { actorId }).tell ?? []).toEqual([]);
  });
});

test("after somebody else took it over nothing is done", () => {
  expect(effectsOf(listMade.late(held, found([made("tid_a")]), { at: NOW, facts: { told: new Set() } }))).toEqual({});
});
