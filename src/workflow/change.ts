import { isDeepStrictEqual } from "node:util";
import type { Event } from "../domain/event";
import { type Refusal, refused } from "../domain/refusal";
import { COMMIT_LOOK_PAUSE_MS, MAX_COMMIT_LOOKS, MAX_DECISIONS } from "../domain/service-limits";
import { timersOfAttempt, timersOfRequest } from "../domain/timers";
import type { Clock } from "./clock";
import { followUps } from "./follow-up";
import type { OutboxMessage } from "./outbox-message";
import type { Done, Outcome } from "./outcome";
import type { Log } from "./ports";
import { recordedOf, type Subject } from "./recorded";
import { NO_CHANGE, type Recorded, type Step } from "./step";
import type { Reads, StorePort, Tx } from "./store-port";

/** What committing a change needs. */
export type ChangePorts = { store: StorePort; clock: Clock; log: Log; wake: () => void };

/** A decision to take: pure, over the record as it is then, so that taking it again is free. */
export type Decision<Facts, Decided extends Step = Step> = {
  /** Null where it is about no request and no key, as a look at all of them. */
  about: Subject | null;
  /** What else it has to know of the record, read in the same transaction. */
  facts?: (record: Reads, recorded: Recorded) => Promise<Facts>;
  decide: (recorded: Recorded, at: number, facts: Facts) => Decided | Refusal;
};

/** A decision that is written for good. */
export type Changed<Decided extends Step = Step> = {
  kind: "changed";
  before: Recorded;
  after: Recorded;
  step: Decided;
};

/**
 * The one way by which anything changes: reads the record afresh, decides, writes under the versions that were read, with
 * events, timers and what follows, all in one transaction, and wakes the worker. A write that lost to somebody else's is
 * decided again on what they left.
 * @throws CommitUnknown where nobody can say whether it is written; the store's own error where it is not
 */
export async function change<Facts, Decided extends Step>(
  ports: ChangePorts,
  decision: Decision<Facts, Decided>,
): Promise<Changed<Decided> | Refusal> {
  for (let decisions = 1; ; decisions++) {
    const tried = await tryOnce(ports, decision);
    if (tried.kind !== "overtaken") return tried;
    if (decisions === MAX_DECISIONS) {
      const { request, key } = await ports.store.read((record) => recordedOf(record, decision.about));
      return refused("somebody_was_faster", { request, key });
    }
  }
}

/** As `change`, for a verb whose step says how it ended. */
export async function changeAndSay<Facts>(
  ports: ChangePorts,
  decision: Decision<Facts, Step & { say: Done }>,
): Promise<Outcome> {
  const changed = await change(ports, decision);
  return changed.kind === "refused" ? changed : changed.step.say;
}

/** Owes somebody a message that follows from no change. */
export async function tell(ports: ChangePorts, message: OutboxMessage): Promise<void> {
  await ports.store.transact((tx) => tx.outbox.add(message, ports.clock.now()));
  ports.wake();
}

/** A commit that got no answer, and that can't be looked for in the record: it may have taken effect. */
export class CommitUnknown extends Error {
  readonly code = "commit_unknown";
  /** Whoever repeats it has to read first what holds. */
  readonly retry = "unsafe";

  constructor(cause: unknown) {
    super("nobody can say whether a change is written", { cause });
    this.name = "CommitUnknown";
  }
}

/** Ends a transaction whose conditional write found the record changed. */
class Overtaken extends Error {}

async function tryOnce<Facts, Decided extends Step>(
  ports: ChangePorts,
  { about, facts, decide }: Decision<Facts, Decided>,
): Promise<Changed<Decided> | Refusal | { kind: "overtaken" }> {
  let planned: Changed<Decided> | null = null;
  try {
    const ended = await ports.store.transact(async (tx): Promise<Changed<Decided> | Refusal> => {
      const before = await recordedOf(tx, about);
      const known = (await facts?.(tx, before)) as Facts;
      const at = ports.clock.now();
      const step = decide(before, at, known);
      if (step.kind === "refused") return step;
      planned = { kind: "changed", before, after: afterOf(before, step), step };
      await write(tx, planned, at);
      return planned;
    });
    if (ended.kind === "changed" && ended.step !== NO_CHANGE && !isOnItsWay(ended.after)) ports.wake();
    return ended;
  } catch (error) {
    if (error instanceof Overtaken) return { kind: "overtaken" };
    if (planned === null || !(await isWritten(ports, planned, error))) throw error;
    ports.log.warn({ event: "change.answer_lost" });
    ports.wake();
    return planned;
  }
}

/** Whether a call follows at once: what people see of it is drawn when it has ended, not twice within a second. */
function isOnItsWay({ attempt }: Recorded): boolean {
  return attempt?.work.phase === "calling" || attempt?.work.phase === "delivering" ? attempt.lease.until > 0 : false;
}

/** The record as it is once a step is written. */
function afterOf(before: Recorded, { newRequest, request, newKey, key, attempt, asking, forget }: Step): Recorded {
  const after = { ...before };
  if (forget) after[forget] = null;
  if (newRequest) {
    const { viewId: _viewId, dmChannelId: _dmChannelId, event: _event, outcome: _outcome, ...asked } = newRequest;
    after.request = { ...asked, attempts: 0, version: 1 };
  }
  if (request && before.request) {
    const { attempts, version } = before.request;
    const changed = { state: request.to, attempts: request.attempts ?? attempts, version: version + 1 };
    after.request = { ...before.request, ...changed };
  }
  if (asking && before.asking)
    after.asking = { ...before.asking, state: asking.to, version: before.asking.version + 1 };
  if (newKey) after.key = { ...newKey, version: 1 };
  if (key && before.key) {
    const deliveryId = key.deliveryId ?? before.key.deliveryId;
    after.key = { ...before.key, state: key.to, deliveryId, version: before.key.version + 1 };
  }
  if (attempt) after.attempt = attempt.to;
  return after;
}

async function write(tx: Tx, { before, after, step }: Changed, at: number): Promise<void> {
  const { newRequest, request, newKey, key, attempt, asking, forget } = step;
  if (forget === "request" && before.request) await must(tx.requests.forget(before.request));
  if (forget === "attempt" && before.attempt) await must(tx.attempts.forget(before.attempt));
  if (attempt && before.attempt) await must(writeAttempt(tx, before.attempt, attempt.to, at));
  if (newRequest) await tx.requests.insert(newRequest);
  if (request && before.request) {
    const { to, attempts } = request;
    await must(tx.requests.move(before.request, to, attempts === undefined ? { at } : { at, attempts }));
  }
  if (asking && before.asking) await must(tx.requests.move(before.asking, asking.to, { at }));
  if (newKey) await tx.keys.insert(newKey);
  if (key && before.key) await must(tx.keys.move(before.key, key.to, key.deliveryId));
  if (attempt && !before.attempt) await tx.attempts.insert({ ...attempt.to, clickId: attempt.clickId ?? null });
  for (const event of eventsOf(forget ? before : after, step, at)) await tx.events.append(event);
  for (const message of messagesOf(before, after, step)) await tx.outbox.add(message, at);
  if (after.request) await tx.timers.set(after.request.id, timersOfRequest(after.request));
  if (asking && after.asking) await tx.timers.set(after.asking.id, timersOfRequest(after.asking));
  if (after.attempt) await tx.timers.set(after.attempt.id, timersOfAttempt(after.attempt, at));
}

/** A conditional write has to take effect, or nothing of its transaction does. */
async function must(write: Promise<boolean>): Promise<void> {
  if (!(await write)) throw new Overtaken();
}

function writeAttempt(tx: Tx, before: NonNullable<Recorded["attempt"]>, to: typeof before, at: number) {
  const isTakenOver = to.lease.holder !== before.lease.holder;
  return isTakenOver ? tx.attempts.takeOver(before, to.lease, at) : tx.attempts.save(to, before.lease.holder);
}

function eventsOf(
  after: Recorded,
  { actorId, newRequest, request, key, attempt, asking, events, alert }: Step,
  at: number,
) {
  const common = {
    at,
    actorId,
    requestId: after.request?.id ?? after.attempt?.requestId ?? null,
    accessKeyId: after.key?.accessKeyId ?? after.attempt?.accessKeyId ?? null,
  };
  const all: Event[] = [];
  if (newRequest) all.push({ ...common, name: newRequest.event, outcome: newRequest.outcome ?? newRequest.state.kind });
  if (request) all.push({ ...common, name: request.event, outcome: request.outcome ?? request.to.kind });
  if (asking && after.asking)
    all.push({ ...common, requestId: after.asking.id, name: asking.event, outcome: asking.outcome ?? asking.to.kind });
  if (key) all.push({ ...common, name: key.event, outcome: key.outcome ?? key.to.kind });
  if (attempt?.event) all.push({ ...common, name: attempt.event, outcome: attempt.outcome ?? attempt.to.work.phase });
  for (const event of events ?? []) all.push({ ...common, ...event });
  if (alert) all.push({ ...common, name: "attempt.alerted", outcome: alert.code });
  return all;
}

function messagesOf(before: Recorded, after: Recorded, { alert, tell: told }: Step): OutboxMessage[] {
  const alerts: OutboxMessage[] = alert ? [{ kind: "alert", alert }] : [];
  return [...followUps(before, after), ...(told ?? []), ...alerts];
}

/**
 * Whether a change is in the record whose commit got no answer: a connection that broke says nothing about it. All of it was
 * written or nothing, so a part that is as it was before tells that it was not. That it was is told by its own part alone:
 * the attempt where there is one, since a request or a key may look the same after somebody else's change.
 * @throws CommitUnknown where nothing can be read, or somebody has gone on meanwhile
 */
async function isWritten(ports: ChangePorts, { before, after }: Changed, cause: unknown): Promise<boolean> {
  const parts = (["attempt", "request", "key"] as const).filter(
    (part) => !isDeepStrictEqual(before[part], after[part]),
  );
  // Events and messages alone can't be told from others: they count as not written, and may come twice.
  const [own] = parts;
  if (own === undefined) return false;
  for (let looks = 1; ; looks++) {
    try {
      const now = await ports.store.read((record) => recordedAgain(record, partsOf(before, after)));
      if (parts.some((part) => isDeepStrictEqual(now[part], before[part]))) return false;
      if (isDeepStrictEqual(now[own], after[own])) return true;
      throw new CommitUnknown(cause);
    } catch (error) {
      if (error instanceof CommitUnknown || looks === MAX_COMMIT_LOOKS) throw new CommitUnknown(cause);
      await ports.clock.wait(COMMIT_LOOK_PAUSE_MS);
    }
  }
}

/** Each part as it is after a change, or as it was where it was taken out. */
function partsOf(before: Recorded, after: Recorded): Recorded {
  const { request, key, attempt } = before;
  return { request: after.request ?? request, key: after.key ?? key, attempt: after.attempt ?? attempt };
}

/** The same parts of the record, as they are now. */
async function recordedAgain(record: Reads, { request, key, attempt }: Recorded): Promise<Recorded> {
  return {
    request: request && (await record.requests.find(request.id)),
    key: key && (await record.keys.find(key.accessKeyId)),
    attempt: attempt && (await record.attempts.find(attempt.id)),
  };
}
