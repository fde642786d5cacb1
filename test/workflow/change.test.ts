import { type KeyStep, startRotation } from "../../src/domain/key-steps";
import { LEASE_MS } from "../../src/domain/limits";
import type { Request } from "../../src/domain/request";
import { cancel } from "../../src/domain/request-steps";
import { type ChangePorts, change } from "../../src/workflow/change";
import { decideDeletion } from "../../src/workflow/delete";
import { recordedOf } from "../../src/workflow/recorded";
import { NO_CHANGE, type Recorded, step } from "../../src/workflow/step";
import { CommitUnknown, StoreUnavailable } from "../../src/workflow/store-errors";
import type { StorePort, Tx } from "../../src/workflow/store-port";
import { createFaultyStore, type StoreFaults } from "../kit/faulty-store";
import { emptyStore, type Filled, newAttempt, newKey, newRequest } from "../store/filled";

const AT = 5_000;

let filled: Filled;
let faults: StoreFaults;
let ports: ChangePorts;
let woken: number;
let decided: number;
beforeEach(async () => {
  filled = await emptyStore(AT);
  await filled.store.transact((tx) => tx.requests.insert(newRequest("r1")));
  const faulty = createFaultyStore();
  faults = faulty.faults;
  woken = 0;
  decided = 0;
  const silent = () => {};
  ports = {
    store: faulty.wrap(filled.store),
    clock: filled.clock,
    log: { info: silent, warn: silent, error: silent },
    wake: () => {
      woken += 1;
    },
  };
});
afterEach(() => filled.stop());

const cancelled = () =>
  change(ports, {
    about: { requestId: "r1" },
    decide: ({ request }: Recorded, at) => {
      decided += 1;
      const moved = cancel(request as Request, at);
      return moved.kind === "refused" ? moved : step("UDEV", { request: moved });
    },
  });

const stored = () => filled.store.read((record) => record.requests.find("r1"));
const events = () => filled.store.read((record) => record.events.count("r1", "request.cancelled", 0));
const due = () => filled.store.outbox.take("w", 10);

test("a change writes its state, event, timers and messages together, and wakes the worker", async () => {
  await filled.store.transact((tx) => tx.timers.set("r1", [{ kind: "lapse", dueAt: 10_000 }]));
  expect(await cancelled()).toMatchObject({ kind: "changed", after: { request: { version: 2 } } });
  expect(await stored()).toMatchObject({ state: { kind: "cancelled" }, version: 2 });
  expect(await events()).toBe(1);
  expect(await filled.database.rows("select subject_id as id, kind from timers")).toEqual([
    { id: "r1", kind: "forget" },
  ]);
  expect((await due()).map(({ message }) => message.kind)).toEqual(["requester_card", "approvals_card"]);
  expect(woken).toBe(1);
});

test("a refusal changes nothing and wakes nobody", async () => {
  await cancelled();
  expect(await cancelled()).toMatchObject({ kind: "refused", code: "already_ended" });
  expect([(await stored())?.version, await events(), woken]).toEqual([2, 1, 1]);
});

test("a step that changes nothing writes no event and no message", async () => {
  await change(ports, { about: { requestId: "r1" }, decide: () => NO_CHANGE });
  expect([(await stored())?.version, await due()]).toEqual([1, []]);
});

test.each([1, 4])("a write that lost %i times is decided again on the fresh record", async (times) => {
  faults.overtake(times);
  expect(await cancelled()).toMatchObject({ kind: "changed" });
  expect([decided, await events()]).toEqual([times + 1, 1]);
});

test("whoever loses every time is told who was faster", async () => {
  faults.overtake(99);
  expect(await cancelled()).toMatchObject({
    kind: "refused",
    code: "somebody_was_faster",
    about: { request: { id: "r1" } },
  });
  expect([decided, (await stored())?.version, await events(), woken]).toEqual([5, 1, 0, 0]);
});

const never = async () => false;
test.each<[string, (tx: Tx) => Tx]>([
  ["the request", (tx) => ({ ...tx, requests: { ...tx.requests, move: never } })],
  ["the key", (tx) => ({ ...tx, keys: { ...tx.keys, move: never } })],
  ["the attempt", (tx) => ({ ...tx, attempts: { ...tx.attempts, save: never } })],
])("where %s alone has changed meanwhile, nothing of a change is written", async (_what, loses) => {
  await filled.store.transact(async (tx) => {
    await tx.keys.insert(newKey("r1"));
    await tx.attempts.insert(newAttempt("a1", "r1", { accessKeyId: "tid_r1" }));
  });
  const everything = () => filled.store.read((record) => recordedOf(record, { attemptId: "a1" }));
  const before = await everything();
  const store = { ...filled.store, transact: (work) => filled.store.transact((tx) => work(loses(tx))) } as StorePort;
  const changed = await change(
    { ...ports, store },
    {
      about: { attemptId: "a1" },
      decide: ({ request, key, attempt }: Recorded, at) => {
        if (!request || !key || !attempt) throw new Error("nothing to change");
        const moved = cancel(request, at);
        if (moved.kind === "refused") return moved;
        const attempted = { to: { ...attempt, tries: 1 } };
        return step("UDEV", { request: moved, key: startRotation(key) as KeyStep, attempt: attempted });
      },
    },
  );
  expect(changed).toMatchObject({ kind: "refused", code: "somebody_was_faster" });
  expect([await everything(), await events(), await due()]).toEqual([before, 0, []]);
});

test.each([1, 4])("a change that %i other transactions are in the way of is decided again", async (times) => {
  faults.conflict(times);
  expect(await cancelled()).toMatchObject({ kind: "changed" });
  expect([decided, await events(), woken]).toEqual([times + 1, 1, 1]);
});

test("whom others are in the way of every time is told that they were faster", async () => {
  faults.conflict(5);
  expect(await cancelled()).toMatchObject({ kind: "refused", code: "somebody_was_faster" });
  expect([decided, (await stored())?.version, await events(), woken]).toEqual([5, 1, 0, 0]);
});

test("a transaction that failed is an error, and changed nothing", async () => {
  faults.failBefore("request.cancelled");
  await expect(cancelled()).rejects.toThrow(StoreUnavailable);
  expect([(await stored())?.version, await events(), woken]).toEqual([1, 0, 0]);
});

test.each([
  [true, 2],
  [false, 1],
])(
  "where nobody can say whether it is written (%s), the error says so, and nothing is tried again",
  async (isWritten, version) => {
    faults.leaveUnknown("request.cancelled", isWritten);
    await expect(cancelled()).rejects.toThrow(CommitUnknown);
    expect([decided, (await stored())?.version, woken]).toEqual([1, version, 0]);
  },
);

test("a lease that a change takes counts from before its transaction, whatever time that takes", async () => {
  const began = filled.clock.monotonicMs();
  const changed = await change(ports, {
    about: { requestId: "r1" },
    decide: () => {
      filled.clock.advance(7_000);
      return NO_CHANGE;
    },
  });
  expect(changed).toMatchObject({ kind: "changed", heldUntilMs: began + LEASE_MS });
});

test("a lease that is taken in a second try counts from before that one", async () => {
  faults.conflict(1);
  const began = filled.clock.monotonicMs();
  const changed = await change(ports, {
    about: { requestId: "r1" },
    decide: () => {
      filled.clock.advance(7_000);
      return NO_CHANGE;
    },
  });
  expect(changed).toMatchObject({ kind: "changed", heldUntilMs: began + 7_000 + LEASE_MS });
});

test("a key is deleted although its request can't be read", async () => {
  await filled.store.transact((tx) => tx.keys.insert(newKey("r1")));
  await filled.database.execute("update requests set state_json = '{}'");
  const names = { id: "a1", leaseHolder: "bot/1" };
  const deleted = await change(ports, {
    about: { accessKeyId: "tid_r1" },
    decide: (recorded: Recorded, at) => decideDeletion(recorded, { names, actorId: "UDEV", at }),
  });
  expect(deleted).toMatchObject({ kind: "changed", after: { key: { state: { kind: "deleting" } } } });
});

const forgotten = () =>
  change(ports, {
    about: { requestId: "r1" },
    decide: () =>
      step("bot", { forget: "request", events: [{ name: "request.forgotten", actorId: "bot", outcome: "x" }] }),
  });

test("what is forgotten is gone, and only its events say that it was there", async () => {
  expect(await forgotten()).toMatchObject({ kind: "changed", after: { request: null } });
  const events = await filled.store.read((record) => record.events.count("r1", "request.forgotten", 0));
  expect([await stored(), events, await due()]).toEqual([null, 1, []]);
});

test("what could not be forgotten is still there", async () => {
  faults.failBefore("request.forgotten");
  await expect(forgotten()).rejects.toThrow(StoreUnavailable);
  expect(await stored()).toMatchObject({ id: "r1" });
});

test("an event that is about nothing in the record is written alone", async () => {
  const events = [{ name: "keys.listed", actorId: "UANN", outcome: "all" } as const];
  expect(await change(ports, { about: null, decide: () => step("UANN", { events }) })).toMatchObject({
    kind: "changed",
  });
  expect(await due()).toEqual([]);
});
