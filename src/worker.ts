import { backoffMs } from "./domain/backoff";
import { lapseOverdue } from "./workflow/end";
import { errorCode } from "./workflow/error-code";
import type { OutboxMessage, Sent } from "./workflow/outbox-message";
import type { Ports } from "./workflow/ports";
import { recover } from "./workflow/recover";
import type { DueMessage } from "./workflow/store-port";

export type Worker = {
  start(): void;
  /** Begins the next round now. */
  wake(): void;
  /** Ends after what is under way. */
  stop(): Promise<void>;
};

const SECOND = 1_000;
const ROUND_MS = 2 * SECOND;
const MESSAGE_LEASE_MS = 60 * SECOND;
const BATCH = 5;
/** Between the tries to send one message. */
const PAUSE = { firstMs: 2 * SECOND, mostMs: 600 * SECOND };
/** After this a message has nothing to tell any more; cards and alerts always do. */
const GIVE_UP_AFTER_MS = 24 * 60 * 60 * SECOND;

/**
 * What happens without a click: what is overdue lapses, what was left open is put right, what is owed is sent. A round
 * every two seconds, and whenever somebody wakes it; sending does not wait for Tigris.
 */
export function createWorker(options: { ports: Ports; send: (message: OutboxMessage) => Promise<Sent> }): Worker {
  const { ports, send } = options;
  const loops = [
    createLoop(ports, "worker.recovery_failed", () => recover(ports)),
    createLoop(ports, "worker.upkeep_failed", () => lapseOverdue(ports)),
    createLoop(ports, "worker.outbox_failed", () => sendDue(ports, send)),
  ];
  return {
    start: () => {
      for (const loop of loops) loop.start();
    },
    wake: () => {
      for (const loop of loops) loop.wake();
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

const LASTING: ReadonlySet<OutboxMessage["kind"]> = new Set(["requester_card", "approvals_card", "alert"]);

/** Sends what is due, oldest first, until nothing is. */
async function sendDue(ports: Ports, send: (message: OutboxMessage) => Promise<Sent>): Promise<void> {
  for (;;) {
    const at = ports.clock.now();
    const holder = { workerId: ports.settings.workerId, leaseUntil: at + MESSAGE_LEASE_MS };
    const due = await ports.store.outbox.take(at, holder, BATCH);
    if (due.length === 0) return;
    await Promise.all(due.map((message) => sendOne(ports, send, message)));
  }
}

async function sendOne(ports: Ports, send: (message: OutboxMessage) => Promise<Sent>, due: DueMessage): Promise<void> {
  const sent = await send(due.message);
  if (sent.kind === "sent") return ports.store.outbox.done(due);
  const at = ports.clock.now();
  const isOld = at - due.createdAt > GIVE_UP_AFTER_MS && !LASTING.has(due.message.kind);
  const gaveUp = sent.kind === "never" || isOld;
  const fields = { event: "outbox.not_sent", kind: due.message.kind, code: sent.code, tries: due.tries + 1, gaveUp };
  ports.log.warn(fields);
  if (gaveUp) return ports.store.outbox.done(due);
  await ports.store.outbox.postpone(due, at + Math.max(sent.afterMs ?? 0, backoffMs(due.tries + 1, PAUSE)));
}

function createLoop(ports: Ports, failure: string, work: () => Promise<void>): Worker {
  let waiting = new AbortController();
  let isStopping = false;
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    while (!isStopping) {
      waiting = new AbortController();
      try {
        await work();
      } catch (error) {
        ports.log.error({ event: failure, code: errorCode(error) });
      }
      if (!isStopping) await ports.clock.wait(ROUND_MS, waiting.signal);
    }
  }

  return {
    start: () => {
      running = run();
    },
    wake: () => waiting.abort(),
    stop: async () => {
      isStopping = true;
      waiting.abort();
      await running;
    },
  };
}
