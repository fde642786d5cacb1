import { isClosed, isGrant } from "../domain/attempt";
import type { Key, KeyChanges } from "../domain/key";
import { withoutReason } from "../domain/key-age";
import { SWEEP_EVERY_MS } from "../domain/leaver";
import { LEASE_MS } from "../domain/limits";
import { type Refusal, refused } from "../domain/refusal";
import { MAX_DECISIONS } from "../domain/service-limits";
import { leaverSubject, SWEEP, timersOfAttempt, timersOfKey, timersOfRequest } from "../domain/timers";
import { beginDrop } from "./begin-attempt";
import type { Clock } from "./clock";
import { eventsOf } from "./events-of";
import { followUps } from "./follow-up";
import type { OutboxMessage } from "./outbox-message";
import type { Done, Outcome } from "./outcome";
import type { Log } from "./ports";
import { familyOf, recordedOf, type Subject } from "./recorded";
import { NO_CHANGE, type Recorded, type Step } from "./step";
import { Conflict } from "./store-errors";
import type { Reads, StorePort, Tx } from "./store-port";

/** What committing a change needs. */
export type ChangePorts = { store: StorePort; clock: Clock; log: Log; wake: () => void };

/** A decision to take: pure, over the record as it is then, so that taking it again is free. */
export type Decision<Facts, Decided extends Step = Step> = {
  /** Null where it is about no request and no key, as a look at all of them. */
  about: Subject | null;
  /** Who may do it so often only, and a key that it is about beside that: nothing else is decided about them meanwhile. */
  alone?: { people: readonly string[]; accessKeyId?: string | null };
  /** What else it has to know of the record, read in the same transaction. */
  facts?: (record: Reads, recorded: Recorded) => Promise<Facts>;
  decide: (recorded: Recorded, at: number, facts: Facts) => Decided | Refusal;
};

/**
 * A decision that is written for good. A lease that it took holds until `heldUntilMs` at the least, by this process's
 * monotonic time: the store's own clock began to count it later.
 */
export type Changed<Decided extends Step = Step> = {
  kind: "changed";
  before: Recorded;
  after: Recorded;
  step: Decided;
  heldUntilMs: number;
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
  await ports.store.transact((tx) => tx.outbox.add(message));
  ports.wake();
}

/** Ends a transaction whose conditional write found the record changed. */
class Overtaken extends Error {}

async function tryOnce<Facts, Decided extends Step>(
  ports: ChangePorts,
  { about, alone, facts, decide }: Decision<Facts, Decided>,
): Promise<Changed<Decided> | Refusal | { kind: "overtaken" }> {
  const heldUntilMs = ports.clock.monotonicMs() + LEASE_MS;
  try {
    const ended = await ports.store.transact(
      async (tx): Promise<Changed<Decided> | Refusal> => {
        const before = await recordedOf(tx, about);
        const known = (await facts?.(tx, before)) as Facts;
        const step = decide(before, tx.at, known);
        if (step.kind === "refused") return step;
        const waits = await whyWait(tx, before, step);
        if (waits) return waits;
        const planned = { kind: "changed" as const, before, after: afterOf(before, step), step, heldUntilMs };
        await write(tx, planned);
        return planned;
      },
      async (record) => {
        const key = alone?.accessKeyId ? await familyOf(record, { accessKeyId: alone.accessKeyId }) : [];
        const people = (alone?.people ?? []).map((id) => `person ${id}`);
        return [...(await familyOf(record, about)), ...key, ...people];
      },
    );
    if (ended.kind === "changed" && ended.step !== NO_CHANGE && !ended.step.isLooked && !isOnItsWay(ended.after))
      ports.wake();
    return ended;
  } catch (error) {
    if (error instanceof Overtaken || error instanceof Conflict) return { kind: "overtaken" };
    throw error;
  }
}

/** What gives a key power or a secret goes one at a time, and what takes it waits for nothing. */
async function whyWait(tx: Tx, before: Recorded, { attempt }: Step): Promise<Refusal | null> {
  const { key } = before;
  if (!attempt || before.attempt !== null || key === null || !isGrant(attempt.to.work)) return null;
  const isInFlight = await tx.attempts.hasGrantInFlight(key.accessKeyId);
  return isInFlight ? refused("grant_in_flight", { keyName: key.keyName }) : null;
}

/** Whether a call follows at once: what people see of it is drawn when it has ended, not twice within a second. */
function isOnItsWay({ attempt }: Recorded): boolean {
  return attempt !== null && !isClosed(attempt.work) && attempt.work.kind !== "pause" ? attempt.lease.until > 0 : false;
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
    const needsApproval = before.request.needsApproval || request.to.kind === "pending";
    const review = request.review ?? before.request.review;
    const changed = { state: request.to, review, attempts: request.attempts ?? attempts, version: version + 1 };
    after.request = { ...before.request, ...changed, needsApproval };
  }
  if (asking && before.asking)
    after.asking = { ...before.asking, state: asking.to, version: before.asking.version + 1 };
  if (newKey) after.key = { ...newKey, version: 1 };
  if (key && before.key)
    after.key = { ...before.key, ...changesOf(key, before.key), state: key.to, version: before.key.version + 1 };
  if (attempt) after.attempt = attempt.to;
  return after;
}

/** What a step changes of a key beside its state. With a key goes why its owner kept its secret. */
function changesOf(
  { to, event: _event, outcome: _outcome, ...changes }: NonNullable<Step["key"]>,
  before: Key,
): KeyChanges {
  return to.kind === "deleted" ? { ...changes, age: withoutReason(changes.age ?? before.age) } : changes;
}

async function write(tx: Tx, { before, after, step }: Changed): Promise<void> {
  const { at } = tx;
  const { newRequest, request, newKey, key, attempt, asking, forget, policy } = step;
  if (forget === "request" && before.request) await must(tx.requests.forget(before.request));
  if (forget === "attempt" && before.attempt) await must(tx.attempts.forget(before.attempt));
  if (attempt && before.attempt) await must(writeAttempt(tx, before.attempt, attempt.to, at));
  if (newRequest) await tx.requests.insert(newRequest);
  if (request && before.request) {
    const { to, attempts, review } = request;
    const also = { ...(attempts === undefined ? {} : { attempts }), ...(review === undefined ? {} : { review }) };
    await must(tx.requests.move(before.request, to, { at, ...also }));
  }
  if (asking && before.asking) await must(tx.requests.move(before.asking, asking.to, { at }));
  if (newKey) await tx.keys.insert(newKey);
  if (key && before.key) await must(tx.keys.move(before.key, { ...changesOf(key, before.key), state: key.to }));
  if (attempt && !before.attempt) await tx.attempts.insert({ ...attempt.to, clickId: attempt.clickId ?? null });
  if (policy) await must(tx.policies.replace(policy.before, policy.to));
  if (step.leaver) await writeLeaver(tx, step.leaver);
  if (step.moveCard && before.key) await moveCard(tx, before.key.requestId, step.moveCard.dmChannelId);
  if (step.looksAtEnds) await tx.timers.lookAtEnds();
  if (step.looksAtOwners) {
    await tx.timers.lookAtOwners(at);
    await tx.timers.set(SWEEP, [{ kind: "sweep_owners", dueAt: at + SWEEP_EVERY_MS }]);
  }
  const drop = droppedBy(before, after, step);
  for (const begun of [drop && beginDrop(drop, at), step.begin ?? null]) {
    if (begun === null) continue;
    await tx.attempts.insert({ ...begun, clickId: null });
    await tx.timers.set(begun.id, timersOfAttempt(begun, at));
  }
  for (const event of eventsOf(forget ? before : after, step, at)) await tx.events.append(event);
  for (const message of messagesOf(before, after, step)) await tx.outbox.add(message);
  if (key && after.key) await tx.leaks.owe(after.key.accessKeyId);
  if (key && before.key && after.key) await tx.leavers.owe([...new Set([before.key.ownerId, after.key.ownerId])]);
  if (after.request) await tx.timers.set(after.request.id, timersOfRequest(after.request));
  if (asking && after.asking) await tx.timers.set(after.asking.id, timersOfRequest(after.asking));
  if (after.key && (key || newKey || step.isLooked)) await tx.timers.set(after.key.accessKeyId, timersOfKey(after.key));
  if (after.attempt) await tx.timers.set(after.attempt.id, timersOfAttempt(after.attempt, at));
  // Last, since those who see everybody's keys have their Homes owed by many transactions at a time.
  const seenBy = whoseHomesShow(before, after);
  if (seenBy.length > 0) await tx.appHomes.owe(seenBy);
}

/** In whose Homes a change shows, beside those that show everybody's things: nobody's where no request or key has changed. */
function whoseHomesShow(before: Recorded, after: Recorded): string[] {
  const of = ({ request, key, asking }: Recorded) => [request?.version, key?.version, asking?.version].join(" ");
  if (of(before) === of(after)) return [];
  const { requesterId } = after.request ?? before.request ?? {};
  return [...new Set([requesterId, before.key?.ownerId, after.key?.ownerId])].filter((id) => id !== undefined);
}

async function writeLeaver(tx: Tx, { ownerId, before, to, dueAt }: NonNullable<Step["leaver"]>): Promise<void> {
  if (to !== before?.state) await must(tx.leavers.write(ownerId, before, to));
  if (dueAt === undefined) return;
  await tx.timers.set(leaverSubject(ownerId), dueAt === null ? [] : [{ kind: "leaver", dueAt }]);
}

/** The one that stands in the other DM shrinks, whatever becomes of the new one. */
async function moveCard(tx: Tx, requestId: string, dmChannelId: string): Promise<void> {
  const { requester } = await tx.requests.cards(requestId);
  await tx.requests.setDm(requestId, dmChannelId);
  if (requester) await tx.outbox.add({ kind: "card_copy", card: "requester", requestId, place: requester });
}

/** The key that goes by itself from this step on: its deletion is written with it, so that no verb can forget it. */
function droppedBy(before: Recorded, { key: after }: Recorded, { key, newKey }: Step): Recorded["key"] {
  const to = key?.to ?? newKey?.state;
  const goesAlready = before.key?.state.kind === "deleting";
  return to?.kind === "deleting" && to.byId === null && !goesAlready ? after : null;
}

/** A conditional write has to take effect, or nothing of its transaction does. */
async function must(write: Promise<boolean>): Promise<void> {
  if (!(await write)) throw new Overtaken();
}

function writeAttempt(tx: Tx, before: NonNullable<Recorded["attempt"]>, to: typeof before, at: number) {
  const isTakenOver = to.lease.holder !== before.lease.holder;
  return isTakenOver ? tx.attempts.takeOver(before, to.lease, at) : tx.attempts.save(to, before.lease.holder);
}

function messagesOf(before: Recorded, after: Recorded, { alert, tell: told }: Step): OutboxMessage[] {
  const alerts: OutboxMessage[] = alert ? [{ kind: "alert", alert }] : [];
  return [...followUps(before, after), ...(told ?? []), ...alerts];
}
