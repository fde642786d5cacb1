import Database from "libsql";
import { type KeyStep, startRotation } from "../../src/domain/key-steps";
import type { Request, RequestState } from "../../src/domain/request";
import { approve, cancel } from "../../src/domain/request-steps";
import { type ChangePorts, CommitUnknown, change } from "../../src/workflow/change";
import { decideDeletion } from "../../src/workflow/delete";
import { recordedOf } from "../../src/workflow/recorded";
import { decideReveal } from "../../src/workflow/reveal";
import { NO_CHANGE, type Recorded, step } from "../../src/workflow/step";
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
  filled = await emptyStore();
  await filled.store.transact((tx) => tx.requests.insert(newRequest("r1")));
  const faulty = createFaultyStore();
  faults = faulty.faults;
  woken = 0;
  decided = 0;
  const silent = () => {};
  ports = {
    store: faulty.wrap(filled.store),
    clock: { now: () => AT, monotonicMs: () => AT, wait: async () => {} },
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
const due = (at: number) => filled.store.outbox.take(at, { holder: "w", until: at }, 10);

test("a change writes its state, event, timers and messages together, and wakes the worker", async () => {
  await filled.store.transact((tx) => tx.timers.set("r1", [{ kind: "lapse", dueAt: 10_000 }]));
  expect(await cancelled()).toMatchObject({ kind: "changed", after: { request: { version: 2 } } });
  expect(await stored()).toMatchObject({ state: { kind: "cancelled" }, version: 2 });
  expect(await events()).toBe(1);
  expect(await filled.store.timers.take("lapse", 99_000, { holder: "w", until: 99_000 }, 10)).toEqual([]);
  expect((await due(AT)).map(({ message }) => message.kind)).toEqual(["requester_card", "approvals_card"]);
  expect(woken).toBe(1);
});

test("a refusal changes nothing and wakes nobody", async () => {
  await cancelled();
  expect(await cancelled()).toMatchObject({ kind: "refused", code: "already_ended" });
  expect([(await stored())?.version, await events(), woken]).toEqual([2, 1, 1]);
});

test("a step that changes nothing writes no event and no message", async () => {
  await change(ports, { about: { requestId: "r1" }, decide: () => NO_CHANGE });
  expect([(await stored())?.version, await due(AT)]).toEqual([1, []]);
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
  expect([await everything(), await events(), await due(AT)]).toEqual([before, 0, []]);
});

test("a commit whose answer was lost counts as what it did", async () => {
  faults.loseAnswerAfter("request.cancelled");
  expect(await cancelled()).toMatchObject({ kind: "changed", after: { request: { state: { kind: "cancelled" } } } });
  expect([(await stored())?.version, await events(), decided, woken]).toEqual([2, 1, 1, 1]);
});

test("a transaction that failed is an error, and changed nothing", async () => {
  faults.failBefore("request.cancelled");
  await expect(cancelled()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect([(await stored())?.version, await events(), woken]).toEqual([1, 0, 0]);
});

test("where nobody can say whether it is written, the error says so", async () => {
  faults.loseAnswerAfter("request.cancelled", "breaks");
  await expect(cancelled()).rejects.toThrow(CommitUnknown);
});

test("where somebody has gone on from what was written, nobody can say whose it was", async () => {
  faults.loseAnswerAfter("request.approved", async () => void (await cancelled()));
  const approved = change(ports, {
    about: { requestId: "r1" },
    decide: ({ request }: Recorded, at) => {
      const moved = approve(request as Request, { approverId: "UANN", at, revealTtlMs: 1_000 });
      return moved.kind === "refused" ? moved : step("UANN", { request: moved });
    },
  });
  await expect(approved).rejects.toThrow(CommitUnknown);
  expect((await stored())?.state.kind).toBe("cancelled");
});

test("messages alone can't be told from others: a transaction of theirs that failed is an error", async () => {
  faults.failBefore("attempt.alerted");
  const alert = { code: "made_too_late", about: { accessKeyId: "tid_late" } } as const;
  const alerted = change(ports, { about: { requestId: "r1" }, decide: () => step("bot", { alert }) });
  await expect(alerted).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(await due(AT)).toEqual([]);
});

test("somebody else's same change is not taken for one's own that was rolled back", async () => {
  await filled.store.transact(async (tx) => {
    const approved: RequestState = {
      kind: "approved",
      approval: { by: { kind: "policy" }, at: 1 },
      lapsesAt: 20_000,
      failure: null,
    };
    await tx.requests.insert(newRequest("r2", { state: approved }));
  });
  const revealed = (id: string) =>
    change(ports, {
      about: { requestId: "r2" },
      decide: (recorded: Recorded, at) => {
        const names = { id, leaseHolder: `bot/${id}` };
        return decideReveal(recorded, { names, actorId: "UDEV", clickId: id, isRepeated: false, at });
      },
    });
  faults.failBefore("attempt.started", async () => void (await revealed("a2")));
  await expect(revealed("a1")).rejects.toMatchObject({ code: "ECONNRESET" });
  const attempts = await filled.store.read(async (record) => [
    await record.attempts.find("a1"),
    (await record.attempts.find("a2"))?.id,
  ]);
  expect(attempts).toEqual([null, "a2"]);
});

test("a key is deleted although its request can't be read", async () => {
  await filled.store.transact((tx) => tx.keys.insert(newKey("r1")));
  const other = new Database(filled.file);
  other.exec("update requests set state_json = '{}'");
  other.close();
  const names = { id: "a1", leaseHolder: "bot/1" };
  const deleted = await change(ports, {
    about: { accessKeyId: "tid_r1" },
    decide: (recorded: Recorded, at) => decideDeletion(recorded, { names, actorId: "UDEV", ids: ["UDEV"], at }),
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
  expect([await stored(), events, await due(AT)]).toEqual([null, 1, []]);
});

test("where the answer to forgetting is lost, the record says whether it is gone", async () => {
  faults.failBefore("request.forgotten");
  await expect(forgotten()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(await stored()).toMatchObject({ id: "r1" });
  faults.loseAnswerAfter("request.forgotten");
  expect(await forgotten()).toMatchObject({ kind: "changed" });
  expect(await stored()).toBeNull();
});

test("an event that is about nothing in the record is written alone", async () => {
  const events = [{ name: "keys.listed", actorId: "UANN", outcome: "all" } as const];
  expect(await change(ports, { about: null, decide: () => step("UANN", { events }) })).toMatchObject({
    kind: "changed",
  });
  expect(await due(AT)).toEqual([]);
});
