import { type KeyState, NO_PAUSE, type Pause } from "../../src/domain/key";
import { coverBy } from "../domain/samples";
import { emptyStore, type Filled, newKey, newRequest } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

/** Writes as another version might have. */
const execute = (sql: string) => filled.database.execute(sql);

test("a key with buckets of its own is read as it was written", async () => {
  const access = { permission: "Editor", buckets: { kind: "named", names: ["builds", "logs"] } } as const;
  const key = newKey("r1", { access, endpoint: "Fly" });
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(key);
  });
  expect(await filled.store.read((record) => record.keys.find(key.accessKeyId))).toEqual({ ...key, version: 1 });
});

const COVER = coverBy("UANN", 9_000);
const LIVE = { kind: "live", secret: { kind: "unconfirmed", cover: COVER } } as const;
const UNKNOWN = { kind: "secret_unknown", at: 1, cover: COVER } as const;

test.each<KeyState>([
  LIVE,
  { kind: "live", secret: { kind: "unconfirmed", cover: null } },
  { kind: "live", secret: { kind: "confirmed", at: 1 } },
  UNKNOWN,
  { ...UNKNOWN, cover: null },
  { kind: "rotating", before: LIVE },
  { kind: "rotating", before: UNKNOWN },
  { kind: "off", shownAt: null },
  { kind: "off", shownAt: 1 },
  { kind: "switching_on", at: 1, until: 2, shownAt: null, isUnanswered: true },
  { kind: "deleting", byId: "UANN", why: "asked", at: 1 },
  { kind: "deleting", byId: null, why: "never_on", at: 1 },
  { kind: "deleted", byId: null, why: "never_on", at: 1 },
  { kind: "deleted", byId: null, why: "gone", at: 1 },
  { kind: "deleted", byId: "UANN", why: "asked", at: 1 },
])("a key that is %j is read as it was written", async (state) => {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(newKey("r1", { state }));
  });
  expect((await filled.store.read((record) => record.keys.find("tid_r1")))?.state).toEqual(state);
});

test.each<Pause>([
  NO_PAUSE,
  { holds: [], stands: "resuming", areRolesTaken: true, unansweredAt: 1 },
  {
    holds: (["owner", "approver", "bot"] as const).map((kind, at) => ({ kind, byId: "UANN", at })),
    stands: "paused",
    areRolesTaken: false,
    unansweredAt: null,
  },
])("a pause that is %j is read as it was written", async (pause) => {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(newKey("r1", { pause }));
  });
  expect((await filled.store.read((record) => record.keys.find("tid_r1")))?.pause).toEqual(pause);
});

test("a pause of another shape is an error that names its row", async () => {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(newKey("r1"));
  });
  await execute(`update keys set pause_json = '{"holds":[],"stands":"dreaming"}'`);
  const find = filled.store.read((record) => record.keys.find("tid_r1"));
  await expect(find).rejects.toMatchObject({ code: "unknown_shape", row: "keys tid_r1" });
});

const OLD_LIVE = `{"kind":"live","secret":{"kind":"unconfirmed"}}`;
const OLD_UNKNOWN = `{"kind":"secret_unknown","at":1}`;

test.each<[string, KeyState]>([
  [OLD_LIVE, { kind: "live", secret: { kind: "unconfirmed", cover: null } }],
  [OLD_UNKNOWN, { kind: "secret_unknown", at: 1, cover: null }],
  [`{"kind":"rotating","before":${OLD_UNKNOWN}}`, { kind: "rotating", before: { ...UNKNOWN, cover: null } }],
  [
    `{"kind":"rotating","before":${OLD_LIVE}}`,
    { kind: "rotating", before: { kind: "live", secret: { kind: "unconfirmed", cover: null } } },
  ],
])("a key that version 0.1.0 left as %s is covered by no approval", async (json, state) => {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(newKey("r1", { state }));
  });
  await execute(`update keys set state_json = '${json}'`);
  expect((await filled.store.read((record) => record.keys.find("tid_r1")))?.state).toEqual(state);
});
