import Database from "libsql";
import packageJson from "../../package.json";
import { openStore } from "../../src/store";
import { VERSION } from "../../src/version";
import { REQUESTS } from "../domain/samples";
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
  const keys = await store.read((record) => record.keys.page({ ownerId: null, from: null, search: null, limit: 10 }));
  expect(keys.map(({ accessKeyId }) => accessKeyId)).toEqual(["tid_r2"]);
  const due = await store.outbox.take(1_000, { holder: "worker-1", until: 61_000 }, 10);
  expect(due.map(({ message }) => message)).toEqual([{ kind: "requester_card", requestId: "r2" }]);
  expect(unreadable).toEqual(["keys tid_r1", "outbox 1"]);
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

describe("a database of another version", () => {
  test("says which version wrote it, and what it needs", async () => {
    const rows = () => {
      const other = new Database(filled.file, { readonly: true });
      const found = other.prepare("select kind, value from installation order by kind").all();
      other.close();
      return found;
    };
    expect(rows()).toEqual([
      { kind: "oldest_usable", value: "005-deletions-wait-for-nothing" },
      { kind: "written_by", value: VERSION },
    ]);
    expect(VERSION).toBe(packageJson.version);
  });

  const NEWER = `insert into kysely_migration (name, timestamp) values ('900-from-the-future', '2030-01-01');
    update installation set value = '9.0.0' where kind = 'written_by';`;

  test("one that a newer version has changed is refused, with the version that wrote it", async () => {
    execute(`${NEWER} update installation set value = '900-from-the-future' where kind = 'oldest_usable'`);
    await expect(openStore(filled.file)).rejects.toMatchObject({ code: "newer_database", writtenBy: "9.0.0" });
  });

  test("one that a newer version has only added to is used, and left as it is", async () => {
    execute(NEWER);
    const store = await openStore(filled.file);
    await store.check();
    await store.close();
    const other = new Database(filled.file, { readonly: true });
    const written = other.prepare("select value from installation where kind = 'written_by'").get();
    other.close();
    expect(written).toMatchObject({ value: "9.0.0" });
  });
});
