import { type Attempt, isClosed, type Work } from "../../domain/attempt";
import type { Secret } from "../../domain/secret";
import { type ChangePorts, CommitUnknown, change } from "../change";
import type { MessengerPort } from "../messenger-port";
import type { Outcome } from "../outcome";
import type { Settings } from "../ports";
import type { Recorded, Step } from "../step";
import type { Reads } from "../store-port";
import type { TigrisPort } from "../tigris-port";
import { deleteOrphan } from "./orphan";

/** What the calls of an attempt need. */
export type CallPorts = ChangePorts & {
  settings: Settings;
  tigris: TigrisPort;
  messenger: Pick<MessengerPort, "postSecret">;
};

/** An attempt with what belongs to it in the record. */
export type Held<Of extends Work = Work> = Recorded & { attempt: Attempt<Of> };

/** The answer that recovery has to a call that must not be made twice: nobody knows whether it took effect. */
export type Interrupted = { kind: "interrupted" };

/** A key that must not stay if what it was made for can't be recorded. */
export type Orphan = {
  accessKeyId: string;
  /** Where nobody can say whether it is recorded: a key that nobody has seen goes, one that somebody may hold stays. */
  ifUnknown: "delete" | "leave";
};

/**
 * One kind of call, and all that is to know about it. `Of` is the attempts that make it, `Answer` what comes of it: plain
 * data, while a secret is handed on beside it.
 */
export type CallDefinition<Of extends Work, Answer, Facts = undefined> = {
  /** What gives power is called once, by the click that began it; what takes power away, or reads, may be repeated. */
  power: "gives" | "takes" | "reads";
  /** Makes the call. Never throws for what Slack or Tigris answer. */
  make(ports: CallPorts, held: Held<Of>, secret: Secret | null): Promise<{ answer: Answer; secret?: Secret }>;
  /** What the next decision has to know of the record beside what the attempt is about. */
  facts?(record: Reads, held: Recorded, at: number): Promise<Facts>;
  /** What follows from the answer: pure. */
  after(held: Held<Of>, answer: Answer | Interrupted, context: { at: number; facts: Facts; settings: Settings }): Step;
  /** The same where somebody else has taken the attempt over meanwhile, or closed it. Nothing of the attempt is written. */
  late(recorded: Recorded, answer: Answer | Interrupted, at: number): Step;
  orphan?(answer: Answer | Interrupted): Orphan | null;
};

/** What is in hand between two calls: the attempt as recorded, and a secret on its way from one to the other. */
export type Hand<Of extends Work = Work> = { held: Held<Of>; secret: Secret | null };

/** How one call went: the attempt goes on with the next one, or there is nothing more to do now. */
export type Turn = { say: Outcome | null; next: Hand | null };

/** A kind of call, ready to be made. */
export type Call<Of extends Work> = (ports: CallPorts, hand: Hand<Of>, isRecovery: boolean) => Promise<Turn>;

/** Makes a definition callable: the call, then one change that says what its answer means. */
export function callable<Of extends Work, Answer, Facts>(call: CallDefinition<Of, Answer, Facts>): Call<Of> {
  return async (ports, { held, secret }, isRecovery) => {
    const made: { answer: Answer | Interrupted; secret?: Secret } =
      isRecovery && call.power === "gives" ? { answer: { kind: "interrupted" } } : await call.make(ports, held, secret);
    const orphan = call.orphan?.(made.answer) ?? null;
    const changed = await recordAnswer(ports, call, held, made.answer).catch((error: unknown) => {
      if (orphan === null) throw error;
      const { requestId, id: attemptId } = held.attempt;
      ports.log.error({ event: "attempt.not_recorded", requestId, attemptId });
      if (error instanceof CommitUnknown && orphan.ifUnknown === "leave") throw error;
      return null;
    });
    const isOurs = changed?.kind === "changed" && isHeld(changed.before, held.attempt);
    if (orphan && !isOurs) return { say: await deleteOrphan(ports, held, orphan.accessKeyId), next: null };
    if (changed?.kind !== "changed") return { say: changed, next: null };
    return { say: changed.step.say ?? null, next: isOurs ? nextHand(changed.after, made.secret ?? null) : null };
  };
}

function recordAnswer<Of extends Work, Answer, Facts>(
  ports: CallPorts,
  call: CallDefinition<Of, Answer, Facts>,
  { attempt }: Held<Of>,
  answer: Answer | Interrupted,
) {
  const { settings, clock } = ports;
  return change(ports, {
    about: { attemptId: attempt.id },
    facts: async (record, recorded) => (await call.facts?.(record, recorded, clock.now())) as Facts,
    decide: (recorded, at, facts) =>
      isHeld(recorded, attempt)
        ? call.after({ ...recorded, attempt: { ...recorded.attempt, work: attempt.work } }, answer, {
            at,
            facts,
            settings,
          })
        : call.late(recorded, answer, at),
  });
}

/** Whether an attempt is still open, and still held by whoever made the call. */
function isHeld(recorded: Recorded, attempt: Attempt): recorded is Held {
  const now = recorded.attempt;
  return now !== null && now.lease.holder === attempt.lease.holder && !isClosed(now.work);
}

function nextHand(after: Recorded, secret: Secret | null): Hand | null {
  const { attempt } = after;
  const isOurs = attempt !== null && !isClosed(attempt.work) && attempt.lease.until > 0;
  return isOurs ? { held: { ...after, attempt }, secret } : null;
}
