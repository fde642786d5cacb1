import { isOpenTimeOver } from "./due";
import type { EventName } from "./event";
import { type Refusal, refused } from "./refusal";
import type {
  Approval,
  Approved,
  Cancelled,
  Denied,
  Lapsed,
  Made,
  Making,
  Request,
  RequesterGone,
  RequestState,
  RevealFailure,
  VoidReason,
  Withdrawn,
} from "./request";
import { isIn } from "./request";

/** A change that the rules allow: the state that follows, and the event that records it. */
export type Step<State extends RequestState = RequestState> = { kind: "moves"; to: State; event: EventName };

function moves<State extends RequestState>(to: State, event: EventName): Step<State> {
  return { kind: "moves", to, event };
}

/** Whether the time of an open request is over. */
export function isLate(request: Request, at: number): boolean {
  const { state } = request;
  return (state.kind === "pending" || state.kind === "approved") && isOpenTimeOver(state.lapsesAt, at);
}

/** Takes a waiting request to approved, by a person. Who may do it is judged elsewhere. */
export function approve(
  request: Request,
  by: { approverId: string; at: number; revealTtlMs: number },
): Step<Approved> | Refusal {
  if (isLate(request, by.at)) return refused("lapsed");
  if (!isIn(request, "pending")) return refused("already_decided", { request });
  const approval: Approval = { by: { kind: "person", approverId: by.approverId }, at: by.at };
  const to: Approved = { kind: "approved", approval, lapsesAt: by.at + by.revealTtlMs, failure: null };
  return moves(to, "request.approved");
}

/** Takes a waiting request to denied. */
export function deny(request: Request, by: { approverId: string; at: number; reason: string }): Step<Denied> | Refusal {
  if (isLate(request, by.at)) return refused("lapsed");
  if (!isIn(request, "pending")) return refused("already_decided", { request });
  return moves({ kind: "denied", ...by }, "request.denied");
}

/** Gives up a request before its key is made; its requester's own step. */
export function cancel(request: Request, at: number): Step<Cancelled> | Refusal {
  if (isLate(request, at)) return refused("lapsed");
  switch (request.state.kind) {
    case "pending":
    case "approved":
      return moves({ kind: "cancelled", at }, "request.cancelled");
    case "making":
      // After a failure nothing of this attempt is delivered any more: only what it left behind is put right.
      return request.state.failure === null
        ? refused("being_made", { request, tried: "cancel" })
        : moves({ kind: "cancelled", at }, "request.cancelled");
    default:
      return refused("already_ended", { request });
  }
}

/** Takes an approval back before it is used; any approver's step. */
export function withdraw(request: Request, by: { approverId: string; at: number }): Step<Withdrawn> | Refusal {
  if (isLate(request, by.at)) return refused("lapsed");
  switch (request.state.kind) {
    case "approved":
      return moves({ kind: "withdrawn", approval: request.state.approval, ...by }, "request.withdrawn");
    case "making":
      if (request.state.failure === null) return refused("past_withdrawal", { request });
      return moves({ kind: "withdrawn", approval: request.state.approval, ...by }, "request.withdrawn");
    case "made":
      return refused("past_withdrawal", { request });
    default:
      return refused("not_approved", { request });
  }
}

/** Begins to make the key. What follows depends on Tigris and Slack. */
export function startMaking(request: Request, at: number): Step<Making> | Refusal {
  if (isLate(request, at)) return refused("lapsed");
  switch (request.state.kind) {
    case "approved": {
      const { approval, lapsesAt } = request.state;
      return moves({ kind: "making", approval, lapsesAt, failure: null }, "attempt.started");
    }
    case "making":
      return refused("being_made", { request, tried: "reveal" });
    case "made":
      return refused("already_made", { request });
    default:
      return refused("not_approved", { request });
  }
}

/** The secret was posted: the request has its key. */
export function finishMaking(request: Request<Making>, key: { accessKeyId: string; at: number }): Step<Made> {
  return moves({ kind: "made", approval: request.state.approval, ...key }, "key.posted");
}

/** An attempt gave no key: the approval can be used again, if there is time left. */
export function giveBack(request: Request<Making>, failure: RevealFailure): Step<Approved | Lapsed> {
  const { approval, lapsesAt } = request.state;
  if (isOpenTimeOver(lapsesAt, failure.at))
    return moves({ kind: "lapsed", why: "unused", approval, at: failure.at }, "request.lapsed");
  return moves({ kind: "approved", approval, lapsesAt, failure }, "request.given_back");
}

/** Ends a request whose time is over; null while it is not. */
export function lapse(request: Request, at: number): Step<Lapsed> | null {
  if (!isLate(request, at)) return null;
  if (isIn(request, "pending"))
    return moves({ kind: "lapsed", why: "undecided", approval: null, at }, "request.lapsed");
  if (isIn(request, "approved"))
    return moves({ kind: "lapsed", why: "unused", approval: request.state.approval, at }, "request.lapsed");
  return null;
}

/** The approval no longer holds. */
export function voidApproval(request: Request<Approved>, why: VoidReason, at: number): Step<Lapsed> {
  return moves({ kind: "lapsed", why, approval: request.state.approval, at }, "request.lapsed");
}

/** The attempt gave no key that anybody holds: what it may have left behind is being deleted, and the request waits. */
export function noteFailure(request: Request<Making>, failure: RevealFailure): Step<Making> {
  return moves({ ...request.state, failure }, "request.attempt_failed");
}

/** The key that a new secret was asked of is going or gone; null where nothing is open any more. */
export function endForKey({ state }: Request, at: number): Step<Lapsed> | null {
  const gone = (approval: Approval | null) =>
    moves<Lapsed>({ kind: "lapsed", why: "key_gone", approval, at }, "request.lapsed");
  if (state.kind === "pending") return gone(null);
  return state.kind === "approved" || state.kind === "making" ? gone(state.approval) : null;
}

/** Its requester may no longer ask for keys; null where nothing is open any more. */
export function endForRequester(request: Request, at: number): Step<RequesterGone> | null {
  const gone = (approval: Approval | null) =>
    moves<RequesterGone>({ kind: "requester_gone", approval, at }, "request.requester_gone");
  if (isIn(request, "pending")) return gone(null);
  return isIn(request, "approved") ? gone(request.state.approval) : null;
}
