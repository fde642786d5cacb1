import type { Access } from "../../src/domain/permission";
import type { KeyQuery } from "../../src/workflow/key-query";
import type { Reads, StorePort } from "../../src/workflow/store-port";
import { requestIn } from "../domain/samples";
import { PAUSES, pausedBy } from "../workflow/keys";
import { emptyStore, type Filled, newKey, newRequest } from "./filled";

let filled: Filled;
let store: StorePort;
beforeEach(async () => {
  filled = await emptyStore();
  ({ store } = filled);
});
afterEach(() => filled.stop());

const read = <Result>(work: (record: Reads) => Promise<Result>) => store.read(work);
const ALL = { kind: "all" } as const;
const named = (...names: string[]): Access => ({ permission: "Editor", buckets: { kind: "named", names } });

async function keep(
  id: string,
  changes: Parameters<typeof newKey>[1] = {},
  asked: Parameters<typeof newRequest>[1] = {},
) {
  await store.transact(async (tx) => {
    await tx.requests.insert(newRequest(id, asked));
    await tx.keys.insert(newKey(id, changes));
  });
}

describe("keys by permission and bucket", () => {
  beforeEach(async () => {
    await keep("admin", { access: { permission: "Admin", buckets: ALL } });
    await keep("reads", { access: { permission: "ReadOnly", buckets: ALL }, ownerId: "UBOB" });
    await keep("builds", { access: named("builds", "logs") });
    await keep("media", { access: named("media", "builds-2") });
    await keep("quoted", { access: named('a"builds"') });
  });
  const found = async (query: Partial<KeyQuery>) => {
    const whole = { ownerId: null, from: null, search: null, limit: 10, ...query };
    const { keys } = await read((record) => record.keys.page(whole));
    expect(await read((record) => record.keys.count(whole))).toBe(keys.length);
    return keys.map(({ requestId }) => requestId).sort();
  };

  test("a permission is that one alone", async () => {
    expect(await found({ permission: "Editor" })).toEqual(["builds", "media", "quoted"]);
    expect(await found({ permission: "Admin" })).toEqual(["admin"]);
  });

  test("a bucket is opened by its whole name, or by all", async () => {
    expect(await found({ bucket: "builds" })).toEqual(["admin", "builds", "reads"]);
    expect(await found({ bucket: "media" })).toEqual(["admin", "media", "reads"]);
    expect(await found({ bucket: "nosuch" })).toEqual(["admin", "reads"]);
    expect(await found({ bucket: "builds", permission: "ReadOnly", ownerId: "UBOB" })).toEqual(["reads"]);
    expect(await found({ bucket: "builds", permission: "ReadOnly", ownerId: "UANN" })).toEqual([]);
  });

  test("they are counted up to a limit", async () => {
    expect(await read((record) => record.keys.count({ ownerId: null, from: null, search: null, limit: 3 }))).toBe(3);
  });
});

test("what a person has to decide, longest waiting first, without what is asked by whoever decides", async () => {
  const pending = (id: string, changes: Parameters<typeof newRequest>[1]) =>
    store.transact((tx) => tx.requests.insert(newRequest(id, { needsApproval: true, ...changes })));
  await pending("second", { askedAt: 2, requesterId: "UDEV" });
  await pending("first", { askedAt: 1, requesterId: "UBOB" });
  await pending("own", { askedAt: 0, requesterId: "UANN" });
  await pending("other-id", { askedAt: 0, requesterId: "WANN" });
  await pending("by-policy", { askedAt: 0, needsApproval: false });
  const { state } = requestIn({ kind: "cancelled", at: 3 });
  await pending("over", { askedAt: 0, state });
  await store.cards.set("first", "approvals", { channelId: "C1", ts: "1.2" });
  const found = await read((record) => record.requests.toDecide(["UANN", "WANN"], 1));
  expect(found).toMatchObject([{ request: { id: "first" }, card: { channelId: "C1", ts: "1.2" } }]);
  const both = await read((record) => record.requests.toDecide(["UANN", "WANN"], 10));
  expect(both.map(({ request, card }) => [request.id, card?.ts ?? null])).toEqual([
    ["first", "1.2"],
    ["second", null],
  ]);
});

test("somebody's open requests, with their cards", async () => {
  await store.transact(async (tx) => {
    await tx.requests.insert(newRequest("mine", { requesterId: "UDEV" }));
    await tx.requests.insert(newRequest("over", { requesterId: "UDEV", state: { kind: "cancelled", at: 1 } }));
    await tx.requests.insert(newRequest("theirs", { requesterId: "UBOB" }));
  });
  await store.cards.set("mine", "requester", { channelId: "D1", ts: "1.2" });
  const open = await read((record) => record.requests.openOf("UDEV", 10));
  expect(open).toMatchObject([
    { request: { id: "mine" }, card: { channelId: "D1", ts: "1.2" }, dmChannelId: "D-mine" },
  ]);
});

test("keys that need something: nobody holds the secret, or Tigris has not confirmed what was asked of it", async () => {
  const live = newKey("x");
  await keep("on");
  await keep("lost", { state: { kind: "secret_unknown", at: 1, cover: null } });
  await keep("goes", { state: { kind: "deleting", byId: "UDEV", why: "asked", at: 1 } });
  await keep("gone", { state: { kind: "deleted", byId: "UDEV", why: "asked", at: 1 } });
  await keep("pausing", { pause: pausedBy({ ...live, version: 1 }, PAUSES.pausing).pause });
  await keep("paused", { pause: pausedBy({ ...live, version: 1 }, PAUSES.paused).pause });
  await keep("theirs", { state: { kind: "secret_unknown", at: 1, cover: null }, ownerId: "UBOB" });
  const found = await read((record) => record.keys.unsettled("UDEV", 10));
  expect(found.map(({ requestId }) => requestId).sort()).toEqual(["goes", "lost", "pausing"]);
});
