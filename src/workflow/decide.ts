import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import type { Request } from "../domain/request";
import { approve, deny, withdraw } from "../domain/request-steps";
import { mayDecide, mayUse } from "../domain/who-may";
import { type ChangePorts, changeAndSay } from "./change";
import { type CheckPorts, checkActor, checkPerson, isApprover, judgeRequester, lookingFor } from "./check-person";
import { endForRequester } from "./end-request";
import { type DoneCode, done, type Outcome } from "./outcome";
import { type Recorded, step } from "./step";

type Click = { actor: Actor; requestId: string };
type DecidePorts = ChangePorts & CheckPorts;

/** What an approver says about a request. */
export type Verdict =
  | { kind: "approved"; revealTtlMs: number }
  | { kind: "denied"; reason: string }
  | { kind: "withdrawn" };

/** Approves a waiting request. The key is made when its requester reveals it. */
export async function approveRequest(ports: DecidePorts, click: Click): Promise<Outcome> {
  const request = await requestToDecide(ports, click);
  if ("code" in request) return request;
  const gone = await refuseIfRequesterGone(ports, request);
  if (gone) return gone;
  const { revealTtlMs } = ports.settings.policy;
  return record(ports, click, { kind: "approved", revealTtlMs });
}

/** Whether somebody may still deny a request, before they are shown the form for the reason. */
export async function mayStillDeny(
  ports: DecidePorts,
  click: Click,
): Promise<{ kind: "may"; request: Request } | Refusal> {
  const request = await requestToDecide(lookingFor("form", ports), click);
  if ("code" in request) return request;
  const denied = deny(request, { approverId: click.actor.userId, at: ports.clock.now(), reason: "" });
  return denied.kind === "refused" ? denied : { kind: "may", request };
}

/** Denies a waiting request, with a reason that its requester reads. */
export async function denyRequest(ports: DecidePorts, click: Click & { reason: string }): Promise<Outcome> {
  const request = await requestToDecide(ports, click);
  return "code" in request ? request : record(ports, click, { kind: "denied", reason: click.reason });
}

/** Takes an approval back before it is used. */
export async function withdrawApproval(ports: DecidePorts, click: Click): Promise<Outcome> {
  const request = await requestToDecide(ports, click);
  return "code" in request ? request : record(ports, click, { kind: "withdrawn" });
}

/** The request, if this person may decide about it now. */
async function requestToDecide(ports: DecidePorts, { actor, requestId }: Click): Promise<Request | Refusal> {
  const checked = await checkActor(ports, actor, ports.settings.approvers);
  if (checked.kind === "refused") return checked;
  const use = mayUse(checked.standing);
  if (use.kind === "refused") return use;
  const request = await ports.store.read((stored) => stored.requests.find(requestId));
  const { approvers } = ports.settings;
  // Whether there is such a request is for approvers alone.
  if (!request?.needsApproval)
    return isApprover(checked) ? refused("unknown_request") : refused("not_approver", { approvers });
  const may = mayDecide(request, checked.ids, isApprover(checked), approvers);
  return may.kind === "refused" ? may : request;
}

async function refuseIfRequesterGone(ports: DecidePorts, { id, requesterId }: Request): Promise<Refusal | null> {
  const checked = await checkPerson(ports, requesterId, ports.settings.requesters);
  if (checked.kind === "refused") return checked;
  if (judgeRequester(ports.settings, checked).kind === "allowed") return null;
  await endForRequester(ports, id);
  return refused("requester_gone", { requesterId });
}

function record(ports: ChangePorts, { actor, requestId }: Click, verdict: Verdict): Promise<Outcome> {
  return changeAndSay(ports, {
    about: { requestId },
    decide: (recorded, at) => decideVerdict(recorded, verdict, { approverId: actor.userId, at }),
  });
}

/** What a verdict changes; whoever comes second learns who was first. */
export function decideVerdict({ request }: Recorded, verdict: Verdict, by: { approverId: string; at: number }) {
  if (request === null) return refused("unknown_request");
  const moved = judged(request, verdict, by);
  if (moved.kind === "refused") return moved;
  const about = { keyName: request.asked.keyName, requesterId: request.requesterId };
  return step(by.approverId, { request: moved, say: done(verdict.kind satisfies DoneCode, about) });
}

function judged(request: Request, verdict: Verdict, by: { approverId: string; at: number }) {
  switch (verdict.kind) {
    case "approved":
      return approve(request, { ...by, revealTtlMs: verdict.revealTtlMs });
    case "denied":
      return deny(request, { ...by, reason: verdict.reason });
    case "withdrawn":
      return withdraw(request, by);
  }
}
