import type { Request } from "../../src/domain/request";
import { approve, cancel } from "../../src/domain/request-steps";
import { type ChangePorts, CommitUnknown, change } from "../../src/workflow/change";
import { NO_CHANGE, type Recorded, step } from "../../src/workflow/step";
import { createFaultyStore, type StoreFaults } from "../kit/faulty-store";
import { emptyStore, type Filled, newRequest } from "../store/filled";

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
