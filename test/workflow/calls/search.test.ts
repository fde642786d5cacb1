import { NO_PAUSE } from "../../../src/domain/key";
import { newAge } from "../../../src/domain/key-age";
import type { ListedKey } from "../../../src/domain/listed-key";
import type { CallPorts } from "../../../src/workflow/calls/call";
import { search } from "../../../src/workflow/calls/search";
import { REQUESTS } from "../../domain/samples";
import { emptyStore, newAttempt, newKey, newRequest } from "../../store/filled";
import { BY_APPROVER } from "../keys";
import { creating, type Effects, effectsOf, HOUR, makingFor, NOW, OWN_KEY, recorded, SETTINGS } from "../samples";

type Answer = Parameters<typeof search.after>[1];
const FACTS = { signedWith: new Set([OWN_KEY, "tid_older"]), holds: [] };
const CONTEXT = { at: NOW, facts: FACTS, settings: SETTINGS };
const LOST_KEY: ListedKey = {
  accessKeyId: "tid_lost",
  name: "deploy-K7QM2XAB",
  createdAtMs: NOW - 1_000,
  creator: OWN_KEY,
};
const ANOTHER = { ...LOST_KEY, accessKeyId: "tid_other" };
const OLDER = { ...LOST_KEY, createdAtMs: NOW - HOUR };

const found = (...unknown: ListedKey[]): Answer => ({ kind: "found", unknown });
const NO_ANSWER: Answer = { kind: "unavailable" };

const attempt = creating("searching", { accessKeyId: null });
const held = { ...recorded({ request: REQUESTS.approved }), attempt };
const after = (answer: Answer, tries = 0, changes: Partial<typeof held> = {}) =>
  search.after({ ...held, ...changes, attempt: { ...(changes.attempt ?? attempt), tries } }, answer, CONTEXT);

const GOES: Effects = { attempt: "found", newKey: "deleting" };
const LEFT: Effects = { attempt: "ambiguous", alert: "left_behind" };

test.each<[string, Answer, Effects]>([
  ["the lost key is on record from now on, and goes", found(LOST_KEY), GOES],
  ["one that an earlier key of the bot's made goes too", found({ ...LOST_KEY, creator: "tid_older" }), GOES],
  ["of two lost keys none goes, people have to look", found(LOST_KEY, ANOTHER), LEFT],
  ["the lost key goes although another one has its name that is not ours", found(LOST_KEY, OLDER), GOES],
  ["a key that is not ours beyond doubt does not go, people have to look", found(OLDER), LEFT],
  ["nor one that somebody else's key made", found({ ...LOST_KEY, creator: "tid_else" }), LEFT],
  ["no key: again, and nobody is told", found(), { attempt: "searching, again in 840 s" }],
  ["no answer: again, and nobody is told", NO_ANSWER, { attempt: "searching, again in 840 s" }],
  ["a crash in the middle of it: the same", { kind: "interrupted" }, { attempt: "searching, again in 840 s" }],
])("%s", (_title, answer, effects) => {
  expect(effectsOf(after(answer))).toEqual(effects);
});

test("a search in vain is followed by one fifteen minutes after the attempt was given up, then one a day", () => {
  for (const answer of [found(), NO_ANSWER]) {
    const next = (tries: number) => after(answer, tries).attempt?.to;
    expect(next(0)).toMatchObject({ tries: 1, nextAt: NOW + 840_000, lease: { until: 0 } });
    for (const tries of [1, 2, 300]) expect(next(tries)).toMatchObject({ nextAt: NOW + 24 * HOUR });
  }
});

test("after as long as anything is kept it is looked for no more, if the list says once more that there is none", () => {
  const since = (ms: number) => ({ attempt: { ...attempt, startedAt: NOW - ms } });
  const kept = since(SETTINGS.keepMs);
  expect(effectsOf(after(found(), 9, since(SETTINGS.keepMs - 1))).attempt).toMatch(/^searching/);
  expect(effectsOf(after(found(), 9, kept))).toEqual({ attempt: "not_found" });
  expect(effectsOf(after(NO_ANSWER, 9, kept)).attempt).toMatch(/^searching/);
  expect(effectsOf(after(found({ ...LOST_KEY, createdAtMs: null }), 9, kept))).toEqual(LEFT);
});

test("what is found is recorded as its request's, under the name of its attempt, and goes by nobody's wish", () => {
  const step = after(found(LOST_KEY));
  expect(step.newKey).toEqual({
    accessKeyId: "tid_lost",
    requestId: "request-1",
    reference: "K7QM2XAB",
    ownerId: "UDEV",
    keyName: "deploy",
    tigrisName: "deploy-K7QM2XAB",
    access: { permission: "Admin", buckets: { kind: "all" } },
    endpoint: "Default",
    madeAt: NOW - 2_000,
    deliveryId: "attempt-1",
    pause: NO_PAUSE,
    end: null,
    rotation: null,
    age: newAge(NOW - 2_000),
    accessChange: null,
    state: { kind: "deleting", byId: null, why: "never_on", at: NOW },
  });
  expect(step.attempt).toMatchObject({
    to: { accessKeyId: "tid_lost" },
    event: "attempt.searched",
    outcome: "found",
  });
});

test("what held the key that was to be replaced holds what is found too: the next key takes the holds of the newest", () => {
  const facts = { ...FACTS, holds: [BY_APPROVER] };
  const { newKey } = search.after(held, found(LOST_KEY), { ...CONTEXT, facts });
  expect(newKey?.pause).toEqual({ ...NO_PAUSE, holds: [BY_APPROVER] });
});

test("people are told of at most ten keys", () => {
  const keys = Array.from({ length: 12 }, (_, index) => ({ ...LOST_KEY, accessKeyId: `tid_${index}` }));
  const { alert, attempt: to } = after(found(...keys));
  const named = keys.slice(0, 10).map(({ name, accessKeyId }) => ({ name, accessKeyId }));
  expect(alert).toEqual({ code: "left_behind", about: { keys: named } });
  expect(to?.to.alerted).toBe(true);
});

test.each<[string, Answer, string]>([
  ["not there", found(), "not_there"],
  ["a key that may be it", found(OLDER), "ambiguous"],
  ["no answer", NO_ANSWER, "no_answer"],
])("the audit reads: %s", (_title, answer, outcome) => {
  expect(after(answer).attempt).toMatchObject({ event: "attempt.searched", outcome });
});

test.each([makingFor(2), ...Object.values(REQUESTS).filter(({ state }) => state.kind !== "making")])(
  "a request that is $state.kind and does not wait for this attempt stays as it is",
  (request) => {
    for (const answer of [found(LOST_KEY), found(), found(OLDER), NO_ANSWER]) {
      const { request: changed, tell } = after(answer, 0, { request });
      expect([changed, tell]).toEqual([undefined, undefined]);
    }
  },
);

test("a request that an older version left waiting for the search can be used again by the first one", () => {
  for (const answer of [found(LOST_KEY), found(), found(OLDER), NO_ANSWER])
    expect(effectsOf(after(answer, 0, { request: makingFor(1) })).request).toBe("approved (interrupted)");
});

test.each([found(LOST_KEY), NO_ANSWER])("after a take-over nothing is done: $kind", (answer) => {
  expect(effectsOf(search.late(held, answer, { at: NOW, facts: { signedWith: new Set(), holds: [] } }))).toEqual({});
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
  const tigris = {
    findKeysByName: async (name: string) => ({ kind: "found", keys: name === LOST_KEY.name ? keys : [] }),
  };
  const { answer } = await search.make({ store, tigris } as unknown as CallPorts, held, {
    secret: null,
    isHeld: () => true,
    isRecovery: false,
  });
  await stop();
  expect(answer).toEqual(found(...keys.filter(({ accessKeyId }) => ["tid_own", "tid_lost"].includes(accessKeyId))));
});
