import { database as locationSetting } from "../../src/config-database";
import type { Attempt } from "../../src/domain/attempt";
import { type Key, type KeyState, NO_PAUSE } from "../../src/domain/key";
import type { Request } from "../../src/domain/request";
import { openStore } from "../../src/store";
import type { OutboxMessage } from "../../src/workflow/outbox-message";
import type { StorePort } from "../../src/workflow/store-port";
import { createTestDatabase, type TestDatabase } from "../kit/database";
import { createManualClock, type ManualClock } from "../kit/manual-clock";
import { ENDED_AT as ENDS, writeOlderDatabase } from "../kit/older-versions";
import { sinceVotes, sinceVotesOfKey } from "../kit/since-votes";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ENDED_AT = ENDS["0.3.0"];
const ANN = "UANN00001";

type Row = { id: string; state: string; state_json: string };

let database: TestDatabase;
let clock: ManualClock;
let store: StorePort;
let unreadable: string[];
/** Keys and requests as that version left them, by their ids. */
let keysBefore: Row[];
let requestsBefore: Row[];

beforeEach(async () => {
  database = await createTestDatabase();
  await writeOlderDatabase("0.3.0", database);
  keysBefore = await database.rows<Row>("select access_key_id as id, state, state_json from keys order by id");
  requestsBefore = await database.rows<Row>("select id, state, state_json from requests order by id");
  clock = createManualClock(ENDED_AT + MINUTE);
  unreadable = [];
  store = await openStore(
    locationSetting.parse(database.url),
    { ...clock, standsIn: true },
    { onUnreadable: (row) => unreadable.push(row) },
  );
});
afterEach(async () => {
  await store.close();
  await database.remove();
});

const idOf = (name: string) => `tid_${name.padEnd(24, "0")}`;

async function keyOf(name: string): Promise<Key> {
  const key = await store.read((record) => record.keys.find(idOf(name)));
  if (key === null) throw new Error(`there is no key ${name}`);
  return key;
}

async function requestOf(name: string): Promise<Request> {
  const [row] = await database.rows(
    `select id from requests where asked_json like '%"keyName":"${name}"%' order by id`,
  );
  const request = row ? await store.read((record) => record.requests.find(row.id)) : null;
  if (request === null) throw new Error(`there is no request ${name}`);
  return request;
}

async function attemptsOf(name: string): Promise<Attempt[]> {
  const { id } = await requestOf(name);
  const rows = await database.rows(`select id from attempts where request_id = '${id}' order by id`);
  const attempts = await Promise.all(rows.map((row) => store.read((record) => record.attempts.find(row.id))));
  return attempts.filter((attempt) => attempt !== null);
}

test("each request is in the state in which it was, and its time was never extended", async () => {
  expect(new Set(requestsBefore.map(({ state }) => state)).size).toBe(9);
  for (const { id, state, state_json } of requestsBefore) {
    const { v: _v, failure, ...was } = JSON.parse(state_json);
    const isUsable = state === "approved" || state === "making";
    const extended = isUsable ? { ...was, isExtended: false } : was;
    const waits = state === "pending" ? { reminded: "not_yet", askedAgainAt: null } : {};
    const expected = state === "approved" ? { ...extended, failure } : { ...extended, ...waits };
    expect((await store.read((record) => record.requests.find(id)))?.state).toEqual(sinceVotes(expected));
  }
});

test("each key that was not to go is what it was, and was never paused", async () => {
  const others = keysBefore.filter(({ state }) => state !== "deletion_held");
  expect(others).toHaveLength(10);
  for (const { id, state_json } of others) {
    const { v: _v, ...state } = JSON.parse(state_json);
    expect(await store.read((record) => record.keys.find(id))).toMatchObject({
      state: sinceVotesOfKey(state),
      pause: NO_PAUSE,
      version: 1,
    });
  }
});

test("a key that was deleted says whether somebody asked for that", async () => {
  const states = [(await keyOf("deleted-by-owner")).state, (await keyOf("deleted-elsewhere")).state];
  expect(states).toMatchObject([
    { byId: "UDEV00001", why: "asked" },
    { byId: null, why: "gone" },
  ]);
});

describe("a key whose deletion waited for somebody", () => {
  // One approver by then, and not when it was asked for.
  const until = ENDED_AT + 20 * HOUR;
  const COVER = { votes: [{ approverId: "UBOB00001", at: until, rules: [] }], askedAt: until, until };

  test.each<[string, number, KeyState]>([
    ["held-confirmed", 3, { kind: "live", secret: { kind: "confirmed", at: ENDED_AT - HOUR } }],
    ["held-covered", 2, { kind: "live", secret: { kind: "unconfirmed", cover: COVER } }],
    ["held-unknown", 1, { kind: "secret_unknown", at: ENDED_AT - HOUR, cover: COVER }],
  ])("is what it was before, under a pause of theirs that was not asked for yet: %s", async (name, minutes, state) => {
    const at = ENDED_AT - minutes * MINUTE;
    const key = await keyOf(name);
    const holds = [{ kind: "approver", byId: ANN, at }];
    expect(key).toMatchObject({ state, version: 2 });
    expect(key.pause).toEqual({ holds, stands: "pausing", areRolesTaken: false, unansweredAt: null });
    const id = `pause-${key.accessKeyId}`;
    expect(await store.read((record) => record.attempts.find(id))).toEqual({
      id,
      requestId: key.requestId,
      accessKeyId: key.accessKeyId,
      actorId: ANN,
      startedAt: at,
      lease: { holder: "nobody", until: 0 },
      nextAt: 0,
      tries: 0,
      alerted: false,
      work: { kind: "pause", phase: "calling" },
    });
    expect(await store.timers.take("recover", "worker-1", { limit: 10, behindMs: 0 })).toContain(id);
  });

  test.each(["held-confirmed", "held-unknown"])("changes like any other: %s", async (name) => {
    const key = await keyOf(name);
    const pause = { ...key.pause, stands: "paused" } as const;
    expect(await store.transact((tx) => tx.keys.move(key, { state: key.state, pause }))).toBe(true);
    expect(await keyOf(name)).toEqual({ ...key, pause, version: 3 });
  });
});

test("a key that was being thrown away is looked for by its name; what was looked for, still is", async () => {
  const attempts = [...(await attemptsOf("making-discarding")), ...(await attemptsOf("making-searching"))];
  expect(attempts).toMatchObject([
    { accessKeyId: idOf("making-discarding"), nextAt: 0, tries: 0, work: { phase: "searching" } },
    { accessKeyId: null, nextAt: ENDED_AT + 4 * MINUTE, tries: 3, work: { phase: "searching" } },
  ]);
  const ids = attempts.map(({ id }) => id);
  expect((await store.read((record) => record.attempts.searching(10))).sort()).toEqual([...ids].sort());
  const due = await store.timers.take("recover", "worker-1", { limit: 10, behindMs: 0 });
  expect(due).toContain(ids[0]);
  expect(due).not.toContain(ids[1]);
});

test("calls that were under way stay so, and a request that waited for a search waits for no attempt", async () => {
  const phases = async (name: string) => (await attemptsOf(name)).map(({ work }) => work.phase);
  expect(await phases("making-calling")).toEqual(["calling"]);
  expect(await phases("making-delivering")).toEqual(["delivering"]);
  expect(await phases("making-again")).toEqual(["not_found", "calling"]);
  expect(await phases("rotating-delivering")).toEqual(["posted", "delivering"]);
  const hasOpen = async (name: string) => {
    const { id } = await requestOf(name);
    return store.read((record) => record.attempts.hasOpen(id));
  };
  expect([await hasOpen("making-calling"), await hasOpen("making-again")]).toEqual([true, true]);
  expect([await hasOpen("making-searching"), await hasOpen("making-discarding")]).toEqual([false, false]);
});

test("each message can be read, and says what is true of that version", async () => {
  clock.set(ENDED_AT + 20 * MINUTE);
  const due: OutboxMessage[] = [];
  for (;;) {
    const taken = await store.outbox.take("worker-1", 100);
    if (taken.length === 0) break;
    due.push(...taken.map(({ message }) => message));
  }
  expect(unreadable).toEqual([]);
  expect(due).toHaveLength(25);
  const alerts = due.flatMap((message) => (message.kind === "alert" ? message.alert : []));
  const leftBehind = (...keys: { name: string; accessKeyId: string | null }[]) => ({
    code: "left_behind",
    about: { keys },
  });
  expect(alerts.slice(1)).toEqual([
    leftBehind({ name: idOf("too-late"), accessKeyId: idOf("too-late") }),
    leftBehind({ name: "unanswered-REF2ZZZZ", accessKeyId: null }),
    leftBehind({ name: "unproven-REF2ZZZZ", accessKeyId: null }),
    leftBehind(
      { name: "twice-REF2ZZZZ", accessKeyId: idOf("twice-1") },
      { name: "twice-REF2ZZZZ", accessKeyId: idOf("twice-2") },
    ),
    leftBehind({ name: "left-REF2ZZZZ", accessKeyId: null }),
    leftBehind({ name: "left-again-REF2ZZZZ", accessKeyId: idOf("left-again") }),
  ]);
  const paused = await store.read((record) => record.events.pausesBy(ANN, ENDED_AT - 3 * MINUTE, 10));
  expect(paused.map(({ key }) => key.keyName)).toEqual(["held-confirmed", "held-covered", "held-unknown"]);
  expect(due.filter(({ kind }) => kind === "pauses")).toEqual([
    { kind: "pauses", byId: ANN, since: ENDED_AT - 3 * MINUTE },
    { kind: "pauses", byId: "UBOB00001", since: ENDED_AT },
  ]);
  const told = due.flatMap((message) => (message.kind === "notice" ? message.notice : []));
  const words = told.map((notice) => (notice.code === "written" ? notice.about.sentence.join("") : notice.code));
  expect(words).toContainEqual(
    expect.stringMatching(/^I was interrupted while making failed-ambiguous, .+ \(ref REF2AAA[A-Z]\)\.$/),
  );
});

test("it is the same organization's, and keys that the bot signs with are remembered anew", async () => {
  expect(await store.remembered("tigris_organisation")).toBe("acme-organisation");
  expect(await database.rows("select kind from installation where kind = 'own_key_listed'")).toEqual([]);
  expect(await store.read((record) => record.signedWith())).toEqual(new Set());
});

test("keys are found by their words", async () => {
  const found = await store.read((record) =>
    record.keys.page({ ownerId: null, from: null, search: "held-conf", limit: 10 }),
  );
  expect(found.keys.map(({ keyName }) => keyName)).toEqual(["held-confirmed"]);
});

test("a start that comes after it changes nothing more", async () => {
  const state = () =>
    database.rows(
      "select access_key_id as id, state, state_json, pause_json, version from keys order by access_key_id",
    );
  const before = await state();
  await store.close();
  store = await openStore(locationSetting.parse(database.url), { ...clock, standsIn: true });
  expect(await state()).toEqual(before);
});
