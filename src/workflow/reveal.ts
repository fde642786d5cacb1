import type { Attempt } from "../domain/attempt";
import type { Actor } from "../domain/person";
import { needsApproval } from "../domain/policy";
import { tigrisName } from "../domain/reference";
import { type Refusal, refused } from "../domain/refusal";
import { approverOf, isIn, type Making, type Request } from "../domain/request";
import { startMaking } from "../domain/request-steps";
import { bold, user } from "../domain/sentence";
import { mayUseRequest } from "../domain/who-may";
import { endApproval, endRequest } from "./end";
import { isApprover, judgeRequester, lookAt, lookAtActor } from "./look";
import { makeKey } from "./make-key";
import { newAttempt } from "./new-attempt";
import { notChecked, type Outcome, unknownRequest } from "./outcome";
import type { Ports } from "./ports";
import { recordStep } from "./record";

/**
 * Makes the key of an approved request and shows its secret to its requester: this click is the only thing that does.
 * @param click `clickId` names the click: sent twice, it makes one attempt
 */
export async function reveal(
  ports: Ports,
  click: { actor: Actor; requestId: string; clickId: string },
): Promise<Outcome> {
  const request = await ports.store.transact((tx) => tx.requests.find(click.requestId));
  if (!request) return unknownRequest();
  const refusal = await whyNot(ports, click.actor, request);
  if (refusal) return refusal;
  const begun = await begin(ports, click);
  if (begun.kind !== "begun") return begun;
  return makeKey(ports, begun.request, begun.attempt);
}

/** The fresh look, at the click and just before Tigris is called: at the requester, and at the approver again. */
async function whyNot(ports: Ports, actor: Actor, request: Request): Promise<Refusal | null> {
  const approval = "approval" in request.state ? request.state.approval : null;
  const approverId = approval && approverOf(approval);
  const [seen, approver] = await Promise.all([
    lookAtActor(ports, actor, ports.settings.requesters),
    approverId ? lookAt(ports, approverId, ports.settings.approvers) : null,
  ]);
  if (seen.kind === "refused") return seen;
  const allowed = judgeRequester(ports, seen);
  const own = mayUseRequest(request, actor.userId);
  if (own.kind === "refused") return allowed.kind === "refused" ? allowed : own;
  if (allowed.kind === "refused") {
    await endRequest(ports, request.id);
    return allowed;
  }
  const step = startMaking(request, ports.clock.now());
  if (step.kind === "refused") return step;
  if (approver?.kind === "refused") return notChecked();
  if (approverId && approver && !isApprover(approver)) {
    await endApproval(ports, request.id, "approver_lost");
    return refused(
      "approver_lost",
      user(approverId),
      " is no longer an approver, so the approval has lapsed. Ask again.",
    );
  }
  if (!approverId && needsApproval(request.access, ports.settings.policy.approvalFor)) {
    await endApproval(ports, request.id, "policy_changed");
    return refused("lapsed", "Such keys need an approval by now, so this one has lapsed. Ask again.");
  }
  return null;
}

type Begun = { kind: "begun"; request: Request<Making>; attempt: Attempt };

/** The intent: one transaction that takes the request from approved to making, with its attempt, lease and event. */
async function begin(
  ports: Ports,
  { actor, requestId, clickId }: { actor: Actor; requestId: string; clickId: string },
): Promise<Begun | Outcome> {
  return ports.store.transact(async (tx): Promise<Begun | Outcome> => {
    const request = await tx.requests.find(requestId);
    if (!request) return unknownRequest();
    if (await tx.attempts.findByClick(clickId)) return sameClick(request);
    const at = ports.clock.now();
    const step = startMaking(request, at);
    if (step.kind === "refused") return step;
    if (!(await recordStep(tx, request, step, { actorId: actor.userId, at })))
      throw new Error("a request changed inside a transaction");
    await tx.requests.countAttempt(request);
    const number = request.attempts + 1;
    const attempt = newAttempt(ports, {
      requestId,
      accessKeyId: null,
      actorId: actor.userId,
      at,
      work: {
        kind: "create",
        number,
        tigrisName: tigrisName(request.keyName, request.reference, number),
        phase: "calling",
      },
    });
    await tx.attempts.insert({ ...attempt, clickId });
    const making = await tx.requests.find(requestId);
    if (!making || !isIn(making, "making")) throw new Error("a request that was just written is missing");
    return { kind: "begun", request: making, attempt };
  });
}

/** The same click once more: it has done what it does. */
function sameClick(request: Request): Refusal {
  return refused(
    "in_progress",
    "This click was taken already. The card of ",
    bold(request.keyName),
    " shows how it went.",
  );
}
