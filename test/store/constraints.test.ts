import { chmodSync, statSync } from "node:fs";
import Database from "libsql";
import { openStore } from "../../src/store";
import type { Tx } from "../../src/workflow/store-port";
import { emptyStore, type Filled, newAttempt, newKey, newRequest } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
  await transact(async (tx) => {
    for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id));
  });
});
afterEach(() => filled.stop());

const transact = <Result>(work: (tx: Tx) => Promise<Result>) => filled.store.transact(work);

const ROTATING = { kind: "rotate", phase: "calling" } as const;
const DELETING = { kind: "delete", phase: "calling" } as const;

describe("whatever the code does, the store holds", () => {
  test.each<[string, (tx: Tx) => Promise<void>, (tx: Tx) => Promise<void>]>([
    [
      "one request of a form",
      (tx) => tx.requests.insert(newRequest("r3")),
      (tx) => tx.requests.insert(newRequest("r4", { viewId: "V-r3" })),
    ],
    [
      "one request of a reference",
      (tx) => tx.requests.insert(newRequest("r3")),
      (tx) => tx.requests.insert(newRequest("r4", { reference: "REF-r3" })),
    ],
    [
      "one key of a request",
      (tx) => tx.keys.insert(newKey("r1")),
      (tx) => tx.keys.insert(newKey("r1", { accessKeyId: "tid_2", tigrisName: "name-2", deliveryId: "delivery-2" })),
    ],
    [
      "one key of a name in Tigris",
      (tx) => tx.keys.insert(newKey("r1")),
      (tx) => tx.keys.insert(newKey("r2", { tigrisName: "name-r1" })),
    ],
    [
      "one key of a delivery",
      (tx) => tx.keys.insert(newKey("r1")),
      (tx) => tx.keys.insert(newKey("r2", { deliveryId: "delivery-r1" })),
    ],
    [
      "one attempt of a click",
      (tx) => tx.attempts.insert(newAttempt("a1", "r1")),
      (tx) => tx.attempts.insert(newAttempt("a2", "r2", { clickId: "click-a1" })),
    ],
    [
      "one attempt of a name in Tigris",
      (tx) => tx.attempts.insert(newAttempt("a1", "r1")),
      (tx) => tx.attempts.insert(newAttempt("a2", "r2", { work: newAttempt("a1", "r1").work })),
    ],
    [
      "one call at a time for a request",
      (tx) => tx.attempts.insert(newAttempt("a1", "r1")),
      (tx) => tx.attempts.insert(newAttempt("a2", "r1")),
    ],
    [
      "no rotation while a secret is being delivered",
      (tx) =>
        tx.attempts.insert(
          newAttempt("a1", "r1", { work: { kind: "create", number: 1, tigrisName: "name-a1", phase: "delivering" } }),
        ),
      (tx) => tx.attempts.insert(newAttempt("a2", "r1", { work: { kind: "rotate", phase: "calling" } })),
    ],
    [
      "one rotation of a key at a time, whoever asked for it",
      (tx) => tx.attempts.insert(newAttempt("a1", "r1", { accessKeyId: "tid_1", work: ROTATING })),
      (tx) => tx.attempts.insert(newAttempt("a2", "r2", { accessKeyId: "tid_1", work: ROTATING })),
    ],
    [
      "one deletion of a key at a time",
      (tx) => tx.attempts.insert(newAttempt("a1", "r1", { accessKeyId: "tid_1", work: DELETING })),
      (tx) => tx.attempts.insert(newAttempt("a2", "r1", { accessKeyId: "tid_1", work: DELETING })),
    ],
    ["no key without its request", async () => {}, (tx) => tx.keys.insert(newKey("r9"))],
    ["no attempt without its request", async () => {}, (tx) => tx.attempts.insert(newAttempt("a1", "r9"))],
  ])("%s", async (_what, first, second) => {
    await transact(first);
    await expect(transact(second)).rejects.toMatchObject({ code: expect.stringMatching(/^SQLITE_CONSTRAINT/) });
  });

  test("a deletion goes on beside a rotation", async () => {
    await transact((tx) => tx.attempts.insert(newAttempt("a1", "r1", { accessKeyId: "tid_1", work: ROTATING })));
    await transact((tx) => tx.attempts.insert(newAttempt("a2", "r1", { accessKeyId: "tid_1", work: DELETING })));
  });

  test("a search and a deletion of lost keys go on beside the next call", async () => {
    const searching = { kind: "create", number: 1, tigrisName: "name-a1", phase: "searching" } as const;
    await transact((tx) => tx.attempts.insert(newAttempt("a1", "r1", { work: searching })));
    await transact((tx) => tx.attempts.insert(newAttempt("a2", "r1")));
  });

  test.each(["update events set outcome = 'other'", "delete from events"])(
    "the record stays: %s",
    async (statement) => {
      const event = { at: 1, actorId: "UDEV", requestId: "r1", accessKeyId: null, outcome: "created" };
      await transact((tx) => tx.events.append({ ...event, name: "request.created" }));
      const other = new Database(filled.file);
      expect(() => other.exec(statement)).toThrow("events are final");
      other.close();
    },
  );

  test("an event is told once it is written, and one of a transaction that fails never", async () => {
    const told: string[] = [];
    const store = await openStore(filled.file, { onEvent: ({ outcome }) => told.push(outcome) });
    const append = (outcome: string, failure?: Error) =>
      store.transact(async (tx) => {
        const event = { at: 1, actorId: "bot", requestId: null, accessKeyId: null } as const;
        await tx.events.append({ ...event, name: "attempt.closed", outcome });
        expect(told).not.toContain(outcome);
        if (failure) throw failure;
      });
    await append("held");
    await expect(append("failed", new Error("half-way"))).rejects.toThrow("half-way");
    await store.close();
    expect(told).toEqual(["held"]);
  });

  test("a transaction that fails leaves nothing", async () => {
    const failing = transact(async (tx) => {
      await tx.requests.insert(newRequest("r3"));
      throw new Error("half-way");
    });
    await expect(failing).rejects.toThrow("half-way");
    expect(await transact((tx) => tx.requests.find("r3"))).toBeNull();
  });
});

test("a store is remembered to be somebody's, for good", async () => {
  const claim = (value: string) => filled.store.claim({ kind: "slack_team", value, at: 1 });
  expect([await claim("T1"), await claim("T2"), await claim("T1")]).toEqual(["T1", "T1", "T1"]);
});

test("the file is its owner's alone, and so are its companions, also where it was everybody's", async () => {
  chmodSync(filled.file, 0o644);
  const again = await openStore(filled.file);
  await again.check();
  for (const end of ["", "-wal", "-shm"]) expect(statSync(`${filled.file}${end}`).mode & 0o077).toBe(0);
  await again.close();
});
