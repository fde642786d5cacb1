import fc from "fast-check";
import type { RequestKind } from "../../src/domain/request";
import { type Timer, timersOfAttempt, timersOfRequest } from "../../src/domain/timers";
import type { Tx } from "../../src/workflow/store-port";
import { BY_ANN, REQUESTS, requestIn } from "../domain/samples";
import { emptyStore, type Filled, newAttempt } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

const set = (subjectId: string, timers: Parameters<Tx["timers"]["set"]>[1]) =>
  filled.store.transact((tx) => tx.timers.set(subjectId, timers));
const take = (at: number, kind: "lapse" | "recover" = "lapse", limit = 10) =>
  filled.store.timers.take(kind, at, { holder: "worker-1", until: at + 60_000 }, limit);

test("what is due is taken by one worker at a time, earliest first, and by the next one once the lease has run out", async () => {
  await set("r1", [{ kind: "lapse", dueAt: 2_000 }]);
  await set("r2", [{ kind: "lapse", dueAt: 1_000 }]);
  await set("a1", [{ kind: "recover", dueAt: 1_000 }]);
  expect(await take(999)).toEqual([]);
  expect(await take(2_000)).toEqual(["r2", "r1"]);
  expect(await take(61_999)).toEqual([]);
  expect(await take(62_000, "lapse", 1)).toEqual(["r2"]);
  expect(await take(62_000)).toEqual(["r1"]);
  expect(await take(62_000, "recover")).toEqual(["a1"]);
});

test("a timer that is set anew takes the place of the one before, lease included", async () => {
  await set("r1", [{ kind: "lapse", dueAt: 1_000 }]);
  expect(await take(1_000)).toEqual(["r1"]);
  await set("r1", [{ kind: "lapse", dueAt: 5_000 }]);
  expect(await take(4_999)).toEqual([]);
  expect(await take(5_000)).toEqual(["r1"]);
  await set("r1", []);
  expect(await take(100_000)).toEqual([]);
});

test("a clock that was set back by hours: what lies further ahead than it can is due, after what is due by itself", async () => {
  const now = 10_000_000;
  await set("a1", [{ kind: "recover", dueAt: now + 3_600_000 }]);
  await set("a2", [{ kind: "recover", dueAt: now - 1 }]);
  await set("a3", [{ kind: "recover", dueAt: now + 900_000 }]);
  await set("r1", [{ kind: "lapse", dueAt: now + 3_600_000 }]);
  expect(await take(now, "recover")).toEqual(["a2", "a1"]);
  expect(await take(now)).toEqual([]);
  // The lease that was just taken lies an hour ahead now.
  expect(await take(now - 3_600_000, "recover")).toEqual(["a2", "a3", "a1"]);
});

test("a timer goes with a transaction that fails", async () => {
  const failing = filled.store.transact(async (tx) => {
    await tx.timers.set("r1", [{ kind: "lapse", dueAt: 1_000 }]);
    throw new Error("half-way");
  });
  await expect(failing).rejects.toThrow("half-way");
  expect(await take(1_000)).toEqual([]);
});

/** What is open lapses; what ended without a key is forgotten, counted from its end; what makes or has a key stays. */
const TIMERS: { [Kind in RequestKind]: Timer[] } = {
  pending: [{ kind: "lapse", dueAt: 10_000 }],
  approved: [{ kind: "lapse", dueAt: 10_000 }],
  making: [],
  made: [],
  denied: [{ kind: "forget", dueAt: 2_000 }],
  cancelled: [{ kind: "forget", dueAt: 2_000 }],
  withdrawn: [{ kind: "forget", dueAt: 2_000 }],
  lapsed: [{ kind: "forget", dueAt: 10_000 }],
  requester_gone: [{ kind: "forget", dueAt: 2_000 }],
};

test.each(Object.values(REQUESTS))("the timers of a request that is $state.kind", (request) => {
  expect(timersOfRequest(request)).toEqual(TIMERS[request.state.kind]);
});

test("an approval lapses at its own time", () => {
  const approved = requestIn({ kind: "approved", approval: BY_ANN, lapsesAt: 20_000, failure: null });
  expect(timersOfRequest(approved)).toEqual([{ kind: "lapse", dueAt: 20_000 }]);
});

test("an open attempt is due once its lease has run out and its pause is over; a closed one is forgotten from now on", () => {
  const moment = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(moment, moment, (until, nextAt) => {
      const attempt = newAttempt("a1", "r1", { lease: { holder: "worker-1", until }, nextAt });
      const [timer] = timersOfAttempt(attempt, 7_000);
      expect(timer).toEqual({ kind: "recover", dueAt: Math.max(until, nextAt) });
      const closed = { ...attempt, work: { ...attempt.work, phase: "refused" } as typeof attempt.work };
      expect(timersOfAttempt(closed, 7_000)).toEqual([{ kind: "forget", dueAt: 7_000 }]);
    }),
  );
});
