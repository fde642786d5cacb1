import { LEASE_MS } from "../../src/domain/limits";
import type { LeakMessage } from "../../src/workflow/outbox-message";
import type { StorePort } from "../../src/workflow/store-port";
import { emptyStore, type Filled, newKey, newRequest } from "./filled";

const NOW = 100_000_000;
const AT = { channelId: "CAPPROVALS", ts: "1.1" };
const ELSEWHERE = { channelId: "DDANA", ts: "1.1" };

let filled: Filled;
let store: StorePort;
beforeEach(async () => {
  filled = await emptyStore(NOW);
  ({ store } = filled);
  await store.transact(async ({ requests, keys }) => {
    for (const id of ["one", "two"]) {
      await requests.insert(newRequest(id));
      await keys.insert(newKey(id));
    }
  });
});
afterEach(() => filled.stop());

const leak = { byId: "UEVE", messageUrl: null, holdsSecret: false };
const report = (...accessKeyIds: string[]): LeakMessage => ({ kind: "leak_report", accessKeyIds, ...leak });
const notice: LeakMessage = {
  kind: "notice",
  userId: "UDANA",
  notice: { code: "leak_reported", about: { keyName: "ci", accessKeyId: "tid_one", ...leak } },
};

const find = (place: typeof AT) => store.read(({ leaks }) => leaks.find(place));
const owe = (accessKeyId: string) => store.transact((tx) => tx.leaks.owe(accessKeyId));
const owed = async (holder: string) => (await store.outbox.take(holder, 10)).map(({ message }) => message);
async function keysOf(...ids: string[]) {
  const keys = await store.read((record) => Promise.all(ids.map((id) => record.keys.find(id))));
  return keys.filter((key) => key !== null);
}
const posted = async (place: typeof AT, message: LeakMessage, ...ids: string[]) =>
  store.leaks.posted(place, { message, keys: await keysOf(...ids) });

test("what was told of a leak is known by where it stands, and owed again with each key that it names", async () => {
  await posted(AT, report("tid_one", "tid_two", "tid_other"), "tid_one", "tid_two");
  await posted(ELSEWHERE, notice, "tid_one");
  expect(await find(AT)).toEqual(report("tid_one", "tid_two", "tid_other"));
  expect(await find(ELSEWHERE)).toEqual(notice);
  expect(await find({ ...AT, ts: "1.2" })).toBeNull();
  expect(await owed("s0")).toEqual([]);
  await owe("tid_two");
  await owe("tid_two");
  expect(await owed("s1")).toEqual([{ kind: "leak_redraw", place: AT }]);
  await owe("tid_one");
  filled.clock.advance(LEASE_MS);
  expect(await owed("s2")).toEqual([
    { kind: "leak_redraw", place: AT },
    { kind: "leak_redraw", place: ELSEWHERE },
  ]);
});

test("what names no key on record is not remembered", async () => {
  await posted(AT, report("tid_other"));
  expect(await find(AT)).toBeNull();
});

test("a key that has changed since the message was drawn owes it at once", async () => {
  const keys = await keysOf("tid_one", "tid_two");
  await store.transact(async (tx) => {
    const key = await tx.keys.find("tid_two");
    if (key) await tx.keys.move(key, { state: { kind: "deleting", byId: "UDANA", why: "asked", at: NOW } });
  });
  await store.leaks.posted(AT, { message: report("tid_one", "tid_two"), keys });
  expect(await owed("s1")).toEqual([{ kind: "leak_redraw", place: AT }]);
});

test("who has lost the lease has it drawn once more", async () => {
  await posted(AT, report("tid_one"), "tid_one");
  await owe("tid_one");
  const [late] = await store.outbox.take("s1", 10);
  filled.clock.advance(LEASE_MS);
  const [next] = await store.outbox.take("s2", 10);
  if (next) await store.outbox.done(next);
  if (late) await store.outbox.done(late);
  expect(await owed("s3")).toEqual([{ kind: "leak_redraw", place: AT }]);
});

test("what is older than that is forgotten, oldest first, whatever number of keys it names", async () => {
  await posted(AT, report("tid_one", "tid_two"), "tid_one", "tid_two");
  filled.clock.advance(1_000);
  await posted(ELSEWHERE, notice, "tid_one");
  filled.clock.advance(1_000);
  expect(await store.leaks.forget(2_000, 10)).toBe(0);
  expect(await store.leaks.forget(1_999, 10)).toBe(1);
  expect(await find(AT)).toBeNull();
  await owe("tid_two");
  expect(await owed("s1")).toEqual([]);
  expect(await find(ELSEWHERE)).toEqual(notice);
});

test("a key that goes from the record takes along what names it", async () => {
  await posted(AT, report("tid_one", "tid_two"), "tid_one", "tid_two");
  await posted(ELSEWHERE, report("tid_two"), "tid_two");
  await store.transact(async (tx) => {
    const key = await tx.keys.find("tid_one");
    if (key) await tx.keys.move(key, { state: { kind: "deleted", byId: null, why: "never_on", at: NOW } });
    const request = await tx.requests.find("one");
    if (request) expect(await tx.requests.forget(request)).toBe(true);
  });
  expect(await find(AT)).toBeNull();
  expect(await find(ELSEWHERE)).not.toBeNull();
});
