import type { Work } from "../domain/attempt";
import { startRotation } from "../domain/key-steps";
import { tigrisName } from "../domain/names";
import type { Actor } from "../domain/person";
import { needsApproval } from "../domain/policy";
import { type Refusal, refused } from "../domain/refusal";
import { approverOf, type Request } from "../domain/request";
import { startMaking } from "../domain/request-steps";
import { type Allowed, mayUseRequest } from "../domain/who-may";
import { type AttemptNames, beginAttempt, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, checkActor, checkPerson, isApprover, judgeRequester, requireRequester } from "./check-person";
import { endApproval, endForRequester } from "./end-request";
import type { MessengerPort } from "./messenger-port";
import type { Outcome } from "./outcome";
import type { Ids } from "./ports";
import { requireDm } from "./require-dm";
import { type Recorded, step } from "./step";

type RevealPorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids; messenger: Pick<MessengerPort, "readyDm"> };
/** `clickId` names the click: sent twice, it makes one attempt. */
type Click = { actor: Actor; requestId: string; clickId: string };

/**
 * Makes what an approved request asks for, a key or a new secret, and shows the secret to its requester: this click is the
 * only thing that does.
 */
export async function reveal(ports: RevealPorts, click: Click): Promise<Outcome> {
  const { requestId, clickId, actor } = click;
  const request = await ports.store.read((record) => record.requests.find(requestId));
  const own = request ? mayUseRequest(request, actor.userId) : refused("unknown_request");
  if (request === null || own.kind === "refused") return refuseStranger(ports, actor, own);
  const moved = startMaking(request, ports.clock.now());
  // Whose time is over may be no requester any more, which ends the request: the look says so.
  if (moved.kind === "refused") return (await whyNot(ports, actor, request)) ?? moved;
  const noDm = await requireDm(ports, { requestId, userId: request.requesterId, isDoubtful: wasNotShown(request) });
  if (noDm) return noDm;
  // The look comes last before the intent: making the DM ready may take a while.
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

/** Whether the last secret of a request was refused by Slack. */
function wasNotShown({ state }: Request): boolean {
  return state.kind === "approved" && state.failure?.why === "not_delivered";
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

/** For no request of theirs: who asks is looked at all the same, so that the way to the answer does not tell why. */
async function refuseStranger(ports: RevealPorts, actor: Actor, own: Allowed | Refusal): Promise<Refusal> {
  const allowed = await requireRequester(ports, actor);
  if (allowed.kind === "refused") return allowed;
  return own.kind === "refused" ? own : refused("unknown_request");
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
  if (allowed.kind === "refused") {
    await endForRequester(ports, request.id);
    return allowed;
  }
  const moved = startMaking(request, clock.now());
  if (moved.kind === "refused") return moved;
  if (approver?.kind === "refused") return approver;
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
