import { type Attempt, type CreateEnd, provesGone } from "../domain/attempt";
import { type Refusal, refused } from "../domain/refusal";
import { isIn, type Request, type RevealFailure } from "../domain/request";
import { giveBack, noteFailure } from "../domain/request-steps";
import { bold, code, type Sentence } from "../domain/sentence";
import { hold } from "./lease";
import type { Ports } from "./ports";
import { putOff } from "./put-off";
import { recordStep } from "./record";
import type { Tx } from "./store-port";

/** A key was not delivered for certain: writes down that it goes, deletes it, and tells its requester. */
export async function startDiscard(ports: Ports, attempt: Attempt, failure: RevealFailure): Promise<Refusal> {
  const held = await failAttempt(ports, attempt, "discarding", failure);
  const isDeleted = held !== null && (await discard(ports, held));
  return refused(
    "dm_closed",
    isDeleted
      ? "The secret could not be shown, so its key is deleted. If a secret did appear, it does not work. "
      : "The secret could not be shown, so its key is being deleted. If a secret did appear, don't use it. ",
    "The card in our DM shows how to go on.",
  );
}

/**
 * Writes down that an attempt gave no key that anybody holds, and what has to be done about it.
 * @returns the attempt under a renewed lease, or null where somebody else holds it now
 */
export async function failAttempt(
  ports: Ports,
  attempt: Attempt,
  phase: "discarding" | "searching",
  failure: RevealFailure,
): Promise<Attempt | null> {
  const { work } = attempt;
  if (work.kind !== "create") throw new Error("not an attempt to make a key");
  const { why, detail, at } = failure;
  const held = await ports.store.transact(async (tx) => {
    const held = await hold(ports, tx, { ...attempt, nextAt: at, tries: 0, work: { ...work, phase } });
    if (!held) return null;
    const request = await waitingFor(tx, attempt);
    const by = { actorId: "bot", at, outcome: detail ?? why };
    if (request) await recordStep(tx, request, noteFailure(request, failure), by);
    await tx.events.append({
      name: phase === "searching" ? "attempt.lost" : "attempt.discarding",
      at,
      actorId: "bot",
      requestId: attempt.requestId,
      accessKeyId: attempt.accessKeyId,
      outcome: detail ?? why,
    });
    return held;
  });
  ports.wake();
  return held;
}

/**
 * Deletes the key of an attempt that is being discarded, and closes the attempt once Tigris has done it.
 * @returns whether the key is deleted
 */
export async function discard(ports: Ports, attempt: Attempt): Promise<boolean> {
  if (attempt.accessKeyId === null) throw new Error("nothing to discard");
  const answer = await ports.tigris.deleteKey(attempt.accessKeyId);
  const { startedAt: madeAt, tries } = attempt;
  const isGone = answer.kind === "gone" && provesGone({ madeAt, tries }, ports.clock.now());
  const isDeleted = answer.kind === "deleted" || isGone;
  await (isDeleted ? closeWithoutKey(ports, attempt, "discarded") : putOff(ports, attempt));
  return isDeleted;
}

/** Closes an attempt that leaves no key behind, and gives its request back where it still waits for this attempt. */
export async function closeWithoutKey(
  ports: Ports,
  attempt: Attempt,
  phase: Exclude<CreateEnd, "posted">,
  failure: RevealFailure | null = null,
): Promise<void> {
  const { work } = attempt;
  if (work.kind !== "create") throw new Error("not an attempt to make a key");
  const at = ports.clock.now();
  await ports.store.transact(async (tx) => {
    if (!(await tx.attempts.save({ ...attempt, work: { ...work, phase } }, attempt.lease.workerId))) return;
    await tx.events.append({
      name: phase === "refused" ? "attempt.refused" : phase === "discarded" ? "attempt.discarded" : "attempt.closed",
      at,
      actorId: "bot",
      requestId: attempt.requestId,
      accessKeyId: attempt.accessKeyId,
      outcome: failure?.detail ?? phase,
    });
    await giveRequestBack(tx, attempt, at, failure);
  });
  ports.wake();
}

/**
 * Lets a request that waits for this attempt be revealed again, and tells its requester what became of the key.
 * @param failure why there is no key, where the request does not say so already
 */
export async function giveRequestBack(
  tx: Tx,
  attempt: Attempt,
  at: number,
  failure: RevealFailure | null = null,
): Promise<void> {
  const request = await waitingFor(tx, attempt);
  if (!request) return;
  const { why, detail } = failure ?? request.state.failure ?? { why: "interrupted", detail: null };
  await recordStep(tx, request, giveBack(request, { why, detail, at }), { actorId: "bot", at, outcome: why });
  const sentence = noticeOf(request, why);
  if (sentence) await tx.outbox.add({ kind: "notice", userId: request.requesterId, sentence }, at);
}

/** The request of an attempt, if this attempt is the one that it waits for. */
async function waitingFor(tx: Tx, { requestId, work }: Attempt) {
  const request = await tx.requests.find(requestId);
  if (!request || !isIn(request, "making") || work.kind !== "create" || request.attempts !== work.number) return null;
  return request;
}

/** What the requester is told beside the card; null where whoever pressed the button has read it already. */
function noticeOf(request: Request, why: RevealFailure["why"]): Sentence | null {
  switch (why) {
    case "refused":
    case "lost":
      return null;
    case "ambiguous":
      return [
        "I was interrupted while making ",
        bold(request.keyName),
        ", and asked the approvers to look what became of its key. Its card shows how to go on (ref ",
        code(request.reference),
        ").",
      ];
    case "not_delivered":
    case "interrupted":
      return notDelivered(request);
  }
}

function notDelivered(request: Request): Sentence {
  return [
    "The secret of ",
    bold(request.keyName),
    " was not shown for certain, so its key was deleted. If a secret did appear, it does not work. ",
    "Its card shows how to go on (ref ",
    code(request.reference),
    ").",
  ];
}
