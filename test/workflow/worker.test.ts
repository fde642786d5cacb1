import { LEASE_MS, MESSAGE_PAUSE, ROUND_MS } from "../../src/domain/limits";
import { createWorker, type Worker } from "../../src/worker";
import type { OutboxMessage, Sent } from "../../src/workflow/outbox-message";
import type { Ports } from "../../src/workflow/ports";
import type { StorePort } from "../../src/workflow/store-port";
import { createFaultyStore, type StoreFaults } from "../kit/faulty-store";
import type { ManualClock } from "../kit/manual-clock";
import { passUntil, until } from "../kit/until";
import { emptyStore, type Filled, newRequest } from "../store/filled";
import { SETTINGS } from "./samples";

const AT = 5_000;
const SENT: Sent = { kind: "sent", isPosted: true };

let filled: Filled;
let clock: ManualClock;
let faults: StoreFaults;
let worker: Worker;
let sent: string[];
let failures: string[];
/** What happens while a message is being sent. */
let sending: (id: string) => Sent;
beforeEach(async () => {
  filled = await emptyStore(AT);
  clock = filled.clock;
  sent = [];
  failures = [];
  sending = () => SENT;
  const faulty = createFaultyStore();
  faults = faulty.faults;
  worker = workerOn(faulty.wrap(filled.store));
});
afterEach(async () => {
  faults.setAway(false);
  await worker.stop();
  await filled.stop();
});

function workerOn(store: StorePort): Worker {
  const silent = () => {};
  const log = { info: silent, warn: silent, error: ({ event }: { event: string }) => void failures.push(event) };
  const ids = { unique: () => `${Math.random()}`, randomByte: () => 0 };
  const ports = { store, clock, log, ids, wake: silent, settings: SETTINGS } as unknown as Ports;
  const send = async (message: OutboxMessage) => {
    const id = message.kind === "requester_card" ? message.requestId : "?";
    const answer = sending(id);
    sent.push(id);
    return answer;
  };
  return createWorker({ ports, send });
}

async function owe(...ids: string[]): Promise<void> {
  await filled.store.transact(async (tx) => {
    for (const id of ids) await tx.requests.insert(newRequest(id));
    for (const requestId of ids) await tx.outbox.add({ kind: "requester_card", requestId });
  });
}

const owed = () => filled.database.rows("select id from outbox");

test("a message whose sending breaks holds up no other, and is tried again after its pause", async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `r${index}`);
  await owe(...ids);
  const failing = new Set(["r0"]);
  sending = (id) => {
    if (failing.delete(id)) throw new Error("no card can be drawn of it");
    return SENT;
  };
  worker.start();
  await until("all others to be sent", () => sent.length === ids.length - 1, { seen: () => sent });
  await passUntil("the first one", () => sent.includes("r0"), { clock, stepMs: 100 });
  expect(clock.now() - AT).toBeLessThanOrEqual(2 * MESSAGE_PAUSE.firstMs);
});

test("what Slack took while the store went away is told as soon as the store is back, and not sent twice", async () => {
  await owe("r1");
  sending = () => {
    faults.setAway(true);
    return SENT;
  };
  worker.start();
  await until("the message to be sent", () => sent.length === 1);
  for (let rounds = 0; rounds < 5; rounds++) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(ROUND_MS);
  }
  expect(await owed()).toHaveLength(1);
  faults.setAway(false);
  await passUntil("it to be done", async () => (await owed()).length === 0, { clock, stepMs: ROUND_MS });
  expect(sent).toEqual(["r1"]);
});

test("where the store stays away until the lease is over, it is sent once more", async () => {
  await owe("r1");
  sending = () => {
    faults.setAway(sent.length === 0);
    return SENT;
  };
  worker.start();
  await until("the message to be sent", () => sent.length === 1);
  clock.advance(LEASE_MS);
  await until("nobody to hold it any more", () => failures.includes("worker.outbox_failed"));
  faults.setAway(false);
  await passUntil("it to be done", async () => (await owed()).length === 0, { clock, stepMs: ROUND_MS });
  expect(sent).toEqual(["r1", "r1"]);
});

test("a process that stood still until the leases of what it took were over sends none of it, until it has taken it again", async () => {
  await owe("r1", "r2");
  const taken: string[] = [];
  const take: StorePort["outbox"]["take"] = async (holder, limit, what) => {
    const due = await filled.store.outbox.take(holder, limit, what);
    if (what === "homes") return due;
    if (taken.length === 0) clock.advance(LEASE_MS);
    taken.push(...due.map(({ id }) => `${id} ${sent.length}`));
    return due;
  };
  worker = workerOn({ ...filled.store, outbox: { ...filled.store.outbox, take } });
  worker.start();
  await passUntil("both to be sent", () => sent.length === 2, { clock, stepMs: ROUND_MS });
  expect(taken).toHaveLength(4);
  expect(taken.slice(2).every((one) => one.endsWith(" 0"))).toBe(true);
});
