import type { Request } from "../../src/domain/request";
import { LESS_BY_ANN, REQUESTS, SECRET_ASKED } from "../domain/samples";
import { emptyStore, type Filled, newKey, newRequest } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

/** Writes as another version might have. */
const execute = (sql: string) => filled.database.execute(sql);

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

test("what was approved with less is read as it was written; with a list that is none, not at all", async () => {
  const state = { ...REQUESTS.approved.state, approval: LESS_BY_ANN } as Request["state"];
  await filled.store.transact((tx) => tx.requests.insert(newRequest("r1", { state })));
  expect((await filled.store.read((record) => record.requests.find("r1")))?.state).toEqual(state);
  await execute(`update requests set state_json = replace(state_json, '"kind":"named"', '"kind":"all"')`);
  await expect(filled.store.read((record) => record.requests.find("r1"))).rejects.toMatchObject({ row: "requests r1" });
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
    const rows = await filled.database.rows("select kind, access_key_id from requests where id = 'r3'");
    expect(rows).toEqual([{ kind: "secret", access_key_id: "tid_r1" }]);
  });

  test.each(Object.entries(REQUESTS))(
    "that is %s is found by its key only while it is open",
    async (kind, { state }) => {
      await insert("r3", { state });
      const isOpen = ["pending", "approved", "making", "delivered"].includes(kind);
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
    await execute(
      `update requests set asked_json = replace(asked_json, '"accessKeyId":"tid_r1"', '"other":1') where id = 'r3'`,
    );
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
  await execute(`update requests set state_json = ${json} where id = 'r1'`);
  const find = (id: string) => filled.store.read((record) => record.requests.find(id));
  await expect(find("r1")).rejects.toMatchObject({ code: "unknown_shape", row: "requests r1", retry: "never" });
  expect(await find("r2")).toMatchObject({ id: "r2" });
});

test("what is stored says the version of its shape", async () => {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(newKey("r1"));
    await tx.outbox.add({ kind: "requester_card", requestId: "r1" });
  });
  const [stored = {}] = await filled.database.rows<Record<string, string>>(
    "select asked_json, requests.state_json as request, keys.state_json as key_state, pause_json, message_json from requests, keys, outbox",
  );
  expect(Object.values(stored).map((json) => JSON.parse(json).v)).toEqual([4, 4, 4, 4, 4]);
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
  await execute(`update keys set buckets = '${buckets}'`);
  const find = filled.store.read((record) => record.keys.find("tid_r1"));
  await expect(find).rejects.toMatchObject({ code: "unknown_shape", row: "keys tid_r1" });
});

test("a state of version 1 has no version, and may lack what came later", async () => {
  await filled.store.transact((tx) => tx.requests.insert(newRequest("r1")));
  const approval = `{"by":{"kind":"policy"},"at":1}`;
  await execute(`update requests set state = 'approved',
    state_json = '{"kind":"approved","approval":${approval},"lapsesAt":10000}' where id = 'r1'`);
  const request = await filled.store.read((record) => record.requests.find("r1"));
  expect(request?.state).toMatchObject({ kind: "approved", lapsesAt: 10_000, failure: null });
});

test("in a list and among messages, a row that can't be read is told and left out", async () => {
  const unreadable: string[] = [];
  await filled.store.transact(async (tx) => {
    for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id));
    for (const id of ["r1", "r2"]) await tx.keys.insert(newKey(id));
    for (const id of ["r1", "r2"]) await tx.outbox.add({ kind: "requester_card", requestId: id });
  });
  await execute("update keys set state_json = '{}' where access_key_id = 'tid_r1'");
  await execute("update outbox set message_json = '[]' where card = 'requester_card r1'");
  const store = await filled.openAgain({ onUnreadable: (row) => unreadable.push(row) });
  const page = { ownerId: null, from: null, search: null } as const;
  const { keys } = await store.read((record) => record.keys.page({ ...page, limit: 10 }));
  expect(keys.map(({ accessKeyId }) => accessKeyId)).toEqual(["tid_r2"]);
  const first = await store.read((record) => record.keys.page({ ...page, limit: 1 }));
  expect(first.isCut).toBe(true);
  const due = await store.outbox.take("worker-1", 1);
  expect(due.map(({ message }) => message)).toEqual([{ kind: "requester_card", requestId: "r2" }]);
  filled.clock.set(600_999);
  expect(await store.outbox.take("worker-1", 1)).toHaveLength(1);
  expect(unreadable.slice(0, 2)).toEqual(["keys tid_r1", "outbox 1"]);
});
