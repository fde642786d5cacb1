import type { LessAccess } from "../domain/narrow";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import type { Request } from "../domain/request";
import { approve, approveLess, deny, withdraw } from "../domain/request-steps";
import { mayDecide, mayUse } from "../domain/who-may";
import { type ChangePorts, changeAndSay } from "./change";
import { type CheckPorts, checkActor, checkPerson, isApprover, judgeRequester, lookingFor } from "./check-person";
import { endForRequester, withItsKey } from "./end-request";
import { type DoneCode, done, type Outcome } from "./outcome";
import { type Recorded, step } from "./step";

type Click = { actor: Actor; requestId: string };
export type DecidePorts = ChangePorts & CheckPorts;

/** What an approver says about a request. */
export type Verdict =
  | { kind: "approved"; revealTtlMs: number }
  | { kind: "approved_with_less"; revealTtlMs: number; access: LessAccess }
  | { kind: "denied"; reason: string }
  | { kind: "withdrawn" };

/** Approves a waiting request. The key is made when its requester reveals it. */
export async function approveRequest(ports: DecidePorts, click: Click): Promise<Outcome> {
  const request = await requestToApprove(ports, click);
  if ("code" in request) return request;
  const { revealTtlMs } = ports.settings.policy;
  return decideAs(ports, click, { kind: "approved", revealTtlMs });
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
  return "code" in request ? request : decideAs(ports, click, { kind: "denied", reason: click.reason });
}

/** Takes an approval back before it is used. */
export async function withdrawApproval(ports: DecidePorts, click: Click): Promise<Outcome> {
  const request = await requestToDecide(ports, click);
  return "code" in request ? request : decideAs(ports, click, { kind: "withdrawn" });
}

/** The request, if this person may decide about it now. */
export async function requestToDecide(ports: DecidePorts, { actor, requestId }: Click): Promise<Request | Refusal> {
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

/** The same where they may approve it: whoever asked may still have keys. */
export async function requestToApprove(ports: DecidePorts, click: Click): Promise<Request | Refusal> {
  const request = await requestToDecide(ports, click);
  if ("code" in request) return request;
  return (await refuseIfRequesterGone(ports, request)) ?? request;
}

async function refuseIfRequesterGone(ports: DecidePorts, { id, requesterId }: Request): Promise<Refusal | null> {
  const checked = await checkPerson(ports, requesterId, ports.settings.requesters);
  if (checked.kind === "refused") return checked;
  if (judgeRequester(ports.settings, checked).kind === "allowed") return null;
  await endForRequester(ports, id);
  return refused("requester_gone", { requesterId });
}

/** Writes down what an approver said, who was looked at. */
export function decideAs(ports: ChangePorts, { actor, requestId }: Click, verdict: Verdict): Promise<Outcome> {
  return changeAndSay(ports, {
    about: { requestId },
    decide: (recorded, at) => decideVerdict(recorded, verdict, { approverId: actor.userId, at }),
  });
}

/** What a verdict changes; whoever comes second learns who was first. */
export function decideVerdict(recorded: Recorded, verdict: Verdict, by: { approverId: string; at: number }) {
  const { request } = recorded;
  if (request === null) return refused("unknown_request");
  const moved = judged(request, verdict, by);
  if (moved.kind === "refused") return moved;
  const about = { keyName: request.asked.keyName, requesterId: request.requesterId };
  const own = verdict.kind === "withdrawn" ? withItsKey(recorded, by.at) : {};
  const outcome = verdict.kind === "approved_with_less" ? { outcome: "with_less" } : {};
  return step(by.approverId, {
    request: { ...moved, ...outcome },
    ...own,
    say: done(verdict.kind satisfies DoneCode, about),
  });
}

function judged(request: Request, verdict: Verdict, by: { approverId: string; at: number }) {
  switch (verdict.kind) {
    case "approved":
      return approve(request, { ...by, revealTtlMs: verdict.revealTtlMs });
    case "approved_with_less":
      return approveLess(request, { ...by, revealTtlMs: verdict.revealTtlMs, access: verdict.access });
    case "denied":
      return deny(request, { ...by, reason: verdict.reason });
    case "withdrawn":
      return withdraw(request, by);
  }
}
