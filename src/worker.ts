import { newLease } from "./domain/attempt";
import { backoffMs } from "./domain/backoff";
import {
  FAILURES_THAT_LAST,
  GIVE_UP_MESSAGE_AFTER_MS,
  MESSAGE_PAUSE,
  MESSAGES_AT_ONCE,
  MESSAGES_FORGOTTEN_AT_ONCE,
  ROUND_MS,
  TIMERS_AT_ONCE,
} from "./domain/limits";
import { TIMER_KINDS, type TimerKind } from "./domain/timers";
import { lapseRequest } from "./workflow/end-request";
import { errorCode } from "./workflow/error-code";
import { forget } from "./workflow/forget";
import { type OutboxMessage, type Sent, TO_APPROVERS } from "./workflow/outbox-message";
import type { Ports } from "./workflow/ports";
import { recoverAttempt } from "./workflow/recover";
import type { DueMessage } from "./workflow/store-port";
import { tellNotPosted } from "./workflow/tell-not-posted";

export type Worker = {
  start(): void;
  /** Begins the next round now. */
  wake(): void;
  /** Ends after what is under way. */
  stop(): Promise<void>;
};

/** What each kind of timer leads to. A job is idempotent: it may be run again at any time. */
const JOBS: { [Kind in TimerKind]: (ports: Ports, subjectId: string) => Promise<void> } = {
  lapse: lapseRequest,
  recover: recoverAttempt,
  forget,
};

/**
 * What happens without a click: what is due is done, what is owed is sent. A round now and then, and whenever somebody
 * wakes it; no kind of timer waits for another one, and sending waits for none.
 */
export function createWorker(options: { ports: Ports; send: (message: OutboxMessage) => Promise<Sent> }): Worker {
  const { ports, send } = options;
  const loops = [
    ...TIMER_KINDS.map((kind) => createLoop(ports, `worker.${kind}_failed`, () => runDue(ports, kind))),
    createLoop(ports, "worker.outbox_failed", () => sendDue(ports, send)),
    createLoop(ports, "worker.outbox_failed", () => dropOld(ports)),
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

/** Runs the jobs that are due, one after the other; one that fails holds up no other, and comes again. */
async function runDue(ports: Ports, kind: TimerKind): Promise<void> {
  const at = nowFor(kind, ports);
  const lease = newLease(ports.settings.leaseHolder, at);
  const due = await ports.store.timers.take(kind, at, lease, TIMERS_AT_ONCE);
  for (const subjectId of due)
    await JOBS[kind](ports, subjectId).catch((error: unknown) => {
      ports.log.error({ event: `worker.${kind}_failed`, subjectId, code: errorCode(error) });
    });
}

/** What is to be forgotten is looked at by a clock that goes behind: what ended is kept until that clock gets there. */
function nowFor(kind: TimerKind, { clock, settings }: Ports): number {
  return kind === "forget" ? clock.now() - settings.keepMs : clock.now();
}

/** Drops messages that could not be sent for as long as anything is kept: nobody waits for them any more. */
async function dropOld({ clock, settings, store, log }: Ports): Promise<void> {
  const messages = await store.outbox.forget(clock.now() - settings.keepMs, MESSAGES_FORGOTTEN_AT_ONCE);
  if (messages > 0) log.warn({ event: "outbox.forgotten", messages });
}

const LASTING: ReadonlySet<OutboxMessage["kind"]> = new Set([
  "requester_card",
  "approvals_card",
  "alert",
  "deletions",
  "held_deletions",
]);

/** Sends what is due, oldest first, until nothing is. */
async function sendDue(ports: Ports, send: (message: OutboxMessage) => Promise<Sent>): Promise<void> {
  for (;;) {
    const at = ports.clock.now();
    const due = await ports.store.outbox.take(at, newLease(ports.settings.leaseHolder, at), MESSAGES_AT_ONCE);
    if (due.length === 0) return;
    await Promise.all(due.map((message) => sendOne(ports, send, message)));
  }
}

async function sendOne(ports: Ports, send: (message: OutboxMessage) => Promise<Sent>, due: DueMessage): Promise<void> {
  const sent = await send(due.message).catch(
    (error: unknown): Sent => ({ kind: "later", code: errorCode(error), afterMs: null }),
  );
  const at = ports.clock.now();
  const { outbox } = ports.store;
  if (sent.kind === "sent") {
    if (sent.isPosted && TO_APPROVERS.has(due.message.kind)) await outbox.approvalsPosted(at);
    return outbox.done(due);
  }
  const isOld = at - due.createdAt > GIVE_UP_MESSAGE_AFTER_MS && !LASTING.has(due.message.kind);
  const gaveUp = sent.kind === "never" || isOld;
  const fields = { event: "outbox.not_sent", kind: due.message.kind, code: sent.code, tries: due.tries + 1, gaveUp };
  ports.log.warn(fields);
  if (due.message.kind === "approvals_card" && (gaveUp || due.tries + 1 >= FAILURES_THAT_LAST))
    await tellNotPosted(ports, { requestId: due.message.requestId, slackCode: sent.code });
  if (gaveUp) return outbox.done(due);
  const pauseMs = Math.max(sent.afterMs ?? 0, backoffMs(due.tries + 1, MESSAGE_PAUSE));
  // What lay further ahead would be taken for what was written before the clock was set back.
  await outbox.postpone(due, { at: at + Math.min(pauseMs, MESSAGE_PAUSE.mostMs), code: sent.code });
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
