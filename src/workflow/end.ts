import { approverOf, isIn, type Request } from "../domain/request";
import { end, lapse, voidApproval } from "../domain/request-steps";
import { bold, type Sentence, user } from "../domain/sentence";
import type { Ports } from "./ports";
import { recordStep } from "./record";
import type { Tx } from "./store-port";

/** Ends a request whose requester may no longer ask for keys, and tells the approver who had said yes. */
export async function endRequest(ports: Ports, requestId: string): Promise<void> {
  await ports.store.transact(async (tx) => {
    const request = await tx.requests.find(requestId);
    const at = ports.clock.now();
    const step = request && end(request, at);
    if (!request || !step || !(await recordStep(tx, request, step, { actorId: "bot", at }))) return;
    const approverId = step.to.approval && approverOf(step.to.approval);
    if (!approverId) return;
    const sentence: Sentence = [
      user(request.requesterId),
      " can no longer ask for keys, so your approval of ",
      bold(request.keyName),
      " has ended. No key was made.",
    ];
    await tx.outbox.add({ kind: "notice", userId: approverId, sentence }, at);
  });
  ports.wake();
}

/** Ends an approval that no longer holds. */
export async function endApproval(
  ports: Ports,
  requestId: string,
  why: "approver_lost" | "policy_changed",
): Promise<void> {
  await ports.store.transact(async (tx) => {
    const request = await tx.requests.find(requestId);
    const at = ports.clock.now();
    if (!request || !isIn(request, "approved")) return;
    await recordStep(tx, request, voidApproval(request, why, at), { actorId: "bot", at, outcome: why });
  });
  ports.wake();
}

/** Lapses requests that nobody decided, and approvals that nobody used, in time. */
export async function lapseOverdue(ports: Ports): Promise<void> {
  const ids = await ports.store.transact((tx) => tx.requests.overdue(ports.clock.now(), BATCH));
  for (const id of ids) await ports.store.transact((tx) => lapseOne(ports, tx, id));
  if (ids.length > 0) ports.wake();
}

const BATCH = 100;

async function lapseOne(ports: Ports, tx: Tx, id: string): Promise<void> {
  const request = await tx.requests.find(id);
  const at = ports.clock.now();
  const step = request && lapse(request, at);
  if (!request || !step || !(await recordStep(tx, request, step, { actorId: "bot", at }))) return;
  await tx.outbox.add({ kind: "notice", userId: request.requesterId, sentence: lapsedSentence(request) }, at);
}

function lapsedSentence(request: Request): Sentence {
  return request.state.kind === "pending"
    ? ["Nobody decided about ", bold(request.keyName), " in time, so the request has lapsed. You can ask again."]
    : ["The approval of ", bold(request.keyName), " was not used in time and has lapsed. You can ask again."];
}
