import type { Work } from "../../src/domain/attempt";
import type { KeyAsked, RequestState } from "../../src/domain/request";
import type { Tx } from "../../src/workflow/store-port";
import { REQUESTS, SECRET_ASKED } from "../domain/samples";
import { emptyStore, type Filled, newAttempt, newKey, newRequest } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

const transact = <Result>(work: (tx: Tx) => Promise<Result>) => filled.store.transact(work);
const KEY_ASKED = REQUESTS.pending.asked as KeyAsked;
const GONE = { state: { kind: "deleted", byId: "UDEV", why: "asked", at: 1 } } as const;
const use = (userId: string) => transact((tx) => tx.quotaUse(userId));

async function insert(id: string, state: RequestState, changes: Parameters<typeof newRequest>[1] = {}): Promise<void> {
  await transact((tx) => tx.requests.insert(newRequest(id, { ...changes, state })));
}

test.each<[RequestState["kind"], number]>([
  ["pending", 1],
  ["approved", 1],
  ["making", 1],
  ["delivered", 1],
  ["made", 0],
  ["denied", 0],
  ["cancelled", 0],
  ["withdrawn", 0],
  ["lapsed", 0],
  ["requester_gone", 0],
])("a request that is %s takes %i places of its requester's, and none of anybody else's", async (kind, places) => {
  await insert("r1", REQUESTS[kind].state);
  expect([await use("UDEV"), await use("UANN")]).toEqual([places, 0]);
});

test.each(["pending", "approved", "making", "delivered"] as const)(
  "a request for a new secret that is %s takes no place beside its key, and waits and counts like any other",
  async (kind) => {
    await insert("r1", REQUESTS.made.state, { askedAt: 1 });
    await transact((tx) => tx.keys.insert(newKey("r1")));
    await insert("r2", REQUESTS[kind].state, { asked: { ...SECRET_ASKED, accessKeyId: "tid_r1" }, askedAt: 2_000 });
    expect(await use("UDEV")).toBe(1);
    expect(await transact((tx) => tx.requests.countWaiting("UDEV"))).toBe(kind === "pending" ? 1 : 0);
    expect(await transact((tx) => tx.requests.countAskedSince("UDEV", 1_999))).toBe(1);
  },
);

test.each<[Parameters<typeof newKey>[1], number]>([
  [{}, 1],
  [{ state: { kind: "secret_unknown", at: 1, cover: null } }, 1],
  [{ state: { kind: "deleting", byId: "UDEV", why: "asked", at: 1 } }, 1],
  [{ state: { kind: "switching_on", at: 1, until: 2, shownAt: 1, isUnanswered: true } }, 1],
  [{ state: { kind: "off", shownAt: 1 } }, 0],
  [{ state: { kind: "deleting", byId: null, why: "never_on", at: 1 } }, 0],
  [{ state: { kind: "deleted", byId: "UDEV", why: "asked", at: 1 } }, 0],
  [{ ownerId: "UANN" }, 0],
])("a key with %j takes %i", async (changes, places) => {
  await insert("r1", REQUESTS.made.state);
  await transact((tx) => tx.keys.insert(newKey("r1", changes)));
  expect(await use("UDEV")).toBe(places);
});

test("a key that is off takes one place with its request", async () => {
  await insert("r1", REQUESTS.delivered.state);
  await transact((tx) => tx.keys.insert(newKey("r1", { state: { kind: "off", shownAt: 1 } })));
  expect(await use("UDEV")).toBe(1);
});

const named = { kind: "create", number: 1, tigrisName: "name-a1" } as const;

test.each<[RequestState["kind"], Work, number]>([
  ["approved", { ...named, phase: "searching" }, 1],
  ["lapsed", { ...named, phase: "searching" }, 0],
  ["making", { ...named, phase: "calling" }, 1],
  ["lapsed", { kind: "delete", phase: "calling" }, 0],
])(
  "a request that is %s with an attempt that is %j takes %i: what is left of it has no power",
  async (kind, work, places) => {
    await insert("r1", REQUESTS[kind].state);
    await transact((tx) => tx.attempts.insert(newAttempt("a1", "r1", { work })));
    expect(await use("UDEV")).toBe(places);
  },
);

test.each<[string, Parameters<typeof newKey>[1], number]>([
  ["theirs takes no place beside it", {}, 1],
  ["deleted takes one: else each key that is rotated and deleted would leave room for one more", GONE, 1],
  ["about to be deleted takes one", { state: { kind: "deleting", byId: "UDEV", why: "asked", at: 1 } }, 2],
  ["somebody else's by now takes one", { ownerId: "UANN" }, 1],
])("a request for a key in place of one that is %s", async (_title, changes, places) => {
  await insert("r1", REQUESTS.made.state);
  await transact((tx) => tx.keys.insert(newKey("r1", changes)));
  const rotates = { accessKeyId: "tid_r1", overlapMs: 86_400_000 };
  await insert("r2", REQUESTS.approved.state, { asked: { ...KEY_ASKED, rotates } });
  expect(await use("UDEV")).toBe(places);
});

test("what waits is counted as long as it waits, what was asked for an hour, cancelled or not", async () => {
  await insert("r1", REQUESTS.pending.state, { askedAt: 1_000 });
  await insert("r2", REQUESTS.cancelled.state, { askedAt: 2_000 });
  await insert("r3", REQUESTS.approved.state, { askedAt: 3_000, needsApproval: false });
  await insert("r4", REQUESTS.pending.state, { askedAt: 3_000, requesterId: "UANN" });
  expect(await transact((tx) => tx.requests.countWaiting("UDEV"))).toBe(1);
  const since = [999, 1_000, 2_000];
  expect(await transact((tx) => Promise.all(since.map((at) => tx.requests.countAskedSince("UDEV", at))))).toEqual([
    2, 1, 0,
  ]);
});

test("a page of keys holds whom it was asked for, and nothing deleted", async () => {
  for (const id of ["r1", "r2", "r3"]) await insert(id, REQUESTS.made.state);
  await transact(async (tx) => {
    await tx.keys.insert(newKey("r1"));
    await tx.keys.insert(newKey("r2", { ownerId: "UANN" }));
    await tx.keys.insert(newKey("r3", { state: { kind: "deleted", byId: "UDEV", why: "asked", at: 1 } }));
  });
  const page = (ownerId: string | null) =>
    transact(async (tx) => {
      const { keys } = await tx.keys.page({ ownerId, from: null, search: null, limit: 10 });
      return keys.map(({ accessKeyId }) => accessKeyId).sort();
    });
  expect(await page("UDEV")).toEqual(["tid_r1"]);
  expect(await page(null)).toEqual(["tid_r1", "tid_r2"]);
});

test("a page of somebody's keys goes on from a key of theirs alone: another's tells nothing of when it was made", async () => {
  for (const id of ["r1", "r2"]) await insert(id, REQUESTS.made.state);
  await transact(async (tx) => {
    await tx.keys.insert(newKey("r1", { madeAt: 1_000 }));
    await tx.keys.insert(newKey("r2", { madeAt: 2_000, ownerId: "UANN" }));
  });
  const older = (ownerId: string | null) =>
    transact((tx) =>
      tx.keys.page({ ownerId, from: { side: "older", accessKeyId: "tid_r2" }, search: null, limit: 10 }),
    );
  expect((await older("UDEV")).keys).toEqual([]);
  expect((await older(null)).keys).toHaveLength(1);
});
