import type { Event } from "../domain/event";
import type { Key, KeyState } from "../domain/key";
import type { KeyStep } from "../domain/key-steps";
import type { Request, RequestState } from "../domain/request";
import type { Step } from "../domain/request-steps";
import type { Tx } from "./store-port";

/** Who does it, when, and a code for how it went. */
export type By = { actorId: Event["actorId"]; at: number; outcome?: string };

/**
 * Writes a step of a request: the state, its event, and the cards that are to be drawn again.
 * @returns whether the request was still as given; where it was not, nothing is written
 */
export async function recordStep(tx: Tx, request: Request, step: Step<RequestState>, by: By): Promise<boolean> {
  if (!(await tx.requests.move(request, step.to, by.at))) return false;
  await tx.events.append({
    name: step.event,
    at: by.at,
    actorId: by.actorId,
    requestId: request.id,
    accessKeyId: step.to.kind === "made" ? step.to.accessKeyId : null,
    outcome: by.outcome ?? step.to.kind,
  });
  await drawCards(tx, request, by.at);
  return true;
}

/** Writes a step of a key, as `recordStep` does for a request. */
export async function recordKeyStep(
  tx: Tx,
  key: Key,
  step: KeyStep<KeyState>,
  by: By & { deliveryId?: string },
): Promise<boolean> {
  if (!(await tx.keys.move(key, step.to, by.deliveryId))) return false;
  await tx.events.append({
    name: step.event,
    at: by.at,
    actorId: by.actorId,
    requestId: key.requestId,
    accessKeyId: key.accessKeyId,
    outcome: by.outcome ?? step.to.kind,
  });
  const request = await tx.requests.find(key.requestId);
  if (request) await drawCards(tx, request, by.at);
  return true;
}

/** Has both cards of a request drawn again from the record. */
export async function drawCards(tx: Tx, request: Pick<Request, "id" | "needsApproval">, at: number): Promise<void> {
  await tx.outbox.add({ kind: "requester_card", requestId: request.id }, at);
  if (request.needsApproval) await tx.outbox.add({ kind: "approvals_card", requestId: request.id }, at);
}
