import type { Work } from "../domain/attempt";
import { startRotation } from "../domain/key-steps";
import { tigrisName } from "../domain/names";
import type { Actor } from "../domain/person";
import { needsApproval } from "../domain/policy";
import { type Refusal, refused } from "../domain/refusal";
import { approverOf, type Request } from "../domain/request";
import { startMaking } from "../domain/request-steps";
import { mayUseRequest } from "../domain/who-may";
import { type AttemptNames, beginAttempt, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, checkActor, checkPerson, isApprover, judgeRequester } from "./check-person";
import { endApproval, endForRequester } from "./end-request";
import type { Outcome } from "./outcome";
import type { Ids } from "./ports";
import { type Recorded, step } from "./step";

type RevealPorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids };
/** `clickId` names the click: sent twice, it makes one attempt. */
type Click = { actor: Actor; requestId: string; clickId: string };

/**
 * Makes what an approved request asks for, a key or a new secret, and shows the secret to its requester: this click is the
 * only thing that does.
 */
export async function reveal(ports: RevealPorts, click: Click): Promise<Outcome> {
  const { requestId, clickId, actor } = click;
  const request = await ports.store.read((record) => record.requests.find(requestId));
  if (!request) return refused("unknown_request");
  const refusal = await whyNot(ports, actor, request);
  if (refusal) return refusal;
  const names = newAttemptNames(ports);
  const begun = await change(ports, {
    about: { requestId },
    facts: async (record) => ({ isRepeated: (await record.attempts.findByClick(clickId)) !== null }),
    decide: (recorded, at, { isRepeated }) =>
      decideReveal(recorded, { names, actorId: actor.userId, clickId, isRepeated, at }),
  });
  if (begun.kind === "refused") return begun;
  const attempt = begun.step.attempt.to;
  return carryOut(ports, { ...begun.after, attempt });
}

/**
 * The intent: it takes the request from approved to making, with its attempt, lease and event; where it is for a new secret,
 * its key to rotating.
 */
export function decideReveal(
  { request, key }: Recorded,
  click: { names: AttemptNames; actorId: string; clickId: string; isRepeated: boolean; at: number },
) {
  const { names, actorId, clickId, at } = click;
  if (request === null) return refused("unknown_request");
  const { asked } = request;
  if (click.isRepeated) return refused("same_click", { keyName: asked.keyName });
  const moved = startMaking(request, at);
  if (moved.kind === "refused") return moved;
  const number = request.attempts + 1;
  const begin = (accessKeyId: string | null, work: Work) => ({
    request: { ...moved, attempts: number },
    attempt: { to: beginAttempt(names, { requestId: request.id, accessKeyId, actorId, at, work }), clickId },
  });
  if (asked.kind === "key") {
    const name = tigrisName(asked.keyName, request.reference, number);
    return step(actorId, begin(null, { kind: "create", number, tigrisName: name, phase: "calling" }));
  }
  if (key === null) return refused("unknown_key");
  const rotating = startRotation(key);
  if (rotating.kind === "refused") return rotating;
  return step(actorId, { ...begin(asked.accessKeyId, { kind: "rotate", phase: "calling" }), key: rotating });
}

/** The fresh look, at the click and just before Tigris is called: at the requester, and at the approver again. */
async function whyNot(ports: RevealPorts, actor: Actor, request: Request): Promise<Refusal | null> {
  const { settings, clock } = ports;
  const approval = "approval" in request.state ? request.state.approval : null;
  const approverId = approval && approverOf(approval);
  const [requester, approver] = await Promise.all([
    checkActor(ports, actor, settings.requesters),
    approverId ? checkPerson(ports, approverId, settings.approvers) : null,
  ]);
  if (requester.kind === "refused") return requester;
  const allowed = judgeRequester(settings, requester);
  const own = mayUseRequest(request, actor.userId);
  if (own.kind === "refused") return allowed.kind === "refused" ? allowed : own;
  if (allowed.kind === "refused") {
    await endForRequester(ports, request.id);
    return allowed;
  }
  const moved = startMaking(request, clock.now());
  if (moved.kind === "refused") return moved;
  if (approver?.kind === "refused") return refused("not_checked");
  if (approverId && approver && !isApprover(approver)) {
    await endApproval(ports, request.id, "approver_lost");
    return refused("approver_lost", { approverId });
  }
  if (!approverId && needsApproval(request.asked.access, settings.policy.approvalFor)) {
    await endApproval(ports, request.id, "policy_changed");
    return refused("policy_changed");
  }
  return null;
}
