import { OWNERS_AT_ONCE } from "../domain/leaver";
import {
  APP_HOME_KEPT_MS,
  APP_HOMES_FORGOTTEN_AT_ONCE,
  JOB_ROUND_MS,
  MESSAGES_FORGOTTEN_AT_ONCE,
  TIMERS_AT_ONCE,
} from "../domain/limits";
import { TIMER_KINDS, type TimerKind } from "../domain/timers";
import { askAboutAge } from "../workflow/ask-about-age";
import { newLeaseHolder } from "../workflow/begin-attempt";
import { endKey, lookAtEnds } from "../workflow/end-key";
import { lapseRequest } from "../workflow/end-request";
import { errorCode } from "../workflow/error-code";
import { escalateRequest } from "../workflow/escalate";
import { forget } from "../workflow/forget";
import { deleteLeftKey, lookAfterOwner, NOTHING_NEW } from "../workflow/left-keys";
import { sweepOwners } from "../workflow/look-at-owner";
import type { OutboxMessage, Sent } from "../workflow/outbox-message";
import { goOnWithOverlap } from "../workflow/overlap";
import type { Ports } from "../workflow/ports";
import { recoverAttempt } from "../workflow/recover";
import { remindOfWaiting } from "../workflow/remind";
import { askForReview } from "../workflow/review";
import { searchAtStart } from "../workflow/search-at-start";
import { expireSwitch, tellStillOff } from "../workflow/still-off";
import { createLoop, type Loop, type Rhythm } from "./loop";
import { sendDue } from "./send-due";

export type Worker = Loop;

/**
 * What a kind of timer leads to. It is idempotent: it may be run again at any time. A job that resolves with `NOTHING_NEW` has
 * written nothing, and is over.
 */
type Job = (ports: Ports, subjectId: string) => Promise<unknown>;

const JOBS: { [Kind in TimerKind]: Job } = {
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

/** What a look wakes, and what nobody waits for. */
const SELDOM: Rhythm = { everyMs: JOB_ROUND_MS, begins: "when woken" };

/**
 * What happens without a click: what is due is done, what is owed is sent. A round now and then, and whenever somebody
 * wakes it; no kind of timer waits for another one, and sending waits for none. One look a round finds the kinds that have something
 * to do, so that an idle bot costs the same however many there are.
 */
export function createWorker(options: { ports: Ports; send: (message: OutboxMessage) => Promise<Sent> }): Worker {
  const { ports, send } = options;
  const kinds = kindsOf(ports);
  const jobs = new Map(
    kinds.map((one) => [one.kind, createLoop(ports, `worker.${one.kind}_failed`, () => runDue(ports, one), SELDOM)]),
  );
  const rounds = [
    createLoop(ports, "worker.look_failed", async () => {
      for (const kind of await ports.store.timers.kindsDue(kinds)) jobs.get(kind)?.wake();
    }),
    createLoop(ports, "worker.outbox_failed", () => sendDue(ports, send, "messages")),
    createLoop(ports, "worker.outbox_failed", () => sendDue(ports, send, "homes")),
    createLoop(ports, "worker.outbox_failed", () => sendDue(ports, send, "daily")),
  ];
  const tidying = [
    createLoop(ports, "worker.outbox_failed", () => dropOld(ports), SELDOM),
    createLoop(ports, "worker.forget_failed", () => forgetHomes(ports), SELDOM),
  ];
  const loops = [...jobs.values(), ...rounds, ...tidying];
  let atStart: Promise<unknown> = Promise.resolve();
  return {
    start: () => {
      const failed = (error: unknown) => ports.log.error({ event: "worker.recover_failed", code: errorCode(error) });
      // One after the other: a start opens no more sessions of a server than it needs.
      atStart = (async () => {
        for (const look of [searchAtStart, lookAtEnds, sweepOwners]) await look(ports).catch(failed);
      })();
      for (const loop of loops) loop.start();
    },
    wake: () => {
      for (const loop of rounds) loop.wake();
    },
    stop: async () => {
      await Promise.all([atStart, ...loops.map((loop) => loop.stop())]);
    },
  };
}

/** A kind of timer, and how far the clock goes behind by which it is due. */
type DueKind = { kind: TimerKind; behindMs: number };

/** The kinds that there is something to do about, as this bot is set. */
function kindsOf(ports: Ports): DueKind[] {
  return TIMER_KINDS.flatMap((kind) => {
    const behindMs = behindOf(ports, kind);
    return behindMs === null ? [] : [{ kind, behindMs }];
  });
}

/** Runs the jobs that are due, one after the other; one that fails holds up no other, and comes again. */
async function runDue(ports: Ports, { kind, behindMs }: DueKind): Promise<void> {
  // Each look may wait for its turn: the lease has to last for all of them.
  const limit = kind === "leaver" || kind === "leaver_grace" ? OWNERS_AT_ONCE : TIMERS_AT_ONCE;
  const holder = newLeaseHolder(ports);
  const due = await ports.store.timers.take(kind, holder, { limit, behindMs });
  const over: string[] = [];
  for (const subjectId of due)
    try {
      if ((await JOBS[kind](ports, subjectId)) === NOTHING_NEW) over.push(subjectId);
    } catch (error) {
      ports.log.error({ event: `worker.${kind}_failed`, subjectId, code: errorCode(error) });
    }
  if (over.length > 0) await ports.store.timers.drop(kind, holder, over);
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
