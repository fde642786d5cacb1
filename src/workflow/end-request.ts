import { drop } from "../domain/key-steps";
import { type Approved, type Delivered, isIn, type Request, type VoidReason } from "../domain/request";
import { endForRequester as endStep, lapse, voidApproval } from "../domain/request-steps";
import { type ChangePorts, change } from "./change";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

/** Ends a request whose requester may no longer ask for keys, and tells the approver who had said yes. */
export async function endForRequester(ports: ChangePorts, requestId: string): Promise<void> {
  await change(ports, {
    about: { requestId },
    decide: (recorded, at) => {
      const ended = recorded.request && endStep(recorded.request, at);
      return ended ? step("bot", { request: ended, ...withItsKey(recorded, at) }) : NO_CHANGE;
    },
  });
}

/** What becomes of the key that a request owns when it ends: it was never on, so it goes with it. */
export function withItsKey({ request, key }: Recorded, at: number): Pick<Step, "key"> {
  const isOwned = request?.state.kind === "delivered" && request.state.accessKeyId === key?.accessKeyId;
  const dropped = isOwned && key ? drop(key, at) : null;
  return dropped ? { key: dropped } : {};
}

/** Ends an approval that no longer holds. */
export async function endApproval(ports: ChangePorts, requestId: string, why: VoidReason): Promise<void> {
  await change(ports, {
    about: { requestId },
    decide: (recorded, at) => {
      const { request } = recorded;
      return request && isVoidable(request)
        ? step("bot", { request: { ...voidApproval(request, why, at), outcome: why }, ...withItsKey(recorded, at) })
        : NO_CHANGE;
    },
  });
}

function isVoidable(request: Request): request is Request<Approved | Delivered> {
  return isIn(request, "approved") || isIn(request, "delivered");
}

/** Lapses a request that nobody decided, or an approval that nobody used, in time. */
export async function lapseRequest(ports: ChangePorts, requestId: string): Promise<void> {
  await change(ports, { about: { requestId }, decide: decideLapse });
}

/** What is late lapses; what is not, or is no longer open, stays. */
export function decideLapse(recorded: Recorded, at: number): Step {
  const lapsed = recorded.request && lapse(recorded.request, at);
  return lapsed ? step("bot", { request: lapsed, ...withItsKey(recorded, at) }) : NO_CHANGE;
}
