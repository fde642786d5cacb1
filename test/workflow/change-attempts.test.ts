import type { Attempt } from "../../src/domain/attempt";
import type { Request } from "../../src/domain/request";
import { cancel } from "../../src/domain/request-steps";
import { type ChangePorts, CommitUnknown, change } from "../../src/workflow/change";
import { type Recorded, step } from "../../src/workflow/step";
import { createFaultyStore, type StoreFaults } from "../kit/faulty-store";
import { emptyStore, type Filled, newAttempt, newRequest } from "../store/filled";

const AT = 5_000;
const { clickId: _clickId, ...BEGUN } = newAttempt("a1", "r1");
const SEARCHING = { kind: "create", number: 1, tigrisName: "name-a1", phase: "searching" } as const;
const DELETING = { kind: "delete", phase: "calling" } as const;
const DELETED = { kind: "delete", phase: "deleted" } as const;

let filled: Filled;
let faults: StoreFaults;
let ports: ChangePorts;
let woken: number;
let waits: number;
let readableAfter: number;
beforeEach(async () => {
  filled = await emptyStore();
  await filled.store.transact((tx) => tx.requests.insert(newRequest("r1")));
  const faulty = createFaultyStore();
  faults = faulty.faults;
  [woken, waits, readableAfter] = [0, 0, Number.POSITIVE_INFINITY];
  const silent = () => {};
  ports = {
    store: faulty.wrap(filled.store),
    clock: {
      now: () => AT,
      monotonicMs: () => AT,
      wait: async () => {
        waits += 1;
        if (waits === readableAfter) faults.setUnreadable(false);
      },
    },
    log: { info: silent, warn: silent, error: silent },
    wake: () => {
      woken += 1;
    },
  };
});
afterEach(() => filled.stop());

/** Begins an attempt for the request. */
const begin = (changes: Partial<Attempt> = {}) =>
  change(ports, {
    about: { requestId: "r1" },
    decide: () => step("UDEV", { attempt: { to: { ...BEGUN, ...changes }, event: "attempt.answered" } }),
  });

test.each<[string, Partial<Attempt>, times: number, due: string[]]>([
  ["at a call wakes nobody, and is due once its lease is over", {}, 0, ["a1"]],
  ["that looks for a key wakes the worker", { work: SEARCHING }, 1, ["a1"]],
  [
    "whose call was put off wakes the worker",
    { work: DELETING, lease: { ...BEGUN.lease, until: 0 }, nextAt: 2_000 },
    1,
    ["a1"],
  ],
  ["that is closed wakes the worker, and is never due", { work: DELETED }, 1, []],
])("an attempt %s", async (_what, changes, times, due) => {
  expect(await begin(changes)).toMatchObject({ kind: "changed", after: { attempt: { id: "a1" } } });
  const take = (at: number) => filled.store.timers.take("recover", at, { holder: "w", until: at }, 10);
  expect([woken, await take(1_999), await take(2_000)]).toEqual([times, [], due]);
});

test("an attempt is taken over against the lease that was read, or nothing of the change is written", async () => {
  await begin();
  const { store } = filled;
  const overtaken: ChangePorts["store"]["transact"] = (work) =>
    store.transact((tx) => work({ ...tx, attempts: { ...tx.attempts, takeOver: async () => false } }));
  const alert = { code: "made_too_late", about: { accessKeyId: "tid_late" } } as const;
  const taken = await change(
    { ...ports, store: { ...store, transact: overtaken } },
    {
      about: { attemptId: "a1" },
      decide: ({ attempt }: Recorded) =>
        step("bot", { attempt: { to: { ...(attempt ?? BEGUN), lease: { holder: "bot/2", until: AT + 1 } } }, alert }),
    },
  );
  expect(taken).toMatchObject({ kind: "refused", code: "somebody_was_faster" });
  expect((await store.read((record) => record.attempts.find("a1")))?.lease).toEqual(BEGUN.lease);
  expect(await store.outbox.take(AT, { holder: "w", until: AT }, 10)).toEqual([]);
});

test("somebody else's change of the request alone is not taken for one's own that was rolled back", async () => {
  await begin();
  const cancelled = (tries: number) =>
    change(ports, {
      about: { attemptId: "a1" },
      decide: ({ request, attempt }: Recorded, at) => {
        const moved = cancel(request as Request, at);
        if (moved.kind === "refused") return moved;
        return step("UDEV", { request: moved, attempt: { to: { ...(attempt ?? BEGUN), tries } } });
      },
    });
  faults.failBefore("request.cancelled", async () => void (await cancelled(2)));
  await expect(cancelled(1)).rejects.toThrow(CommitUnknown);
});

test("a record that can't be read at once is read again, before anybody says that nobody knows", async () => {
  readableAfter = 2;
  faults.loseAnswerAfter("attempt.answered", "breaks");
  expect(await begin()).toMatchObject({ kind: "changed", after: { attempt: { id: "a1" } } });
});

test("it is read three times, no more", async () => {
  readableAfter = 3;
  faults.loseAnswerAfter("attempt.answered", "breaks");
  await expect(begin()).rejects.toThrow(CommitUnknown);
  expect(waits).toBe(2);
});
