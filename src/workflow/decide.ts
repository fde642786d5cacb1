import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import type { Request, RequestState } from "../domain/request";
import { approve, deny, type Step, withdraw } from "../domain/request-steps";
import { bold, code, type Sentence, user } from "../domain/sentence";
import { mayDecide, mayUse } from "../domain/who-may";
import { endRequest } from "./end";
import { isApprover, judgeRequester, lookAt, lookAtActor } from "./look";
import { done, type Outcome, unknownRequest } from "./outcome";
import type { Ports } from "./ports";
import { recordStep } from "./record";

type Click = { actor: Actor; requestId: string };

/** Approves a waiting request. The key is made when its requester reveals it. */
export async function approveRequest(ports: Ports, click: Click): Promise<Outcome> {
  const request = await requestToDecide(ports, click);
  if ("kind" in request) return request;
  const gone = await refuseIfRequesterGone(ports, request);
  if (gone) return gone;
  const approverId = click.actor.userId;
  const { revealTtlMs } = ports.settings.policy;
  return decide(ports, click, (current, at) => approve(current, { approverId, at, revealTtlMs }), {
    toApprover: ["You approved ", bold(request.keyName), " for ", user(request.requesterId), "."],
    toRequester: [user(approverId), " approved ", bold(request.keyName), ". Press Reveal secret on its card."],
  });
}

/** Whether somebody may still deny a request, before they are shown the form for the reason. */
export async function mayStillDeny(ports: Ports, click: Click): Promise<{ kind: "may"; request: Request } | Refusal> {
  const request = await requestToDecide(ports, click);
  if ("kind" in request) return request;
  const step = deny(request, { approverId: click.actor.userId, at: ports.clock.now(), reason: "" });
  return step.kind === "refused" ? step : { kind: "may", request };
}

/** Denies a waiting request, with a reason that its requester reads. */
export async function denyRequest(ports: Ports, click: Click & { reason: string }): Promise<Outcome> {
  const request = await requestToDecide(ports, click);
  if ("kind" in request) return request;
  const approverId = click.actor.userId;
  return decide(ports, click, (current, at) => deny(current, { approverId, at, reason: click.reason }), {
    toApprover: ["You denied ", bold(request.keyName), " for ", user(request.requesterId), "."],
    toRequester: [user(approverId), " denied ", bold(request.keyName), ": “", click.reason, "”"],
  });
}

/** Takes an approval back before it is used. */
export async function withdrawApproval(ports: Ports, click: Click): Promise<Outcome> {
  const request = await requestToDecide(ports, click);
  if ("kind" in request) return request;
  const approverId = click.actor.userId;
  return decide(ports, click, (current, at) => withdraw(current, { approverId, at }), {
    toApprover: ["You withdrew the approval of ", bold(request.keyName), "."],
    toRequester: [user(approverId), " withdrew the approval of ", bold(request.keyName), ". No key was made."],
  });
}

/** The request, if this person may decide about it now. */
async function requestToDecide(ports: Ports, { actor, requestId }: Click): Promise<Request | Refusal> {
  const seen = await lookAtActor(ports, actor, ports.settings.approvers);
  if (seen.kind === "refused") return seen;
  const use = mayUse(seen.standing);
  if (use.kind === "refused") return use;
  const request = await ports.store.transact((tx) => tx.requests.find(requestId));
  if (!request?.needsApproval) return unknownRequest();
  const may = mayDecide(request, actor.userId, isApprover(seen), ports.settings.approvers);
  return may.kind === "refused" ? may : request;
}

async function refuseIfRequesterGone(ports: Ports, request: Request): Promise<Refusal | null> {
  const seen = await lookAt(ports, request.requesterId, ports.settings.requesters);
  if (seen.kind === "refused") return seen;
  if (judgeRequester(ports, seen).kind === "allowed") return null;
  await endRequest(ports, request.id);
  return refused(
    "requester_gone",
    user(request.requesterId),
    " can no longer ask for keys, so this request has ended.",
  );
}

/** The one conditional write of a decision; whoever comes second learns who was first. */
async function decide(
  ports: Ports,
  { actor, requestId }: Click,
  step: (request: Request, at: number) => Step<RequestState> | Refusal,
  tell: { toApprover: Sentence; toRequester: Sentence },
): Promise<Outcome> {
  const outcome = await ports.store.transact(async (tx): Promise<Outcome> => {
    const request = await tx.requests.find(requestId);
    if (!request) return unknownRequest();
    const at = ports.clock.now();
    const decided = step(request, at);
    if (decided.kind === "refused") return decided;
    if (!(await recordStep(tx, request, decided, { actorId: actor.userId, at })))
      throw new Error("a request changed inside a transaction");
    const sentence: Sentence = [...tell.toRequester, " (ref ", code(request.reference), ")"];
    await tx.outbox.add({ kind: "notice", userId: request.requesterId, sentence }, at);
    return done(...tell.toApprover);
  });
  ports.wake();
  return outcome;
}
