import { backoffMs } from "../domain/backoff";
import {
  FAILURES_THAT_LAST,
  GIVE_UP_MESSAGE_AFTER_MS,
  LEASE_MS,
  MESSAGE_PAUSE,
  MESSAGES_AT_ONCE,
  ROUND_MS,
} from "../domain/limits";
import { newLeaseHolder } from "../workflow/begin-attempt";
import { noteEndTold } from "../workflow/end-key";
import { errorCode } from "../workflow/error-code";
import { noteLeaverTold } from "../workflow/left-keys";
import { type OutboxMessage, type Sent, TO_APPROVERS } from "../workflow/outbox-message";
import type { DueMessage, Lane } from "../workflow/outbox-port";
import { noteReplacedTold } from "../workflow/overlap";
import type { Ports } from "../workflow/ports";
import { tellNotPosted } from "../workflow/tell-not-posted";
import { noteHeldBackTold } from "../workflow/they-did-leave";

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
export async function sendDue(
  ports: Ports,
  send: (message: OutboxMessage) => Promise<Sent>,
  what: Lane,
): Promise<void> {
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
  // Who takes over what has ended reads it on the same card.
  if (ring?.code === "ended" || ring?.code === "taken_over") await noteEndTold(ports, requestId);
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
