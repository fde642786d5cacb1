import { MESSAGE_PAUSE } from "../../src/domain/limits";
import { createWorker, type Worker } from "../../src/worker";
import type { OutboxMessage } from "../../src/workflow/outbox-message";
import type { Ports } from "../../src/workflow/ports";
import { createManualClock, type ManualClock } from "../kit/manual-clock";
import { passUntil, until } from "../kit/until";
import { emptyStore, type Filled, newRequest } from "../store/filled";
import { SETTINGS } from "./samples";

const AT = 5_000;

let filled: Filled;
let clock: ManualClock;
let worker: Worker;
let sent: string[];
let failing: Set<string>;
beforeEach(async () => {
  filled = await emptyStore();
  clock = createManualClock(AT);
  sent = [];
  failing = new Set();
  const silent = () => {};
  const log = { info: silent, warn: silent, error: silent };
  const ports = { store: filled.store, clock, log, wake: silent, settings: SETTINGS } as unknown as Ports;
  const send = async (message: OutboxMessage) => {
    const id = message.kind === "requester_card" ? message.requestId : "?";
    if (failing.delete(id)) throw new Error("no card can be drawn of it");
    sent.push(id);
    return { kind: "sent", isPosted: true } as const;
  };
  worker = createWorker({ ports, send });
});
afterEach(async () => {
  await worker.stop();
  await filled.stop();
});

test("a message whose sending breaks holds up no other, and is tried again after its pause", async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `r${index}`);
  await filled.store.transact(async (tx) => {
    for (const id of ids) await tx.requests.insert(newRequest(id));
    for (const requestId of ids) await tx.outbox.add({ kind: "requester_card", requestId }, AT);
  });
  failing.add("r0");
  worker.start();
  await until("all others to be sent", () => sent.length === ids.length - 1, { seen: () => sent });
  await passUntil("the first one", () => sent.includes("r0"), { clock, stepMs: 100 });
  expect(clock.now() - AT).toBeLessThanOrEqual(2 * MESSAGE_PAUSE.firstMs);
});
