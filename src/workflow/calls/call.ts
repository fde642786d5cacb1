import { type Attempt, isClosed, type Work } from "../../domain/attempt";
import { type Refusal, refused } from "../../domain/refusal";
import type { Secret } from "../../domain/secret";
import { type Changed, type ChangePorts, change } from "../change";
import type { MessengerPort } from "../messenger-port";
import type { Outcome } from "../outcome";
import type { Settings } from "../ports";
import type { Recorded, Step } from "../step";
import type { Reads } from "../store-port";
import type { TigrisPort } from "../tigris-port";

/** Whether Tigris has refused `*` for Editor or ReadOnly since this process began: it is not offered any more. */
export type AllBuckets = { noteRefused(): void; isRefused(): boolean };

/** What the calls of an attempt need. */
export type CallPorts = ChangePorts & {
  settings: Settings;
  tigris: TigrisPort;
  messenger: Pick<MessengerPort, "postSecret">;
  allBuckets: AllBuckets;
};

/** An attempt with what belongs to it in the record. */
export type Held<Of extends Work = Work> = Recorded & { attempt: Attempt<Of> };

/** The key that an attempt is about. @throws where it is about none: such an attempt can't have been begun */
export function keyIdOf({ attempt }: Held): string {
  if (attempt.accessKeyId === null) throw new Error(`an attempt to ${attempt.work.kind} is about no key`);
  return attempt.accessKeyId;
}

/** The answer that recovery has to a call that must not be made twice: nobody knows whether it took effect. */
export type Interrupted = { kind: "interrupted" };

/**
 * One kind of call, and all that is to know about it. `Of` is the attempts that make it, `Answer` what comes of it: plain
 * data, while a secret is handed on beside it.
 */
export type CallDefinition<Of extends Work, Answer, Facts = undefined> = {
  /** What gives power is called once, by the click that began it; what takes power away, or reads, may be repeated. */
  power: "gives" | "takes" | "reads";
  /** Makes the call. Never throws for what Slack or Tigris answer. */
  make(
    ports: CallPorts,
    held: Held<Of>,
    hand: { secret: Secret | null; isHeld: () => boolean; isRecovery: boolean },
  ): Promise<{ answer: Answer; secret?: Secret }>;
  /** What the next decision has to know of the record beside what the attempt is about. */
  facts?(record: Reads, held: Recorded): Promise<Facts>;
  /** What follows from the answer: pure. */
  after(held: Held<Of>, answer: Answer | Interrupted, context: { at: number; facts: Facts; settings: Settings }): Step;
  /** The same where somebody else has taken the attempt over meanwhile, or closed it. Nothing of the attempt is written. */
  late(recorded: Recorded, answer: Answer | Interrupted, context: { at: number; facts: Facts }): Step;
};

/**
 * What is in hand between two calls: the attempt as recorded, until when its lease holds by this process's monotonic time, and
 * a secret on its way from one to the other.
 */
export type Hand<Of extends Work = Work> = { held: Held<Of>; heldUntilMs: number; secret: Secret | null };

/** How one call went: the attempt goes on with the next one, or there is nothing more to do now. */
export type Turn = { say: Outcome | null; next: Hand | null };

/** A kind of call, ready to be made. */
export type Call<Of extends Work> = (ports: CallPorts, hand: Hand<Of>, isRecovery: boolean) => Promise<Turn>;

/** Makes a definition callable: the call, then one change that says what its answer means. */
export function callable<Of extends Work, Answer, Facts>(call: CallDefinition<Of, Answer, Facts>): Call<Of> {
  return async (ports, { held, heldUntilMs, secret }, isRecovery) => {
    const lasts = (): boolean => ports.clock.monotonicMs() < heldUntilMs;
    const isInterrupted = isRecovery && call.power === "gives";
    // A process that stood still for so long asks for nothing: whoever takes the attempt over may have done so already.
    if (held.attempt.work.phase !== "delivering" && call.power === "gives" && !isRecovery && !lasts())
      return { say: heldUp(ports, held), next: null };
    const made: { answer: Answer | Interrupted; secret?: Secret } = isInterrupted
      ? { answer: { kind: "interrupted" } }
      : await call.make(ports, held, { secret, isHeld: lasts, isRecovery });
    const changed = await recordAnswer(ports, call, held, made.answer);
    if (changed.kind !== "changed") return { say: changed, next: null };
    const isOurs = isHeld(changed.before, held.attempt);
    return { say: changed.step.say ?? null, next: isOurs ? nextHand(changed, made.secret ?? null) : null };
  };
}

function recordAnswer<Of extends Work, Answer, Facts>(
  ports: CallPorts,
  call: CallDefinition<Of, Answer, Facts>,
  { attempt }: Held<Of>,
  answer: Answer | Interrupted,
) {
  const { settings } = ports;
  return change(ports, {
    about: { attemptId: attempt.id },
    facts: async (record, recorded) => (await call.facts?.(record, recorded)) as Facts,
    decide: (recorded, at, facts) =>
      isHeld(recorded, attempt)
        ? call.after({ ...recorded, attempt: { ...recorded.attempt, work: attempt.work } }, answer, {
            at,
            facts,
            settings,
          })
        : call.late(recorded, answer, { at, facts }),
  });
}

/** Whether an attempt is still open, and still held by whoever made the call. */
function isHeld(recorded: Recorded, attempt: Attempt): recorded is Held {
  const now = recorded.attempt;
  return now !== null && now.lease.holder === attempt.lease.holder && !isClosed(now.work);
}

function heldUp({ log }: CallPorts, { request, key, attempt }: Held): Refusal {
  log.warn({ event: "attempt.held_up", requestId: attempt.requestId, attemptId: attempt.id });
  return refused("held_up", { keyName: key?.keyName ?? request?.asked.keyName ?? "" });
}

function nextHand({ after, heldUntilMs }: Changed, secret: Secret | null): Hand | null {
  const { attempt } = after;
  const isOurs = attempt !== null && !isClosed(attempt.work) && attempt.lease.until > 0;
  return isOurs ? { held: { ...after, attempt }, heldUntilMs, secret } : null;
}
