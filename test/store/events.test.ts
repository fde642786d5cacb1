import type { EventName } from "../../src/domain/event";
import type { KeyAt } from "../../src/domain/key";
import { emptyStore, type Filled, newKey, newRequest } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
  await filled.store.transact(async (tx) => {
    for (const id of ["r1", "r2", "r3"]) await tx.requests.insert(newRequest(id));
    for (const id of ["r1", "r2"]) await tx.keys.insert(newKey(id));
    await tx.keys.insert(newKey("r3", { ownerId: "UANN" }));
  });
});
afterEach(() => filled.stop());

/** Ann did this to the key of a request. */
const happened = (name: EventName, requestId: string, at: number, actorId = "UANN") =>
  filled.store.transact((tx) =>
    tx.events.append({ name, at, actorId, requestId, accessKeyId: `tid_${requestId}`, outcome: "asked" }),
  );

test("the keys of others that somebody paused or deleted are told apart, each once, in the order in which they were", async () => {
  await happened("key.paused", "r2", 4_000);
  await happened("key.paused", "r1", 5_000);
  await happened("key.paused", "r2", 6_000);
  await happened("key.paused", "r3", 6_000);
  await happened("key.deletion_started", "r1", 7_000);
  await happened("key.deletion_started", "r2", 7_000, "UBOB");
  const found = (since: number, limit: number) =>
    filled.store.read(async ({ events }) => {
      const idsOf = (keys: KeyAt[]) => keys.map(({ key, at }) => `${key.accessKeyId} ${at}`);
      return [
        idsOf(await events.pausesBy("UANN", since, limit)),
        idsOf(await events.deletionsBy("UANN", since, limit)),
      ];
    });
  expect(await found(4_000, 10)).toEqual([["tid_r2 4000", "tid_r1 5000"], ["tid_r1 7000"]]);
  expect(await found(4_001, 10)).toEqual([["tid_r1 5000", "tid_r2 6000"], ["tid_r1 7000"]]);
  expect(await found(4_000, 1)).toEqual([["tid_r2 4000"], ["tid_r1 7000"]]);
  expect(await found(7_001, 10)).toEqual([[], []]);
  expect(await filled.store.read(({ events }) => events.countDeletionsBy(["UANN", "UBOB"], 7_000))).toBe(2);
});
