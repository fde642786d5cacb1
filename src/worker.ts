import { backoffMs } from "./domain/backoff";
import { OWNERS_AT_ONCE } from "./domain/leaver";
import {
  APP_HOME_KEPT_MS,
  APP_HOMES_FORGOTTEN_AT_ONCE,
  FAILURES_THAT_LAST,
  GIVE_UP_MESSAGE_AFTER_MS,
  LEASE_MS,
  MESSAGE_PAUSE,
  MESSAGES_AT_ONCE,
  MESSAGES_FORGOTTEN_AT_ONCE,
  ROUND_MS,
  TIMERS_AT_ONCE,
} from "./domain/limits";
import { TIMER_KINDS, type TimerKind } from "./domain/timers";
import { askAboutAge } from "./workflow/ask-about-age";
import { newLeaseHolder } from "./workflow/begin-attempt";
import { endKey, lookAtEnds, noteEndTold } from "./workflow/end-key";
import { lapseRequest } from "./workflow/end-request";
import { errorCode } from "./workflow/error-code";
import { escalateRequest } from "./workflow/escalate";
import { forget } from "./workflow/forget";
import { deleteLeftKey, lookAfterOwner, noteLeaverTold } from "./workflow/left-keys";
import { sweepOwners } from "./workflow/look-at-owner";
import { type OutboxMessage, type Sent, TO_APPROVERS } from "./workflow/outbox-message";
import type { DueMessage, Lane } from "./workflow/outbox-port";
import { goOnWithOverlap, noteReplacedTold } from "./workflow/overlap";
import type { Ports } from "./workflow/ports";
import { recoverAttempt } from "./workflow/recover";
import { remindOfWaiting } from "./workflow/remind";
import { askForReview } from "./workflow/review";
import { searchAtStart } from "./workflow/search-at-start";
import { expireSwitch, tellStillOff } from "./workflow/still-off";
import { tellNotPosted } from "./workflow/tell-not-posted";
import { noteHeldBackTold } from "./workflow/they-did-leave";

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
  search: recoverAttempt,
  forget,
  still_off: tellStillOff,
  switch_expires: expireSwitch,
  remind: remindOfWaiting,
  escalate: escalateRequest,
  review: askForReview,
  end: endKey,
  final_end: endKey,
  overlap: goOnWithOverlap,
  sweep_owners: sweepOwners,
  leaver: lookAfterOwner,
  leaver_grace: deleteLeftKey,
  age: askAboutAge,
  age_again: askAboutAge,
};

/**
 * What happens without a click: what is due is done, what is owed is sent. A round now and then, and whenever somebody
 * wakes it; no kind of timer waits for another one, and sending waits for none.
 */
export function createWorker(options: { ports: Ports; send: (message: OutboxMessage) => Promise<Sent> }): Worker {
  const { ports, send } = options;
  const loops = [
    ...TIMER_KINDS.map((kind) => createLoop(ports, `worker.${kind}_failed`, () => runDue(ports, kind))),
    createLoop(ports, "worker.outbox_failed", () => sendDue(ports, send, "messages")),
    createLoop(ports, "worker.outbox_failed", () => sendDue(ports, send, "homes")),
    createLoop(ports, "worker.outbox_failed", () => sendDue(ports, send, "daily")),
    createLoop(ports, "worker.outbox_failed", () => dropOld(ports)),
    createLoop(ports, "worker.forget_failed", () => forgetHomes(ports)),
  ];
  let atStart: Promise<unknown> = Promise.resolve();
  return {
    start: () => {
      const failed = (error: unknown) => ports.log.error({ event: "worker.recover_failed", code: errorCode(error) });
      atStart = Promise.all([
        searchAtStart(ports).catch(failed),
        lookAtEnds(ports).catch(failed),
        sweepOwners(ports).catch(failed),
      ]);
      for (const loop of loops) loop.start();
    },
    wake: () => {
      for (const loop of loops) loop.wake();
    },
    stop: async () => {
      await Promise.all([atStart, ...loops.map((loop) => loop.stop())]);
    },
  };
}

/** Runs the jobs that are due, one after the other; one that fails holds up no other, and comes again. */
async function runDue(ports: Ports, kind: TimerKind): Promise<void> {
  const behindMs = behindOf(ports, kind);
  if (behindMs === null) return;
  // Each look may wait for its turn: the lease has to last for all of them.
  const limit = kind === "leaver" || kind === "leaver_grace" ? OWNERS_AT_ONCE : TIMERS_AT_ONCE;
  const due = await ports.store.timers.take(kind, newLeaseHolder(ports), { limit, behindMs });
  for (const subjectId of due)
    await JOBS[kind](ports, subjectId).catch((error: unknown) => {
      ports.log.error({ event: `worker.${kind}_failed`, subjectId, code: errorCode(error) });
    });
}

/**
 * By how much the clock goes behind by which a kind is due: what ended is kept until that clock gets there, and a secret is old once it
 * does. Null where nobody is asked about old secrets.
 */
function behindOf({ settings }: Ports, kind: TimerKind): number | null {
  const { rotateAfterMs } = settings.limits;
  if (kind === "forget") return settings.keepMs;
  if (kind === "age") return rotateAfterMs;
  return kind === "age_again" && rotateAfterMs === null ? null : 0;
}

/**
 * Drops messages that could not be sent for as long as anything is kept: nobody waits for them any more. What was told of leaks as
 * long ago as that is drawn again no more.
 */
async function dropOld({ settings, store, log }: Ports): Promise<void> {
  const messages = await store.outbox.forget(settings.keepMs, MESSAGES_FORGOTTEN_AT_ONCE);
  if (messages > 0) log.warn({ event: "outbox.forgotten", messages });
  const leaks = await store.leaks.forget(settings.keepMs, MESSAGES_FORGOTTEN_AT_ONCE);
  if (leaks > 0) log.info({ event: "leaks.forgotten", messages: leaks });
}

/** A Home that nobody opens any more is forgotten: it shows nothing that is not elsewhere in the record. */
async function forgetHomes({ store, log }: Ports): Promise<void> {
  const homes = await store.appHomes.forget(APP_HOME_KEPT_MS, APP_HOMES_FORGOTTEN_AT_ONCE);
  if (homes > 0) log.info({ event: "app_home.forgotten", homes });
}

const LASTING: ReadonlySet<OutboxMessage["kind"]> = new Set([
  "requester_card",
  "approvals_card",
  "review_card",
  "review_question",
  "alert",
  "deletions",
  "pauses",
  "made_keys",
  "leak_report",
  "old_keys",
  "unanswered",
  "policy_changed",
  "leaver_card",
  "leavers_held_back",
]);

/** Sends what is due, oldest first, until nothing is. */
async function sendDue(ports: Ports, send: (message: OutboxMessage) => Promise<Sent>, what: Lane): Promise<void> {
  for (;;) {
    const heldUntilMs = ports.clock.monotonicMs() + LEASE_MS;
    const due = await ports.store.outbox.take(newLeaseHolder(ports), MESSAGES_AT_ONCE, what);
    if (due.length === 0) return;
    // A process that stood still for so long leaves them to whoever takes them next.
    const isHeld = (): boolean => ports.clock.monotonicMs() < heldUntilMs;
    await Promise.all(due.map((message) => sendOne(ports, send, message, isHeld)));
  }
}

async function sendOne(
  ports: Ports,
  send: (message: OutboxMessage) => Promise<Sent>,
  due: DueMessage,
  isHeld: () => boolean,
): Promise<void> {
  if (!isHeld()) return;
  const sent = await send(due.message).catch(
    (error: unknown): Sent => ({ kind: "later", code: errorCode(error), afterMs: null }),
  );
  const { outbox } = ports.store;
  if (sent.kind === "sent") {
    if (sent.isPosted && TO_APPROVERS.has(due.message.kind)) await outbox.approvalsPosted();
    if (due.message.kind === "requester_card") await noteTold(ports, due.message);
    if (sent.isPosted && due.message.kind === "leaver_card" && due.message.isNews)
      await noteLeaverTold(ports, due.message.ownerId);
    if (sent.isPosted && due.message.kind === "leavers_held_back") await noteHeldBackTold(ports);
    return settle(ports, due, isHeld);
  }
  if (sent.kind === "not_yet") return outbox.postpone(due, { afterMs: sent.afterMs, code: sent.kind });
  const isOld = ports.store.now() - due.createdAt > GIVE_UP_MESSAGE_AFTER_MS && !LASTING.has(due.message.kind);
  const gaveUp = sent.kind === "never" || isOld;
  const fields = { event: "outbox.not_sent", kind: due.message.kind, code: sent.code, tries: due.tries + 1, gaveUp };
  ports.log.warn(fields);
  if (due.message.kind === "approvals_card" && (gaveUp || due.tries + 1 >= FAILURES_THAT_LAST))
    await tellNotPosted(ports, { requestId: due.message.requestId, slackCode: sent.code });
  if (gaveUp) return settle(ports, due, isHeld);
  const pauseMs = Math.max(sent.afterMs ?? 0, backoffMs(due.tries + 1, MESSAGE_PAUSE));
  // What lay further ahead would be taken for what was written before the clock was set back.
  await outbox.postpone(due, { afterMs: Math.min(pauseMs, MESSAGE_PAUSE.mostMs), code: sent.code });
}

/** What is deleted by itself is kept for its whole time from when its owner was told. */
async function noteTold(
  ports: Ports,
  { ring, requestId }: Extract<OutboxMessage, { kind: "requester_card" }>,
): Promise<void> {
  if (ring?.code === "ended") await noteEndTold(ports, requestId);
  if (ring?.code === "replaced") await noteReplacedTold(ports, requestId);
}

/** What Slack took must not come twice because the store is away for a moment: it is told as long as the lease holds. */
async function settle(ports: Ports, due: DueMessage, isHeld: () => boolean): Promise<void> {
  for (;;) {
    try {
      return await ports.store.outbox.done(due);
    } catch (error) {
      if (!isHeld()) throw error;
      await ports.clock.wait(ROUND_MS);
    }
  }
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
