import { isOpenTimeOver } from "./due";
import type { EventName } from "./event";
import { DELIVERY_TIME_MS } from "./limits";
import { type Refusal, refused } from "./refusal";
import { askAgainFrom } from "./reminders";
import type {
  Approval,
  Approved,
  Cancelled,
  Delivered,
  Denied,
  Lapsed,
  Made,
  Making,
  Pending,
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

/** A step to a state, with the event that records it. */
export function moves<State extends RequestState>(to: State, event: EventName): Step<State> {
  return { kind: "moves", to, event };
}

/** Whether the time of an open request is over. */
export function isLate(request: Request, at: number): boolean {
  const { state } = request;
  const isOpen = state.kind === "pending" || state.kind === "approved" || state.kind === "delivered";
  return isOpen && isOpenTimeOver(state.lapsesAt, at);
}

/** The approvers are reminded of it. */
export function noteReminded(request: Request<Pending>, reminded: "first" | "last"): Step<Pending> {
  return moves({ ...request.state, reminded }, "request.reminded");
}

/** Others may decide it by now, and are told. @param next the rules of which they are, and when it is the next ones' turn */
export function noteEscalated(
  request: Request<Pending>,
  next: { told: readonly string[]; nextAt: number | null },
): Step<Pending> {
  return moves({ ...request.state, escalated: next.told, escalatesAt: next.nextAt }, "request.escalated");
}

/** Its requester has the approvers reminded of it; its requester's own step, once an hour. */
export function askAgain(request: Request, at: number): Step<Pending> | Refusal {
  if (isLate(request, at)) return refused("lapsed");
  if (!isIn(request, "pending")) return refused("already_decided", { request });
  const from = askAgainFrom(request, at);
  if (from !== null) return refused("reminded_lately", { keyName: request.asked.keyName, from });
  return moves({ ...request.state, askedAgainAt: at }, "request.reminded");
}

/** Takes a waiting request to denied. */
export function deny(request: Request, by: { approverId: string; at: number; reason: string }): Step<Denied> | Refusal {
  if (isLate(request, by.at)) return refused("lapsed");
  if (!isIn(request, "pending")) return refused("already_decided", { request });
  return moves({ kind: "denied", ...by }, "request.denied");
}

/** Gives up a request whose key is not on; its requester's own step. */
export function cancel(request: Request, at: number): Step<Cancelled> | Refusal {
  if (isLate(request, at)) return refused("lapsed");
  switch (request.state.kind) {
    case "pending":
    case "approved":
    case "delivered":
      return moves({ kind: "cancelled", at }, "request.cancelled");
    case "making":
      return refused("being_made", { request, tried: "cancel" });
    default:
      return refused("already_ended", { request });
  }
}

/** Takes an approval back before its key is on; any approver's step. */
export function withdraw(request: Request, by: { approverId: string; at: number }): Step<Withdrawn> | Refusal {
  if (isLate(request, by.at)) return refused("lapsed");
  switch (request.state.kind) {
    case "approved":
    case "delivered":
      return moves({ kind: "withdrawn", approval: request.state.approval, ...by }, "request.withdrawn");
    case "making":
    case "made":
      return refused("past_withdrawal", { request });
    default:
      return refused("not_approved", { request });
  }
}

/**
 * Begins to make the key. What follows depends on Tigris and Slack.
 * @param again whether it is to be another key in place of one that is off
 */
export function startMaking(request: Request, at: number, again = false): Step<Making> | Refusal {
  if (isLate(request, at)) return refused("lapsed");
  switch (request.state.kind) {
    case "approved":
      return moves({ kind: "making", ...usableOf(request.state) }, "attempt.started");
    case "delivered":
      return again
        ? moves({ kind: "making", ...usableOf(request.state) }, "attempt.started")
        : refused("secret_shown", { request });
    case "making":
      return refused("being_made", { request, tried: "reveal" });
    case "made":
      return refused("already_made", { request });
    default:
      return refused("not_approved", { request });
  }
}

function usableOf({ approval, lapsesAt, isExtended }: Approved | Making | Delivered) {
  return { approval, lapsesAt, isExtended };
}

/** Its key is there, and off. In the last hour of an approval it is given another hour, once: whoever holds a secret needs time. */
export function deliver(request: Request<Making>, key: { accessKeyId: string; at: number }): Step<Delivered> {
  const { approval, lapsesAt, isExtended } = request.state;
  const isShort = !isExtended && lapsesAt - key.at < DELIVERY_TIME_MS;
  const until = isShort ? { lapsesAt: key.at + DELIVERY_TIME_MS, isExtended: true } : { lapsesAt, isExtended };
  return moves({ kind: "delivered", approval, ...until, ...key, refusal: null, named: "not_yet" }, "key.delivered");
}

/** Its owner holds the secret: the approval is used up, whatever Tigris answers. */
export function spendApproval(request: Request<Delivered>, at: number): Step<Made> {
  const { approval, accessKeyId } = request.state;
  return moves({ kind: "made", approval, accessKeyId, at }, "request.used_up");
}

/** What was asked about a key is done, or begun: the approval is used up, whatever Tigris answers. */
export function spendOnKey(request: Request<Approved | Making>, key: { accessKeyId: string; at: number }): Step<Made> {
  return moves({ kind: "made", approval: request.state.approval, ...key }, "request.used_up");
}

/** Tigris refused to switch its key on, so the approval can be used again, until then. */
export function giveUseBack(
  request: Request<Made>,
  refusal: { tigrisCode: string; at: number },
  lapsesAt: number,
): Step<Delivered> {
  const { approval, accessKeyId, at } = request.state;
  const key = { accessKeyId, at, refusal, named: "first" as const };
  return moves({ kind: "delivered", approval, lapsesAt, isExtended: true, ...key }, "request.given_back");
}

/** What was to be switched on was not, and can't be. */
export function voidUse(request: Request<Made | Making>, why: VoidReason, at: number): Step<Lapsed> {
  return moves({ kind: "lapsed", why, approval: request.state.approval, at }, "request.lapsed");
}

/** Its requester is told that its key is still off. */
export function nameStillOff(request: Request<Delivered>, named: "first" | "last"): Step<Delivered> {
  return moves({ ...request.state, named }, "request.still_off");
}

/** The new secret was posted: the request has what it asked for. */
export function finishMaking(request: Request<Making>, key: { accessKeyId: string; at: number }): Step<Made> {
  return moves({ kind: "made", approval: request.state.approval, ...key }, "key.posted");
}

/** An attempt gave nothing to use: the approval can be used again, if there is time left. */
export function giveBack(request: Request<Making>, failure: RevealFailure): Step<Approved | Lapsed> {
  const { approval, lapsesAt } = request.state;
  if (isOpenTimeOver(lapsesAt, failure.at))
    return moves({ kind: "lapsed", why: "unused", approval, at: failure.at }, "request.lapsed");
  return moves({ kind: "approved", ...usableOf(request.state), failure }, "request.given_back");
}

/** Ends a request whose time is over; null while it is not. */
export function lapse(request: Request, at: number): Step<Lapsed> | null {
  if (!isLate(request, at)) return null;
  if (isIn(request, "pending"))
    return moves({ kind: "lapsed", why: "undecided", approval: null, at }, "request.lapsed");
  if (isIn(request, "approved") || isIn(request, "delivered"))
    return moves({ kind: "lapsed", why: "unused", approval: request.state.approval, at }, "request.lapsed");
  return null;
}

/** The approval no longer holds. */
export function voidApproval(request: Request<Approved | Delivered>, why: VoidReason, at: number): Step<Lapsed> {
  return moves({ kind: "lapsed", why, approval: request.state.approval, at }, "request.lapsed");
}

/** The key that it is about, or that it owns, is going or gone; null where nothing is open any more. */
export function endForKey({ state }: Request, at: number): Step<Lapsed> | null {
  const gone = (approval: Approval | null) =>
    moves<Lapsed>({ kind: "lapsed", why: "key_gone", approval, at }, "request.lapsed");
  if (state.kind === "pending") return gone(null);
  const hasApproval = state.kind === "approved" || state.kind === "making" || state.kind === "delivered";
  return hasApproval ? gone(state.approval) : null;
}

/** Its requester may no longer ask for keys; null where nothing is open any more. */
export function endForRequester(request: Request, at: number): Step<RequesterGone> | null {
  const gone = (approval: Approval | null) =>
    moves<RequesterGone>({ kind: "requester_gone", approval, at }, "request.requester_gone");
  if (isIn(request, "pending")) return gone(null);
  return isIn(request, "approved") || isIn(request, "delivered") ? gone(request.state.approval) : null;
}
