import type { Attempt } from "../../src/domain/attempt";
import type { Key } from "../../src/domain/key";
import type { Request, RequestState } from "../../src/domain/request";
import type { Tx } from "../../src/workflow/store-port";
import { BY_ANN } from "../domain/samples";
import { emptyStore, type Filled, newAttempt, newKey, newRequest } from "./filled";

const APPROVED: RequestState = { kind: "approved", approval: BY_ANN, lapsesAt: 20_000, failure: null };
const CANCELLED: RequestState = { kind: "cancelled", at: 5_000 };
const LAPSED: RequestState = { kind: "lapsed", why: "undecided", approval: null, at: 10_000 };
const KEY_GONE: RequestState = { kind: "lapsed", why: "key_gone", approval: null, at: 10_000 };
const GONE: RequestState = { kind: "requester_gone", approval: null, at: 5_000 };

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

const transact = <Result>(work: (tx: Tx) => Promise<Result>) => filled.store.transact(work);

function existing<Found>(found: Found | null): Found {
  if (found === null) throw new Error("not in the store");
  return found;
}

describe("a request changes only as it was read", () => {
  let read: Request;
  beforeEach(async () => {
    read = await transact(async (tx) => {
      await tx.requests.insert(newRequest("r1"));
      await tx.requests.insert(newRequest("r2"));
      return existing(await tx.requests.find("r1"));
    });
  });

  test("the first of two changes takes effect, the second does not", async () => {
    expect(await transact((tx) => tx.requests.move(read, APPROVED, { at: 5_000 }))).toBe(true);
    expect(await transact((tx) => tx.requests.move(read, CANCELLED, { at: 5_000 }))).toBe(false);
    expect((await transact((tx) => tx.requests.find("r1")))?.state).toEqual(APPROVED);
  });

  test.each<[string, () => Request]>([
    ["an older version", () => ({ ...read, version: read.version - 1 })],
    ["another state", () => ({ ...read, state: APPROVED })],
    ["another id", () => ({ ...read, id: "r3" })],
  ])("%s changes nothing", async (_what, stale) => {
    expect(await transact((tx) => tx.requests.move(stale(), CANCELLED, { at: 5_000 }))).toBe(false);
    expect((await transact((tx) => tx.requests.find("r1")))?.state.kind).toBe("pending");
  });

  test("no other request changes with it", async () => {
    await transact((tx) => tx.requests.move(read, APPROVED, { at: 5_000 }));
    expect((await transact((tx) => tx.requests.find("r2")))?.state.kind).toBe("pending");
  });

  test.each<[string, RequestState, number, boolean]>([
    ["a decision in time", APPROVED, 9_999, true],
    ["a decision at the moment of the lapse", APPROVED, 10_000, false],
    ["a lapse in time", LAPSED, 9_999, false],
    ["an end with the key, in time", KEY_GONE, 9_999, true],
    ["an end with the key, after the lapse", KEY_GONE, 10_001, true],
    ["a lapse at its moment", LAPSED, 10_000, true],
    ["an end, whenever it is", GONE, 10_001, true],
  ])("%s: %j at %i is %s", async (_what, to, at, isChanged) => {
    expect(await transact((tx) => tx.requests.move(read, to, { at }))).toBe(isChanged);
  });
});

describe("a key changes only as it was read", () => {
  const DELETING = { kind: "deleting", byId: "UANN", at: 5_000 } as const;
  let read: Key;
  beforeEach(async () => {
    read = await transact(async (tx) => {
      for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id));
      for (const id of ["r1", "r2"]) await tx.keys.insert(newKey(id));
      return existing(await tx.keys.find("tid_r1"));
    });
  });

  test("the first of two changes takes effect, the second does not, and no other key changes", async () => {
    expect(await transact((tx) => tx.keys.move(read, DELETING))).toBe(true);
    expect(
      await transact((tx) => tx.keys.move(read, { kind: "secret_unknown", at: 1, cover: null }, "delivery-2")),
    ).toBe(false);
    const keys = await transact(async (tx) => [await tx.keys.find("tid_r1"), await tx.keys.find("tid_r2")]);
    expect(keys).toMatchObject([{ state: DELETING, deliveryId: "delivery-r1" }, { state: { kind: "live" } }]);
  });

  test.each<[string, () => Key]>([
    ["an older version", () => ({ ...read, version: read.version - 1 })],
    ["another state", () => ({ ...read, state: DELETING })],
  ])("%s changes nothing", async (_what, stale) => {
    expect(await transact((tx) => tx.keys.move(stale(), { kind: "deleted", byId: null, at: 1 }))).toBe(false);
    expect((await transact((tx) => tx.keys.find("tid_r1")))?.state.kind).toBe("live");
  });
});

describe("an attempt belongs to who holds its lease", () => {
  let read: Attempt;
  beforeEach(async () => {
    await transact(async (tx) => {
      for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id));
      await tx.attempts.insert(newAttempt("a1", "r1"));
      await tx.attempts.insert(newAttempt("a2", "r2", { lease: { holder: "worker-1", until: 9_000 } }));
    });
    read = existing(await transact((tx) => tx.attempts.find("a1")));
  });

  const closed = (): Attempt => ({
    ...read,
    work: { kind: "create", number: 1, tigrisName: "name-a1", phase: "not_found" },
  });
  const take = (attempt: Attempt, at: number) =>
    transact((tx) => tx.attempts.takeOver(attempt, { holder: "worker-2", until: at + 1_000 }, at));

  test("its holder writes it, and nobody else", async () => {
    expect(await transact((tx) => tx.attempts.save({ ...read, tries: 1 }, "worker-2"))).toBe(false);
    expect(await transact((tx) => tx.attempts.save({ ...read, tries: 1 }, "worker-1"))).toBe(true);
    expect(await transact((tx) => tx.attempts.find("a2"))).toMatchObject({ tries: 0 });
  });

  test("nobody writes one that is closed", async () => {
    expect(await transact((tx) => tx.attempts.save(closed(), "worker-1"))).toBe(true);
    expect(await transact((tx) => tx.attempts.save(read, "worker-1"))).toBe(false);
    expect(await take(read, 5_000)).toBe(false);
  });

  test("it is taken over once, when its lease has run out, as it was read", async () => {
    expect(await take(read, 1_999)).toBe(false);
    expect(await take({ ...read, lease: { holder: "worker-0", until: 2_000 } }, 2_000)).toBe(false);
    expect(await take({ ...read, lease: { holder: "worker-1", until: 1_500 } }, 2_000)).toBe(false);
    expect(await take(read, 2_000)).toBe(true);
    expect(await take(read, 2_000)).toBe(false);
    expect(await transact((tx) => tx.attempts.save(read, "worker-1"))).toBe(false);
    expect((await transact((tx) => tx.attempts.find("a2")))?.lease.holder).toBe("worker-1");
  });

  test("an id is recorded where a key or another attempt holds it", async () => {
    const isRecorded = (id: string, except: string) => transact((tx) => tx.attempts.isRecorded(id, except));
    await transact((tx) => tx.attempts.save({ ...read, accessKeyId: "tid_a1" }, "worker-1"));
    await transact((tx) => tx.keys.insert(newKey("r2")));
    expect(await isRecorded("tid_a1", "a1")).toBe(false);
    expect(await isRecorded("tid_a1", "a2")).toBe(true);
    expect(await isRecorded("tid_r2", "a1")).toBe(true);
    expect(await isRecorded("tid_new", "a1")).toBe(false);
  });
});
