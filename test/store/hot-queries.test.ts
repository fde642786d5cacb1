import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { openStore } from "../../src/store";
import type { Reads, StorePort } from "../../src/workflow/store-port";
import { requestIn } from "../domain/samples";
import { newAttempt } from "./filled";

/** What a large company has after some years. */
const REQUESTS = 400_000;
const KEYS = 100_000;
/** When everything ended that did: not long enough ago. */
const ENDED_AT = 500_000;

let folder: string;
let file: string;
let store: StorePort;
let statements: { sql: string; parameters: readonly unknown[] }[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
  file = join(folder, "bot.db");
  await (await openStore(file)).close();
  fill(file);
  statements = [];
  store = await openStore(file, { onStatement: (statement) => statements.push(statement) });
}, 120_000);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Everything idle: requests that are over or wait for weeks, keys that are live or gone, attempts that are closed. */
function fill(path: string): void {
  const db = new Database(path);
  db.exec(`pragma synchronous = off; begin;
    create temp table n as with recursive up(i) as (select 1 union all select i + 1 from up where i < ${REQUESTS}) select i from up;
    insert into requests (id, reference, requester_id, kind, asked_json, needs_approval, asked_at, state, state_json,
        attempts, version, view_id, dm_channel_id, requester_card_channel_id, requester_card_ts, approvals_card_channel_id,
        approvals_card_ts)
      select 'r' || i, 'REF' || i, 'U' || (i % 5000), 'key', '{}', i % 2, i,
        case when i % 40 = 0 then 'pending' when i > ${KEYS} then 'lapsed' else 'made' end, '{}', 1, 1, 'V' || i, 'D' || (i % 5000), 'D' || (i % 5000), 't' || i, 'C1', 't' || -i from n;
    insert into timers (subject_id, kind, due_at, lease_until)
      select id, 'lapse', 86400000, 0 from requests where state = 'pending';
    insert into timers (subject_id, kind, due_at, lease_until)
      select id, 'forget', ${ENDED_AT}, 0 from requests where state = 'lapsed';
    insert into keys (access_key_id, request_id, reference, owner_id, key_name, tigris_name, permission, buckets, endpoint,
        made_at, delivery_id, state, state_json, version)
      select 'tid_' || i, 'r' || i, 'REF' || i, 'U' || (i % 5000), 'service-' || i, 'service-' || i || '-REF' || i,
        'ReadOnly', null, 'Default', i, 'd' || i, case when i % 3 = 0 then 'deleted' else 'live' end,
        case when i % 3 = 0 then '{"kind":"deleted","byId":null,"at":1}'
          else '{"kind":"live","secret":{"kind":"unconfirmed"}}' end, 1 from n where i <= ${KEYS};
    insert into key_search (access_key_id, words)
      select access_key_id, key_name || ' ' || reference || ' ' || access_key_id from keys;
    insert into attempts (id, request_id, access_key_id, actor_id, started_at, lease_holder, lease_until, next_at, tries,
        alerted, kind, phase, number, tigris_name, closed, click_id)
      select 'd' || i, 'r' || i, 'tid_' || i, 'U1', i, 'w', 0, 0, 0, 0, 'create', 'posted', 1,
        'service-' || i || '-REF' || i, 1, 'c' || i from n where i <= ${KEYS};
    insert into timers (subject_id, kind, due_at, lease_until) select id, 'forget', ${ENDED_AT}, 0 from attempts;
    insert into used_names (tigris_name, reference) select 'old-' || i || '-OLD' || i, 'OLD' || i from n;
    insert into outbox (message_json, created_at, next_at, tries, revision, lease_until)
      select '{}', ${ENDED_AT}, 9000000000000, 0, 1, 0 from n where i <= 10000;
    insert into events (at, name, actor_id, request_id, outcome) select i, 'request.created', 'U1', 'r' || i, 'x' from n;
    commit; analyze;`);
  db.close();
}

const LEASE = { holder: "worker-1", until: 2_000_000 };
const AT = 1_000_000;
const KEEP = 600_000;
const page = (query: Partial<Parameters<Reads["keys"]["page"]>[0]>) => () =>
  store.read((record) => record.keys.page({ ownerId: null, from: null, search: null, limit: 11, ...query }));
const read =
  <Result>(work: (record: Reads) => Promise<Result>) =>
  () =>
    store.read(work);

/** What happens at every click, every keystroke and every two seconds. */
const HOT: [string, () => Promise<unknown>][] = [
  ["an idle round of lapses", () => store.timers.take("lapse", AT, LEASE, 20)],
  ["an idle round of recovery", () => store.timers.take("recover", AT, LEASE, 20)],
  ["an idle round of forgetting", () => store.timers.take("forget", AT - KEEP, LEASE, 20)],
  ["an idle round of dropping messages", () => store.outbox.forget(AT - KEEP, 100)],
  ["whether an attempt of a request goes on", read((record) => record.attempts.hasOpen("r1"))],
  ["an idle round of the outbox", () => store.outbox.take(AT, LEASE, 5)],
  ["whether the approvals channel takes posts", () => store.outbox.approvalsFailure()],
  ["whether an id is recorded", read((record) => record.attempts.isRecorded("tid_unknown", "d1"))],
  ["a click that is new", read((record) => record.attempts.findByClick("U1 1.2"))],
  ["a request", read((record) => record.requests.findByView("V-unknown"))],
  ["a reference", read((record) => record.requests.isReferenceTaken("REF-unknown"))],
  ["the cards of a request", read((record) => record.requests.cards("r1"))],
  ["whose card stands somewhere", read((record) => record.requests.isCard({ channelId: "C1", ts: "1.2" }))],
  ["a key", read((record) => record.keys.find("tid_1"))],
  ["the key of a request", read((record) => record.keys.findByRequest("r1"))],
  ["what is asked about a key", read((record) => record.requests.findOpenAbout("tid_1"))],
  ["somebody's quota", read((record) => record.quotaUse("U1"))],
  ["what of somebody's waits", read((record) => record.requests.countWaiting("U1"))],
  ["what somebody asked for within the hour", read((record) => record.requests.countAskedSince("U1", AT))],
  ["notes on a key", read((record) => record.events.count("r1", "key.rotated", 0))],
  ["somebody's keys", page({ ownerId: "U1" })],
  ["somebody's keys, searched", page({ ownerId: "U1", search: "nosuch" })],
  ["everybody's keys", page({})],
  ["everybody's keys, the next page", page({ from: { side: "older", accessKeyId: "tid_50000" } })],
  ["everybody's keys, the page before", page({ from: { side: "newer", accessKeyId: "tid_50000" } })],
  ["a search without a hit", page({ search: "nosuchkey" })],
  ["a search with one hit", page({ search: "service-77777" })],
  ["a search with many hits", page({ search: "service" })],
];

/** What was read from end to end. */
async function scansOf(work: () => Promise<unknown>): Promise<string[]> {
  statements = [];
  await work();
  expect(statements.length).toBeGreaterThan(0);
  const db = new Database(file, { readonly: true });
  const plans = statements
    .filter(({ sql }) => /^(select|update|delete|insert)/i.test(sql))
    .flatMap(
      ({ sql, parameters }) => db.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[],
    )
    .map(({ detail }) => detail);
  db.close();
  return plans.filter((detail) => /^SCAN (?!\(|.*(USING|VIRTUAL TABLE))/.test(detail));
}

test.each(HOT)("%s reads no table from end to end", async (_what, query) => {
  expect(await scansOf(query)).toEqual([]);
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
    "an attempt",
    () => store.transact(async (tx) => expect(await tx.attempts.forget(newAttempt("d3", "r3"))).toBe(true)),
  ],
  ["a few messages", async () => expect(await store.outbox.forget(AT, 100)).toBe(100)],
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

test("none takes much longer than reading one row", async () => {
  const one = await shortest(read((record) => record.keys.find("tid_1")));
  const ratios: [string, number][] = [];
  for (const [what, query] of HOT) ratios.push([what, (await shortest(query)) / one]);
  expect(ratios.filter(([, ratio]) => ratio > MOST_ROWS)).toEqual([]);
});
