import type { Attempt, RotateEnd } from "../domain/attempt";
import type { Key, KeyState, Rotating } from "../domain/key";
import { finishDeletion, finishRotation, type KeyStep, loseSecret, undoRotation } from "../domain/key-steps";
import { type Refusal, refused } from "../domain/refusal";
import type { Secret } from "../domain/secret";
import { bold, type Sentence, user } from "../domain/sentence";
import { hold } from "./lease";
import { done, type Outcome, unknownKey } from "./outcome";
import type { Ports } from "./ports";
import { recordKeyStep } from "./record";
import type { Tx } from "./store-port";

/** Shows a new secret to the key's owner. Where that is not certain, nobody holds it: the key says so. */
export async function deliverNewSecret(ports: Ports, key: Key, attempt: Attempt, secret: Secret): Promise<Outcome> {
  const delivering = await ports.store.transact(async (tx) => {
    const held = await hold(ports, tx, { ...attempt, work: { kind: "rotate", phase: "delivering" } });
    return held && { held, ...(await tx.requests.cards(key.requestId)) };
  });
  if (!delivering) return rotatedLate(ports, key);
  const posting = await ports.messenger.postSecret({
    id: attempt.id,
    channelId: delivering.dmChannelId,
    userId: key.ownerId,
    keyName: key.keyName,
    accessKeyId: key.accessKeyId,
    secret,
    endpoint: key.endpoint,
    postBefore: delivering.held.lease.until,
  });
  if (posting.kind === "not_posted") {
    await closeRotation(ports, delivering.held, "secret_unknown", posting.code);
    return secretUnknown(key);
  }
  if (!(await closeRotation(ports, delivering.held, "posted", "posted"))) return secretUnknown(key);
  return done("The new secret of ", bold(key.keyName), " is in this conversation. The old one has stopped working.");
}

/**
 * The lease was lost while Tigris had the call, and somebody else has closed the rotation. It may have taken effect all
 * the same, nobody knows when: a secret that was made meanwhile may have stopped with it.
 */
export async function rotatedLate(ports: Ports, { accessKeyId, ownerId }: Key): Promise<Outcome> {
  const refusal = await ports.store.transact(async (tx) => {
    const key = await tx.keys.find(accessKeyId);
    if (key === null || key.state.kind === "deleted" || key.state.kind === "deleting") return unknownKey();
    const at = ports.clock.now();
    if (key.state.kind === "live")
      await recordKeyStep(tx, key, loseSecret(at), { actorId: "bot", at, outcome: "rotated_late" });
    if (key.state.kind === "rotating")
      await tx.outbox.add({ kind: "notice", userId: ownerId, sentence: secretUnknown(key).sentence }, at);
    return secretUnknown(key);
  });
  ports.log.warn({ event: "key.rotated_late", accessKeyId });
  ports.wake();
  return refusal;
}

/** The outcome where whoever pressed the button is told by nobody else: their click went down with its process. */
export const INTERRUPTED = "interrupted";

/**
 * Closes a rotation, and writes what it means for the key, in one transaction.
 * @returns false where somebody else has closed it: the key then counts as `secret_unknown`
 */
export async function closeRotation(
  ports: Ports,
  attempt: Attempt,
  phase: RotateEnd,
  outcome: string,
): Promise<boolean> {
  const isOurs = await ports.store.transact(async (tx) => {
    const closed: Attempt = { ...attempt, work: { kind: "rotate", phase } };
    if (!(await tx.attempts.save(closed, attempt.lease.workerId))) return false;
    const key = attempt.accessKeyId === null ? null : await tx.keys.find(attempt.accessKeyId);
    if (key?.state.kind !== "rotating") throw new Error("a rotation without its key");
    const at = ports.clock.now();
    const step = stepAfter(key, key.state, phase, at);
    const deliveryId = phase === "posted" ? { deliveryId: attempt.id } : {};
    await recordKeyStep(tx, key, step, { actorId: attempt.actorId, at, outcome, ...deliveryId });
    if (outcome === INTERRUPTED)
      await tx.outbox.add({ kind: "notice", userId: key.ownerId, sentence: secretUnknown(key).sentence }, at);
    if (phase === "posted") await noteUnderApproval(tx, key, at);
    return true;
  });
  ports.wake();
  return isOurs;
}

function stepAfter(key: Key, state: Rotating, phase: RotateEnd, at: number): KeyStep<KeyState> {
  switch (phase) {
    case "posted":
      return finishRotation();
    case "secret_unknown":
      return loseSecret(at);
    case "refused":
      return undoRotation({ ...key, state });
    case "gone":
      return finishDeletion({ byId: null, at });
  }
}

const HOUR_MS = 3_600_000;
/** Each is a notification to everybody who follows the card. */
const NOTES_PER_HOUR = 3;

/** Approvers read under their card that a key which they approved has a new secret. */
async function noteUnderApproval(tx: Tx, key: Key, at: number): Promise<void> {
  const request = await tx.requests.find(key.requestId);
  if (!request?.needsApproval) return;
  const notes = await tx.events.count(key.requestId, "key.rotated", at - HOUR_MS);
  if (notes > NOTES_PER_HOUR) return;
  const last = notes === NOTES_PER_HOUR ? " If more are made within the hour, it is not said here." : "";
  const sentence: Sentence = [user(key.ownerId), " had a new secret made for ", bold(key.keyName), `.${last}`];
  await tx.outbox.add({ kind: "approvals_note", requestId: key.requestId, sentence }, at);
}

/** What the owner reads where nobody can say which secret works. */
export function secretUnknown(key: Key): Refusal {
  return refused(
    "tigris_lost",
    "The old secret of ",
    bold(key.keyName),
    " has probably stopped working, and nobody holds the new one. Press New secret again, or delete the key.",
  );
}
