import { FAILURES_THAT_LAST } from "../../src/domain/limits";
import type { OutboxMessage } from "../../src/workflow/outbox-message";
import { emptyStore, type Filled, newRequest } from "./filled";

const NOTICE = {
  kind: "notice",
  userId: "UDEV",
  notice: { code: "rotation_lost", about: { keyName: "deploy", isAskedFor: false } },
} as const;
const CARD = { kind: "requester_card", requestId: "r1" } as const;
const APPROVALS_CARD = { kind: "approvals_card", requestId: "r1" } as const;
const ALERT = {
  kind: "alert",
  alert: { code: "pause_failing", about: { tigrisName: "deploy", accessKeyId: "tid_one" } },
} as const;

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
  await filled.store.transact((tx) => tx.requests.insert(newRequest("r1")));
});
afterEach(() => filled.stop());

const add = (message: OutboxMessage) => filled.store.transact((tx) => tx.outbox.add(message));
const take = (at: number, holder = "worker-1") => {
  filled.clock.set(at);
  return filled.store.outbox.take(holder, 10);
};

test("a message is sent by one sender at a time, and by the next one once the lease has run out", async () => {
  await add(NOTICE);
  expect(await take(999)).toEqual([]);
  expect(await take(1_000)).toMatchObject([{ message: NOTICE, tries: 0 }]);
  expect(await take(60_999)).toEqual([]);
  expect(await take(61_000)).toHaveLength(1);
});

test("what one sender has, another one leaves out, and takes what is free", async () => {
  await add(NOTICE);
  const [first] = await take(1_000);
  await add(NOTICE);
  const [second, ...others] = await take(1_000);
  expect(second?.id).toBeGreaterThan(first?.id ?? 0);
  expect(others).toEqual([]);
});

test("what is done is gone, what is put off comes back when it is due", async () => {
  await add(NOTICE);
  await add(NOTICE);
  const [first, second] = await take(1_000);
  if (!first || !second) throw new Error("two are due");
  await filled.store.outbox.done(first);
  await filled.store.outbox.postpone(second, { afterMs: 4_000, code: "ratelimited" });
  expect(await take(4_999)).toEqual([]);
  expect(await take(5_000)).toMatchObject([{ id: second.id, tries: 1 }]);
});

test("while another one is due, what is held or put off is left alone", async () => {
  await add(NOTICE);
  const [held] = await take(1_000);
  await add(NOTICE);
  const [second, ...none] = await take(1_000);
  if (!held || !second) throw new Error("one is due at a time");
  expect([none, second.id === held.id]).toEqual([[], false]);
  await filled.store.outbox.postpone(second, { afterMs: 4_000, code: "x" });
  await add(NOTICE);
  const due = await take(4_999);
  expect(due.map(({ id }) => [held.id, second.id].includes(id))).toEqual([false]);
});

test("a card is owed once, and once more where it changed while it was drawn", async () => {
  await add(CARD);
  await add(CARD);
  const [card, ...others] = await take(1_000);
  if (!card) throw new Error("a card is due");
  expect(others).toEqual([]);
  await add(CARD);
  await filled.store.outbox.done(card);
  const [again] = await take(1_000);
  if (!again) throw new Error("the card is due again");
  await filled.store.outbox.done(again);
  expect(await take(99_000)).toEqual([]);
});

test("a clock that was set back by an hour: a message is sent whose lease or whose pause lies too far ahead", async () => {
  await add(NOTICE);
  const hour = 3_600_000;
  const [first] = await take(1_000 + hour);
  if (!first) throw new Error("it is due");
  expect(await take(1_000)).toMatchObject([{ id: first.id }]);
  await filled.store.outbox.postpone(first, { afterMs: 1_000 + hour, code: "x" });
  expect(await take(2_000)).toMatchObject([{ id: first.id, tries: 1 }]);
});

test("a lease was lost while a card was drawn: it is drawn once more, after whoever has it now", async () => {
  await add(CARD);
  const [late] = await take(1_000, "worker-1");
  const [now] = await take(61_000, "worker-2");
  if (!late || !now) throw new Error("it is due, and due again once its lease is over");
  await filled.store.outbox.done(late);
  await filled.store.outbox.done(now);
  const [again] = await take(61_000, "worker-3");
  expect(again).toMatchObject({ message: CARD });
});

test("a lease was lost while a card was drawn, and whoever has it now never ends: the next one draws it", async () => {
  await add(CARD);
  const [late] = await take(1_000, "worker-1");
  await take(61_000, "worker-2");
  if (!late) throw new Error("it is due");
  await filled.store.outbox.done(late);
  expect(await take(61_000, "worker-3")).toEqual([]);
  expect(await take(121_000, "worker-3")).toMatchObject([{ message: CARD }]);
});

test("a lease was lost while a card was drawn, which somebody else has drawn by now: it is drawn once more", async () => {
  await add(CARD);
  const [late] = await take(1_000, "worker-1");
  const [now] = await take(61_000, "worker-2");
  if (!late || !now) throw new Error("it is due, and due again once its lease is over");
  await filled.store.outbox.done(now);
  expect(await take(61_000)).toEqual([]);
  await filled.store.outbox.done(late);
  expect(await take(61_000)).toMatchObject([{ message: CARD, tries: 0 }]);
});

test("a lease was lost while a notice was sent: it is not sent a third time", async () => {
  await add(NOTICE);
  const [late] = await take(1_000, "worker-1");
  const [now] = await take(61_000, "worker-2");
  if (!late || !now) throw new Error("it is due, and due again once its lease is over");
  await filled.store.outbox.done(late);
  expect(await take(61_000, "worker-3")).toEqual([]);
  await filled.store.outbox.done(now);
  expect(await take(999_000, "worker-3")).toEqual([]);
});

test("who has lost a lease can't put off what somebody else has", async () => {
  await add(NOTICE);
  const [late] = await take(1_000, "worker-1");
  const [now] = await take(61_000, "worker-2");
  if (!late || !now) throw new Error("it is due, and due again once its lease is over");
  await filled.store.outbox.postpone(late, { afterMs: 1, code: "x" });
  expect(await take(62_000, "worker-3")).toEqual([]);
  expect(await take(121_000, "worker-3")).toMatchObject([{ tries: 0 }]);
});

test("what one transaction is taking, another one leaves out", async () => {
  for (let count = 0; count < 8; count++) await add(NOTICE);
  const taken = await Promise.all(["a", "b", "c", "d"].map((holder) => filled.store.outbox.take(holder, 2)));
  const ids = taken.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a message whose transaction failed is never sent", async () => {
  const failing = filled.store.transact(async (tx) => {
    await tx.outbox.add(NOTICE);
    throw new Error("half-way");
  });
  await expect(failing).rejects.toThrow("half-way");
  expect(await take(1_000)).toEqual([]);
});

/** Lets a message fail, so often and in the end with this code, and be due again at 9,000. */
async function fail(message: OutboxMessage, times: number, code: string): Promise<void> {
  await add(message);
  for (let failures = 1; failures <= times; failures++) {
    const [due] = await take(1_000);
    if (!due) throw new Error("it is due");
    const isLast = failures === times;
    await filled.store.outbox.postpone(due, { afterMs: isLast ? 8_000 : 0, code: isLast ? code : "http_500" });
  }
}

test.each<[string, OutboxMessage, number, string, string | null]>([
  ["a card for the approvers", APPROVALS_CARD, FAILURES_THAT_LAST, "restricted_action", "restricted_action"],
  ["an alert", ALERT, FAILURES_THAT_LAST + 4, "is_archived", "is_archived"],
  ["one that may be an accident", APPROVALS_CARD, FAILURES_THAT_LAST - 1, "restricted_action", null],
  ["one that was not even tried", APPROVALS_CARD, FAILURES_THAT_LAST, "approvals_channel_unfit", null],
  ["a card in somebody's DM", CARD, FAILURES_THAT_LAST, "channel_not_found", null],
])("what the approvals channel refuses is told with the last code: %s", async (_what, message, times, code, told) => {
  expect(await filled.store.outbox.approvalsFailure()).toBeNull();
  await fail(message, times, code);
  expect(await filled.store.outbox.approvalsFailure()).toBe(told);
});

test("once the approvals channel took a post, what it refused is due, and refused no more; other messages wait on", async () => {
  await fail(APPROVALS_CARD, FAILURES_THAT_LAST, "restricted_action");
  await fail(CARD, FAILURES_THAT_LAST, "channel_not_found");
  await filled.store.outbox.approvalsPosted();
  expect(await filled.store.outbox.approvalsFailure()).toBeNull();
  expect(await take(5_000)).toMatchObject([{ message: APPROVALS_CARD, tries: FAILURES_THAT_LAST }]);
});
