import { isIn, type VoidReason } from "../domain/request";
import { endForRequester as endStep, lapse, voidApproval } from "../domain/request-steps";
import { type ChangePorts, change } from "./change";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

/** Ends a request whose requester may no longer ask for keys, and tells the approver who had said yes. */
export async function endForRequester(ports: ChangePorts, requestId: string): Promise<void> {
  await change(ports, {
    about: { requestId },
    decide: ({ request }, at) => {
      const ended = request && endStep(request, at);
      return ended ? step("bot", { request: ended }) : NO_CHANGE;
    },
  });
}

/** Ends an approval that no longer holds. */
export async function endApproval(ports: ChangePorts, requestId: string, why: VoidReason): Promise<void> {
  await change(ports, {
    about: { requestId },
    decide: ({ request }, at) =>
      request && isIn(request, "approved")
        ? step("bot", { request: { ...voidApproval(request, why, at), outcome: why } })
        : NO_CHANGE,
  });
}

/** Lapses a request that nobody decided, or an approval that nobody used, in time. */
export async function lapseRequest(ports: ChangePorts, requestId: string): Promise<void> {
  await change(ports, { about: { requestId }, decide: decideLapse });
}

/** What is late lapses; what is not, or is no longer open, stays. */
export function decideLapse({ request }: Recorded, at: number): Step {
  const lapsed = request && lapse(request, at);
  return lapsed ? step("bot", { request: lapsed }) : NO_CHANGE;
}
