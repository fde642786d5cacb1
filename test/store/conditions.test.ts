import { type Key, NO_PAUSE, type Pause } from "../../src/domain/key";
import type { Request, RequestState } from "../../src/domain/request";
import type { Tx } from "../../src/workflow/store-port";
import { BY_ANN, REQUESTS } from "../domain/samples";
import { emptyStore, type Filled, newKey, newRequest } from "./filled";

const APPROVED: RequestState = {
  kind: "approved",
  approval: BY_ANN,
  lapsesAt: 20_000,
  isExtended: false,
  failure: null,
};
const CANCELLED: RequestState = { kind: "cancelled", at: 5_000 };
const LAPSED: RequestState = { kind: "lapsed", why: "undecided", approval: null, at: 10_000 };
const KEY_GONE: RequestState = { kind: "lapsed", why: "key_gone", approval: null, at: 10_000 };
const GONE: RequestState = { kind: "requester_gone", approval: null, at: 5_000 };
const PAUSED: Pause = {
  holds: [{ kind: "owner", byId: "UDEV", at: 4_000 }],
  stands: "paused",
  areRolesTaken: true,
  unansweredAt: 3_000,
};

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

test.each<[string, RequestState, number, boolean]>([
  ["a use in time", { kind: "made", approval: BY_ANN, accessKeyId: "tid_one", at: 5_000 }, 9_999, true],
  [
    "a use at the moment of the lapse",
    { kind: "made", approval: BY_ANN, accessKeyId: "tid_one", at: 5_000 },
    10_000,
    false,
  ],
  ["a lapse in time", LAPSED, 9_999, false],
  ["a lapse at its moment", LAPSED, 10_000, true],
  ["an end with the key, after the lapse", KEY_GONE, 10_001, true],
  ["an end, whenever it is", GONE, 10_001, true],
])("what is delivered has its time like what is approved: %s", async (_what, to, at, isChanged) => {
  const read = await transact(async (tx) => {
    await tx.requests.insert(newRequest("r1", { state: REQUESTS.delivered.state }));
    return existing(await tx.requests.find("r1"));
  });
  expect(await transact((tx) => tx.requests.move(read, to, { at }))).toBe(isChanged);
});

describe("a key changes only as it was read", () => {
  const DELETING = { kind: "deleting", byId: "UANN", why: "asked", at: 5_000 } as const;
  let read: Key;
  beforeEach(async () => {
    read = await transact(async (tx) => {
      for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id));
      for (const id of ["r1", "r2"]) await tx.keys.insert(newKey(id));
      return existing(await tx.keys.find("tid_r1"));
    });
  });

  test("the first of two changes takes effect, the second does not, and no other key changes", async () => {
    expect(await transact((tx) => tx.keys.move(read, { state: DELETING }))).toBe(true);
    expect(
      await transact((tx) =>
        tx.keys.move(read, {
          state: { kind: "secret_unknown", at: 1, cover: null },
          deliveryId: "delivery-2",
          pause: PAUSED,
        }),
      ),
    ).toBe(false);
    const keys = await transact(async (tx) => [await tx.keys.find("tid_r1"), await tx.keys.find("tid_r2")]);
    expect(keys).toMatchObject([
      { state: DELETING, deliveryId: "delivery-r1", pause: NO_PAUSE },
      { state: { kind: "live" }, pause: NO_PAUSE },
    ]);
  });

  test.each<[string, () => Key]>([
    ["an older version", () => ({ ...read, version: read.version - 1 })],
    ["another state", () => ({ ...read, state: DELETING })],
  ])("%s changes nothing", async (_what, stale) => {
    expect(
      await transact((tx) => tx.keys.move(stale(), { state: { kind: "deleted", byId: null, why: "gone", at: 1 } })),
    ).toBe(false);
    expect((await transact((tx) => tx.keys.find("tid_r1")))?.state.kind).toBe("live");
  });
});

describe("what a change of a key leaves out stays as it was", () => {
  const read = async () => existing(await transact((tx) => tx.keys.find("tid_r1")));
  const LIVE = { kind: "live", secret: { kind: "confirmed", at: 5_000 } } as const;
  beforeEach(() =>
    transact(async (tx) => {
      await tx.requests.insert(newRequest("r1"));
      await tx.keys.insert(newKey("r1"));
    }),
  );

  test("its pause, and its delivery", async () => {
    const key = await read();
    await transact((tx) => tx.keys.move(key, { state: key.state, pause: PAUSED }));
    const paused = { ...key, pause: PAUSED, version: 2 };
    expect(await read()).toEqual(paused);
    await transact((tx) => tx.keys.move(paused, { state: LIVE, deliveryId: "delivery-2" }));
    expect(await read()).toEqual({ ...paused, state: LIVE, deliveryId: "delivery-2", version: 3 });
    await transact((tx) =>
      tx.keys.move({ ...paused, state: LIVE, deliveryId: "delivery-2", version: 3 }, { state: LIVE }),
    );
    expect(await read()).toMatchObject({ pause: PAUSED, deliveryId: "delivery-2", version: 4 });
  });
});

test("of several keys of a request, the newest is found by it", async () => {
  const [DELETED, OFF] = [
    { kind: "deleted", byId: null, why: "never_on", at: 1 },
    { kind: "off", shownAt: null },
  ] as const;
  const another = (n: number, changes: Partial<Key>) =>
    newKey("r1", { accessKeyId: `tid_${n}`, tigrisName: `name-${n}`, deliveryId: `delivery-${n}`, ...changes });
  await transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.keys.insert(another(2, { madeAt: 2_000, state: OFF }));
    await tx.keys.insert(another(3, { madeAt: 1_000, state: DELETED }));
    expect((await tx.keys.findByRequest("r1"))?.accessKeyId).toBe("tid_2");
    await tx.keys.insert(another(4, { madeAt: 3_000, state: DELETED }));
    expect((await tx.keys.findByRequest("r1"))?.accessKeyId).toBe("tid_4");
    expect(await tx.keys.findByRequest("r2")).toBeNull();
  });
});
