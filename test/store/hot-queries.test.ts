import { APP_HOME_KEPT_MS, MAX_KEYS_COUNTED } from "../../src/domain/limits";
import { TIMER_KINDS } from "../../src/domain/timers";
import type { Reads, StorePort } from "../../src/workflow/store-port";
import { requestIn } from "../domain/samples";
import { describeOn, testedDatabase } from "../kit/database";
import { emptyStore, type Filled, newAttempt } from "./filled";
import { fillRecord, KEYS, NOW } from "./large-record";
import { readWhole } from "./plans";

const KEEP = 600_000;

let filled: Filled;
let store: StorePort;
let statements: { sql: string; parameters: readonly unknown[] }[];

beforeAll(async () => {
  filled = await emptyStore(NOW);
  await fillRecord(filled.database);
  statements = [];
  store = await filled.openAgain({ onStatement: (statement) => statements.push(statement) });
}, 240_000);
afterAll(() => filled.stop());

const page = (query: Partial<Parameters<Reads["keys"]["page"]>[0]>) => () =>
  store.read((record) => record.keys.page({ ownerId: null, from: null, search: null, limit: 11, ...query }));
const count = (query: Partial<Parameters<Reads["keys"]["count"]>[0]>) => () =>
  store.read((record) =>
    record.keys.count({ ownerId: null, from: null, search: null, limit: MAX_KEYS_COUNTED, ...query }),
  );
const named = (word: string, ownerId: string | null) => () =>
  store.read((record) => record.keys.named({ named: word, ownerId, firstId: "U1", limit: 100 }));
const read =
  <Result>(work: (record: Reads) => Promise<Result>) =>
  () =>
    store.read(work);

/** What happens at every click, every keystroke and every two seconds. */
const HOT: [string, () => Promise<unknown>][] = [
  ["an idle round of lapses", () => store.timers.take("lapse", "worker-1", { limit: 20, behindMs: 0 })],
  ["an idle round of recovery", () => store.timers.take("recover", "worker-1", { limit: 20, behindMs: 0 })],
  ["an idle round of forgetting", () => store.timers.take("forget", "worker-1", { limit: 20, behindMs: KEEP })],
  [
    "an idle look at all kinds of timers",
    () => store.timers.kindsDue(TIMER_KINDS.map((kind) => ({ kind, behindMs: kind === "age" ? 2_000_000 : 0 }))),
  ],
  ["an idle round of dropping messages", () => store.outbox.forget(KEEP, 100)],
  ["an idle round of forgetting leaks", () => store.leaks.forget(KEEP, 100)],
  ["what tells of a leak at a place", read(({ leaks }) => leaks.find({ channelId: "C1", ts: "1.20000" }))],
  ["what tells of a leak of a key", () => store.transact((tx) => tx.leaks.owe("tid_20000"))],
  ["whether an attempt of a request goes on", read((record) => record.attempts.hasOpen("r1"))],
  ["an idle round of the outbox", () => store.outbox.take("worker-1", 5)],
  ["an idle round of what waits for a day", () => store.outbox.take("worker-1", 5, "daily")],
  ["about which keys nobody answered", read((record) => record.events.unanswered(0, 10))],
  ["an idle round of old secrets", () => store.timers.take("age", "worker-1", { limit: 20, behindMs: 2_000_000 })],
  ["an idle round of old secrets, again", () => store.timers.take("age_again", "worker-1", { limit: 20, behindMs: 0 })],
  ["whether the approvals channel takes posts", () => store.outbox.approvalsFailure()],
  ["whether an id is recorded", read((record) => record.attempts.isRecorded("tid_unknown", "d1"))],
  ["whether something gives a key power", read((record) => record.attempts.hasOpenGrant("tid_1"))],
  ["whether a key is being paused", read((record) => record.attempts.hasOpenPause("tid_1"))],
  ["what may have been left behind", read((record) => record.attempts.searching(100))],
  ["whose keys somebody paused", read((record) => record.events.pausesBy("U1", 0, 10))],
  ["how many keys of others somebody deleted", read((record) => record.events.countDeletionsBy(["U1"], 0))],
  ["how many leaked keys somebody reported", read((record) => record.events.reportsBy(["U1"], 0))],
  ["a click that is new", read((record) => record.attempts.findByClick("U1 1.2"))],
  ["which keys of somebody's others have taken over", read((record) => record.keys.takenFrom("U1", 4))],
  ["a request", read((record) => record.requests.findByView("V-unknown"))],
  ["a reference", read((record) => record.requests.isReferenceTaken("REF-unknown"))],
  ["the cards of a request", read((record) => record.requests.cards("r1"))],
  ["whose card stands somewhere", read((record) => record.requests.isCard({ channelId: "C1", ts: "1.2" }))],
  ["a key", read((record) => record.keys.find("tid_1"))],
  ["the key of a request", read((record) => record.keys.findByRequest("r1"))],
  ["what is asked about a key", read((record) => record.requests.findOpenAbout("tid_1"))],
  ["which policy is in force", read((record) => record.policies.digestInForce())],
  ["somebody's quota", read((record) => record.quotaUse("U1"))],
  ["what of somebody's waits", read((record) => record.requests.countWaiting("U1"))],
  ["what somebody asked for within the hour", read((record) => record.requests.countAskedSince("U1", NOW))],
  ["how often somebody was denied something", read((record) => record.requests.countDeniedSince("U1", NOW))],
  ["how many keys somebody has", read((record) => record.keys.countAlive("U1"))],
  ["notes on a key", read((record) => record.events.count("r1", "key.rotated", 0))],
  ["somebody's keys", page({ ownerId: "U1" })],
  ["somebody's keys, searched", page({ ownerId: "U1", search: "nosuch" })],
  ["everybody's keys", page({})],
  ["everybody's keys, the next page", page({ from: { side: "older", accessKeyId: "tid_50000" } })],
  ["everybody's keys, the page before", page({ from: { side: "newer", accessKeyId: "tid_50000" } })],
  ["somebody's keys that need something", read((record) => record.keys.unsettled("U1", 10))],
  ["somebody's open requests", read((record) => record.requests.openOf("U1", 10))],
  ["who opened their Home", () => store.appHomes.find("U1")],
  ["an idle round of Homes", () => store.outbox.take("worker-1", 5, "homes")],
  ["an idle round of forgetting Homes", () => store.appHomes.forget(APP_HOME_KEPT_MS, 100)],
  ["in whose Homes a change shows", () => store.transact((tx) => tx.appHomes.owe(["U1"]))],
  ["a search without a hit", page({ search: "nosuchkey" })],
  ["a search with one hit", page({ search: "service-77777" })],
  ["a search with many hits", page({ search: "service" })],
  ["how many keys somebody has", count({ ownerId: "U1" })],
  ["how many keys there are", count({})],
  ["how many keys come before one", count({ from: { side: "newer", accessKeyId: "tid_50000" } })],
  ["how many hits a search has", count({ search: "service-77777" })],
  ["how many hits a search has that has many", count({ search: "service" })],
  ["a key by its name, of everybody's", named("service-77777", null)],
  ["a key by its name, of one's own", named("service-77777", "U1")],
  ["a key by its id", named("tid_77777", null)],
  ["a key that nobody has", named("nosuchkey", null)],
];

/** What was read from end to end. */
async function scansOf(work: () => Promise<unknown>): Promise<string[]> {
  statements = [];
  await work();
  expect(statements.length).toBeGreaterThan(0);
  const queries = statements.filter(({ sql }) => /^(select|update|delete|insert)/i.test(sql));
  return readWhole(filled.database, queries);
}

test.each(HOT)("%s reads no table from end to end", async (_what, query) => {
  expect(await scansOf(query)).toEqual([]);
});

describeOn("sqlite", "a report", () => {
  test("reads no row of a key: each count goes along an index", async () => {
    expect(await scansOf(read(({ keys }) => keys.counts()))).toEqual([]);
  });
});

/** What the worker does now and then, each time with something else: the first of each is gone then. */
const forgetting: [string, () => Promise<unknown>][] = [
  [
    "a request",
    () =>
      store.transact(async (tx) => {
        const state = { kind: "lapsed", why: "unused", approval: null, at: 1 } as const;
        expect(await tx.requests.forget(requestIn(state, { id: `r${KEYS + 1}` }))).toBe(true);
      }),
  ],
  [
    "a request with its key",
    async () => {
      const [id, requestId] = ["tid_3", "r3"];
      await filled.database.execute(`update requests set state = 'lapsed' where id = '${requestId}'`);
      return store.transact(async (tx) => {
        const state = { kind: "lapsed", why: "unused", approval: null, at: 1 } as const;
        expect(await tx.requests.forget(requestIn(state, { id: requestId }))).toBe(true);
        expect(await tx.keys.find(id)).toBeNull();
      });
    },
  ],
  [
    "an attempt",
    () => store.transact(async (tx) => expect(await tx.attempts.forget(newAttempt("d6", "r6"))).toBe(true)),
  ],
  ["a few messages", async () => expect(await store.outbox.forget(0, 100)).toBe(100)],
];

test.each(forgetting)("forgetting %s reads no table from end to end", async (_what, forget) => {
  expect(await scansOf(forget)).toEqual([]);
});

/** The shortest of several runs, in milliseconds: what else the machine does only makes them longer. */
async function shortest(query: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let runs = 0; runs < 30; runs++) {
    const began = performance.now();
    await query();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/** A scan of one of these tables takes several hundred times as long as reading one row. */
const MOST_ROWS = 40;

/** PostgreSQL has no index of words: it looks through the newest keys until it has enough. */
const isSearched = (what: string) => testedDatabase === "postgres" && /\ba search|searched$/.test(what);

test("none takes much longer than reading one row", async () => {
  const one = await shortest(read((record) => record.keys.find("tid_1")));
  const ratios: [string, number][] = [];
  for (const [what, query] of HOT.filter(([what]) => !isSearched(what)))
    ratios.push([what, (await shortest(query)) / one]);
  expect(ratios.filter(([, ratio]) => ratio > MOST_ROWS)).toEqual([]);
}, 120_000);
