import type { Actor } from "../domain/person";
import { needsApproval } from "../domain/policy";
import { type Refusal, refused } from "../domain/refusal";
import { approverOf, type Request } from "../domain/request";
import type { ChangePorts } from "./change";
import { type CheckPorts, checkActor, checkPerson, isApprover, judgeRequester } from "./check-person";
import { endApproval, endForRequester } from "./end-request";

/**
 * The fresh look before the approval of a request gives anything: at its requester, at its approver again, and at the policy.
 * Where it holds no more, the request ends, and with it a key that is off.
 * @param whyNow says what else is in the way at that moment, who may ask comes before it. `actor` is its requester; null where
 *   somebody else clicked, who was looked at already
 */
export async function whyNotUse(
  ports: ChangePorts & CheckPorts,
  { actor, request, whyNow }: { actor: Actor | null; request: Request; whyNow: () => Refusal | null },
): Promise<Refusal | null> {
  const { settings } = ports;
  const approval = "approval" in request.state ? request.state.approval : null;
  const approverId = approval && approverOf(approval);
  const [requester, approver] = await Promise.all([
    actor === null
      ? checkPerson(ports, request.requesterId, settings.requesters)
      : checkActor(ports, actor, settings.requesters),
    approverId ? checkPerson(ports, approverId, settings.approvers) : null,
  ]);
  if (requester.kind === "refused") return requester;
  const allowed = judgeRequester(settings, requester);
  if (allowed.kind === "refused") {
    await endForRequester(ports, request.id);
    return allowed;
  }
  const late = whyNow();
  if (late) return late;
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
