import fc from "fast-check";
import type { RequestKind } from "../../src/domain/request";
import { type Timer, timersOfAttempt, timersOfKey, timersOfRequest } from "../../src/domain/timers";
import type { Tx } from "../../src/workflow/store-port";
import { BY_ANN, keyIn, REQUESTS, requestIn } from "../domain/samples";
import { emptyStore, type Filled, newAttempt } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

const set = (subjectId: string, timers: Parameters<Tx["timers"]["set"]>[1]) =>
  filled.store.transact((tx) => tx.timers.set(subjectId, timers));
const take = (at: number, kind: "lapse" | "recover" | "search" | "forget" = "lapse", limit = 10, behindMs = 0) => {
  filled.clock.set(at);
  return filled.store.timers.take(kind, "worker-1", { limit, behindMs });
};

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

test("what was done without a change is dropped by who took it, and not where it was set anew meanwhile", async () => {
  for (const id of ["r1", "r2", "r3"]) await set(id, [{ kind: "lapse", dueAt: 1_000 }]);
  await set("r1", [
    { kind: "recover", dueAt: 1_000 },
    { kind: "lapse", dueAt: 1_000 },
  ]);
  expect((await take(1_000)).sort()).toEqual(["r1", "r2", "r3"]);
  await set("r2", [{ kind: "lapse", dueAt: 2_000 }]);
  await filled.store.timers.drop("lapse", "worker-2", ["r3"]);
  await filled.store.timers.drop("lapse", "worker-1", ["r1", "r2"]);
  expect((await take(100_000)).sort()).toEqual(["r2", "r3"]);
  expect(await take(100_000, "recover")).toEqual(["r1"]);
});

test("a clock that was set back by days: what lies further ahead than it can is due, after what is due by itself", async () => {
  const day = 86_400_000;
  const now = 10 * day;
  await set("a1", [{ kind: "recover", dueAt: now + 3 * day }]);
  await set("a2", [{ kind: "recover", dueAt: now - 1 }]);
  await set("a3", [{ kind: "recover", dueAt: now + 600_000 }]);
  await set("s1", [{ kind: "search", dueAt: now + day }]);
  await set("s2", [{ kind: "search", dueAt: now + day + 60_000 }]);
  await set("r1", [{ kind: "lapse", dueAt: now + 3_600_000 }]);
  expect(await take(now, "recover")).toEqual(["a2", "a1"]);
  expect(await take(now, "search")).toEqual(["s2"]);
  expect(await take(now)).toEqual([]);
  // The lease that was just taken lies days ahead now.
  expect(await take(now - 3 * day, "recover")).toEqual(["a2", "a3", "a1"]);
});

test("by a clock that goes behind, a timer is due so much later, while leases go by the time that it is", async () => {
  await set("r1", [{ kind: "forget", dueAt: 1_000 }]);
  expect(await take(500_999, "forget", 10, 500_000)).toEqual([]);
  expect(await take(501_000, "forget", 10, 500_000)).toEqual(["r1"]);
  expect(await take(560_999, "forget", 10, 500_000)).toEqual([]);
  expect(await take(561_000, "forget", 10, 500_000)).toEqual(["r1"]);
});

test("two workers at once get no timer both", async () => {
  for (const id of ["r1", "r2", "r3", "r4"]) await set(id, [{ kind: "lapse", dueAt: 1_000 }]);
  filled.clock.set(1_000);
  const take = (holder: string) => filled.store.timers.take("lapse", holder, { limit: 2, behindMs: 0 });
  const taken = (await Promise.all(["worker-1", "worker-2", "worker-3"].map(take))).flat();
  expect(new Set(taken).size).toBe(taken.length);
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
  pending: [
    { kind: "lapse", dueAt: 10_000 },
    { kind: "remind", dueAt: 8_200 },
  ],
  approved: [{ kind: "lapse", dueAt: 10_000 }],
  making: [],
  delivered: [{ kind: "lapse", dueAt: 10_000 }],
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

test("a key that is off is named while there is time, and one that is switched on has its own end", () => {
  const { state } = REQUESTS.delivered;
  if (state.kind !== "delivered") throw new Error("another state");
  expect(timersOfRequest(requestIn({ ...state, lapsesAt: 700_000 }))).toEqual([
    { kind: "lapse", dueAt: 700_000 },
    { kind: "still_off", dueAt: 602_000 },
  ]);
  const switching = { kind: "switching_on", at: 1, until: 9_000, shownAt: 1, isUnanswered: false } as const;
  expect(timersOfKey(keyIn(switching))).toEqual([{ kind: "switch_expires", dueAt: 9_000 }]);
  expect(timersOfKey(keyIn({ kind: "off", shownAt: 1 }))).toEqual([]);
});

test("an approval lapses at its own time", () => {
  const approved = requestIn({
    kind: "approved",
    approval: BY_ANN,
    lapsesAt: 20_000,
    isExtended: false,
    failure: null,
  });
  expect(timersOfRequest(approved)).toEqual([{ kind: "lapse", dueAt: 20_000 }]);
});

test("an open attempt is due once its lease has run out and its pause is over; a closed one is forgotten from now on", () => {
  const moment = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(moment, moment, (until, nextAt) => {
      const attempt = newAttempt("a1", "r1", { lease: { holder: "worker-1", until }, nextAt });
      const [timer] = timersOfAttempt(attempt, 7_000);
      expect(timer).toEqual({ kind: "recover", dueAt: Math.max(until, nextAt) });
      const searching = { ...attempt, work: { ...attempt.work, phase: "searching" } as typeof attempt.work };
      expect(timersOfAttempt(searching, 7_000)).toEqual([{ kind: "search", dueAt: Math.max(until, nextAt) }]);
      const closed = { ...attempt, work: { ...attempt.work, phase: "refused" } as typeof attempt.work };
      expect(timersOfAttempt(closed, 7_000)).toEqual([{ kind: "forget", dueAt: 7_000 }]);
    }),
  );
});
