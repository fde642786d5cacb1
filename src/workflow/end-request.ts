import { drop } from "../domain/key-steps";
import {
  type Approved,
  type Delivered,
  isIn,
  ownedKeyId,
  type Request,
  type RequestState,
  type VoidReason,
} from "../domain/request";
import { endForRequester as endStep, lapse, voidApproval } from "../domain/request-steps";
import { goBack } from "../domain/vote-steps";
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
  const isOwned = request !== null && key !== null && ownedKeyId(request) === key.accessKeyId;
  const dropped = isOwned ? drop(key, at) : null;
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

/**
 * Has an approval that needs more than it has wait again, and those who decide told of it; its key stays off meanwhile. What
 * waited again before ends.
 * @returns `waits` where it waits by now
 */
export async function sendBack(
  ports: ChangePorts,
  { id, state: seen }: Request,
  back: Omit<Parameters<typeof goBack>[1], "at">,
): Promise<"waits" | "ended"> {
  const changed = await change(ports, {
    about: { requestId: id },
    // Another approval than the one that was looked at is for the next look.
    decide: (recorded, at) =>
      isSameApproval(recorded.request?.state, seen) ? decideBack(recorded, { ...back, at }) : NO_CHANGE,
  });
  const now = changed.kind === "changed" ? changed.after.request : null;
  return now !== null && isIn(now, "pending") ? "waits" : "ended";
}

function isSameApproval(now: RequestState | undefined, seen: RequestState): boolean {
  const given = [now, seen].map((state) => (state && "approval" in state ? state.approval?.at : undefined));
  return given[0] !== undefined && given[0] === given[1];
}

/** What was approved and is not used yet waits again, or ends with its key. */
export function decideBack(recorded: Recorded, back: Parameters<typeof goBack>[1]): Step {
  const { request } = recorded;
  if (request === null || !isVoidable(request)) return NO_CHANGE;
  const moved = goBack(request, back);
  if (moved.to.kind !== "pending")
    return step("bot", { request: { ...moved, outcome: back.why.kind }, ...withItsKey(recorded, back.at) });
  return step("bot", {
    request: { ...moved, outcome: back.why.kind },
    tell: [{ kind: "reminder", requestId: request.id, byId: null, why: "waits_again" }],
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
