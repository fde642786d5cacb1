import Database from "libsql";
import type { KeyState } from "../../src/domain/key";
import { openStore } from "../../src/store";
import { REQUESTS, SECRET_ASKED } from "../domain/samples";
import { emptyStore, type Filled, newAttempt, newKey, newRequest } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

/** Writes into the file as another version might have. */
function execute(sql: string): void {
  const other = new Database(filled.file);
  other.exec(sql);
  other.close();
}

test.each(Object.entries(REQUESTS))("a request that is %s is read as it was written", async (_kind, { state }) => {
  const request = newRequest("r1", { state });
  await filled.store.transact((tx) => tx.requests.insert(request));
  const { viewId: _viewId, dmChannelId: _dmChannelId, ...asked } = request;
  expect(await filled.store.read((record) => record.requests.find("r1"))).toEqual({
    ...asked,
    attempts: 0,
    version: 1,
  });
});

test("a key with buckets of its own is read as it was written", async () => {
  const access = { permission: "Editor", buckets: { kind: "named", names: ["builds", "logs"] } } as const;
  const key = newKey("r1", { access, endpoint: "Fly" });
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(key);
  });
  expect(await filled.store.read((record) => record.keys.find(key.accessKeyId))).toEqual({ ...key, version: 1 });
});

const COVER = { approverId: "UANN", until: 9_000 };
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
  { kind: "deletion_held", before: UNKNOWN, byId: "UANN", at: 1 },
  { kind: "deleting", byId: "UANN", at: 1 },
  { kind: "deleted", byId: null, at: 1 },
])("a key that is %j is read as it was written", async (state) => {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(newKey("r1", { state }));
  });
  expect((await filled.store.read((record) => record.keys.find("tid_r1")))?.state).toEqual(state);
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
  execute(`update keys set state_json = '${json}'`);
  expect((await filled.store.read((record) => record.keys.find("tid_r1")))?.state).toEqual(state);
});

describe("a request for a new secret", () => {
  const asked = { ...SECRET_ASKED, accessKeyId: "tid_r1" };
  const insert = (id: string, changes: Parameters<typeof newRequest>[1] = {}) =>
    filled.store.transact((tx) => tx.requests.insert(newRequest(id, { asked, ...changes })));
  const openAbout = (accessKeyId: string) => filled.store.read((record) => record.requests.findOpenAbout(accessKeyId));
  beforeEach(() =>
    filled.store.transact(async (tx) => {
      for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id, { state: REQUESTS.made.state }));
      for (const id of ["r1", "r2"]) await tx.keys.insert(newKey(id));
    }),
  );

  test("is read as it was written, and names its key", async () => {
    await insert("r3");
    expect(await filled.store.read((record) => record.requests.find("r3"))).toMatchObject({ id: "r3", asked });
    const other = new Database(filled.file, { readonly: true });
    const row = other.prepare("select kind, access_key_id from requests where id = 'r3'").get();
    other.close();
    expect(row).toMatchObject({ kind: "secret", access_key_id: "tid_r1" });
  });

  test.each(Object.entries(REQUESTS))(
    "that is %s is found by its key only while it is open",
    async (kind, { state }) => {
      await insert("r3", { state });
      const isOpen = ["pending", "approved", "making"].includes(kind);
      expect((await openAbout("tid_r1"))?.id).toBe(isOpen ? "r3" : undefined);
      expect(await openAbout("tid_r2")).toBeNull();
    },
  );

  test("the request that made a key is not about it", async () => {
    expect(await openAbout("tid_r1")).toBeNull();
  });

  test("is about a key that is there", async () => {
    await expect(insert("r3", { asked: { ...asked, accessKeyId: "tid_nowhere" } })).rejects.toThrow();
    expect(await filled.store.read((record) => record.requests.find("r3"))).toBeNull();
  });

  test("that does not say which key it is about is an error that names its row", async () => {
    await insert("r3");
    execute("update requests set asked_json = json_remove(asked_json, '$.accessKeyId') where id = 'r3'");
    const find = filled.store.read((record) => record.requests.find("r3"));
    await expect(find).rejects.toMatchObject({ code: "unknown_shape", row: "requests r3" });
  });
});

test.each<[string, string]>([
  ["no JSON", `'{'`],
  ["another kind", `'{"kind":"dreaming"}'`],
  ["a field that is missing", `'{"kind":"pending"}'`],
  ["a version that is not known yet", `'{"v":99,"kind":"pending","lapsesAt":10000}'`],
])("a state with %s is an error that names its row, and hides no other", async (_what, json) => {
  await filled.store.transact(async (tx) => {
    for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id));
  });
  execute(`update requests set state_json = ${json} where id = 'r1'`);
  const find = (id: string) => filled.store.read((record) => record.requests.find(id));
  await expect(find("r1")).rejects.toMatchObject({ code: "unknown_shape", row: "requests r1", retry: "never" });
  expect(await find("r2")).toMatchObject({ id: "r2" });
});

test("what is stored says the version of its shape", async () => {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(newKey("r1"));
    await tx.outbox.add({ kind: "requester_card", requestId: "r1" }, 1_000);
  });
  const other = new Database(filled.file, { readonly: true });
  const [stored = []] = other
    .prepare("select asked_json, requests.state_json, keys.state_json, message_json from requests, keys, outbox")
    .raw()
    .all() as string[][];
  other.close();
  expect(stored.map((json) => JSON.parse(json).v)).toEqual([2, 2, 2, 2]);
});

test.each([
  ["of a key for Admin, which has none", `["builds"]`],
  ["that is no JSON", "["],
  ["of something else", "[1]"],
])("a list of buckets %s is an error that names its row", async (_what, buckets) => {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(newKey("r1"));
  });
  execute(`update keys set buckets = '${buckets}'`);
  const find = filled.store.read((record) => record.keys.find("tid_r1"));
  await expect(find).rejects.toMatchObject({ code: "unknown_shape", row: "keys tid_r1" });
});

test("a state of version 1 has no version, and may lack what came later", async () => {
  await filled.store.transact((tx) => tx.requests.insert(newRequest("r1")));
  const approval = `{"by":{"kind":"policy"},"at":1}`;
  execute(`update requests set state = 'approved',
    state_json = '{"kind":"approved","approval":${approval},"lapsesAt":10000}' where id = 'r1'`);
  const request = await filled.store.read((record) => record.requests.find("r1"));
  expect(request?.state).toMatchObject({ kind: "approved", lapsesAt: 10_000, failure: null });
});

test("in a list and among messages, a row that can't be read is told and left out", async () => {
  const unreadable: string[] = [];
  await filled.store.transact(async (tx) => {
    for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id));
    for (const id of ["r1", "r2"]) await tx.keys.insert(newKey(id));
    for (const id of ["r1", "r2"]) await tx.outbox.add({ kind: "requester_card", requestId: id }, 1_000);
  });
  execute("update keys set state_json = '{}' where access_key_id = 'tid_r1'");
  execute("update outbox set message_json = '[]' where card = 'requester_card r1'");
  const store = await openStore(filled.file, { onUnreadable: (row) => unreadable.push(row) });
  const page = { ownerId: null, from: null, search: null } as const;
  const { keys } = await store.read((record) => record.keys.page({ ...page, limit: 10 }));
  expect(keys.map(({ accessKeyId }) => accessKeyId)).toEqual(["tid_r2"]);
  const first = await store.read((record) => record.keys.page({ ...page, limit: 1 }));
  expect(first.isCut).toBe(true);
  const lease = { holder: "worker-1", until: 61_000 };
  const due = await store.outbox.take(1_000, lease, 1);
  expect(due.map(({ message }) => message)).toEqual([{ kind: "requester_card", requestId: "r2" }]);
  expect(await store.outbox.take(600_999, { ...lease, until: 700_000 }, 1)).toHaveLength(1);
  expect(unreadable.slice(0, 2)).toEqual(["keys tid_r1", "outbox 1"]);
  await store.close();
});

test("sentences of version 1 in the outbox are kept as what they are", async () => {
  const old = [
    `{"kind":"notice","userId":"UDEV","sentence":["Hello"]}`,
    `{"kind":"approvals_note","requestId":"r1","sentence":["Hello"]}`,
    `{"kind":"alert","sentence":["Hello"]}`,
  ];
  for (const json of old)
    execute(`insert into outbox (message_json, created_at, next_at, tries, revision, lease_until)
      values ('${json}', 1, 1, 0, 1, 0)`);
  const due = await filled.store.outbox.take(1, { holder: "worker-1", until: 61_000 }, 10);
  const written = { code: "written", about: { sentence: ["Hello"] } };
  expect(due.map(({ message }) => message)).toEqual([
    { kind: "notice", userId: "UDEV", notice: written },
    { kind: "approvals_note", requestId: "r1", note: written },
    { kind: "alert", alert: written },
  ]);
});

test("an attempt whose phase is none of its kind is an error that names it", async () => {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.attempts.insert(newAttempt("a1", "r1"));
  });
  execute("update attempts set phase = 'dreaming'");
  const find = filled.store.read((record) => record.attempts.find("a1"));
  await expect(find).rejects.toMatchObject({ code: "unknown_shape", row: "attempts a1" });
});
