import type { EventName } from "./event";
import { whatHappened } from "./outcome-sentences";
import { type Refusal, refused } from "./refusal";
import type {
  Approval,
  Approved,
  Cancelled,
  Denied,
  Ended,
  Lapsed,
  Made,
  Making,
  Request,
  RequestState,
  RevealFailure,
  Withdrawn,
} from "./request";
import { isIn } from "./request";

/** A change that the rules allow: the state that follows, and the event that records it. */
export type Step<State extends RequestState = RequestState> = { kind: "moves"; to: State; event: EventName };

const NOTHING_CHANGED = " Nothing was changed.";

function moves<State extends RequestState>(to: State, event: EventName): Step<State> {
  return { kind: "moves", to, event };
}

function isLate(request: Request, at: number): boolean {
  const { state } = request;
  return (state.kind === "pending" || state.kind === "approved") && state.lapsesAt <= at;
}

const tooLate = (): Refusal =>
  refused("lapsed", "The time for this is over: the request has lapsed. Ask again with ", {
    kind: "code",
    text: "/tigris-key create",
  });

/** Takes a waiting request to approved, by a person. Who may do it is judged elsewhere. */
export function approve(
  request: Request,
  by: { approverId: string; at: number; revealTtlMs: number },
): Step<Approved> | Refusal {
  if (isLate(request, by.at)) return tooLate();
  if (!isIn(request, "pending")) return refused("already_decided", ...whatHappened(request), NOTHING_CHANGED);
  const approval: Approval = { by: { kind: "person", approverId: by.approverId }, at: by.at };
  const to: Approved = { kind: "approved", approval, lapsesAt: by.at + by.revealTtlMs, failure: null };
  return moves(to, "request.approved");
}

/** Takes a waiting request to denied. */
export function deny(request: Request, by: { approverId: string; at: number; reason: string }): Step<Denied> | Refusal {
  if (isLate(request, by.at)) return tooLate();
  if (!isIn(request, "pending")) return refused("already_decided", ...whatHappened(request), NOTHING_CHANGED);
  return moves({ kind: "denied", ...by }, "request.denied");
}

/** Gives up a request before its key is made; its requester's own step. */
export function cancel(request: Request, at: number): Step<Cancelled> | Refusal {
  if (isLate(request, at)) return tooLate();
  switch (request.state.kind) {
    case "pending":
    case "approved":
      return moves({ kind: "cancelled", at }, "request.cancelled");
    case "making":
      return refused("in_progress", ...whatHappened(request), " Wait a moment; you can delete it then.");
    default:
      return refused("already_ended", ...whatHappened(request), NOTHING_CHANGED);
  }
}

/** Takes an approval back before it is used; any approver's step. */
export function withdraw(request: Request, by: { approverId: string; at: number }): Step<Withdrawn> | Refusal {
  if (isLate(request, by.at)) return tooLate();
  switch (request.state.kind) {
    case "approved":
      return moves({ kind: "withdrawn", approval: request.state.approval, ...by }, "request.withdrawn");
    case "making":
    case "made":
      return refused(
        "in_progress",
        ...whatHappened(request),
        " It can no longer be withdrawn; delete the key instead.",
      );
    default:
      return refused("not_approved", ...whatHappened(request), NOTHING_CHANGED);
  }
}

/** Begins to make the key. What follows depends on Tigris and Slack. */
export function startMaking(request: Request, at: number): Step<Making> | Refusal {
  if (isLate(request, at)) return tooLate();
  switch (request.state.kind) {
    case "approved": {
      const { approval, lapsesAt } = request.state;
      return moves({ kind: "making", approval, lapsesAt, failure: null }, "attempt.started");
    }
    case "making":
      return refused("in_progress", ...whatHappened(request), " Its secret appears here in a moment.");
    case "made":
      return refused(
        "already_ended",
        ...whatHappened(request),
        " If its secret did not show up, press New secret on its card.",
      );
    default:
      return refused("not_approved", ...whatHappened(request), NOTHING_CHANGED);
  }
}

/** The secret was posted: the request has its key. */
export function finishMaking(request: Request<Making>, key: { accessKeyId: string; at: number }): Step<Made> {
  return moves({ kind: "made", approval: request.state.approval, ...key }, "key.posted");
}

/** An attempt gave no key: the approval can be used again, if there is time left. */
export function giveBack(request: Request<Making>, failure: RevealFailure): Step<Approved | Lapsed> {
  const { approval, lapsesAt } = request.state;
  if (lapsesAt <= failure.at)
    return moves({ kind: "lapsed", why: "unused", approval, at: failure.at }, "request.lapsed");
  return moves({ kind: "approved", approval, lapsesAt, failure }, "request.given_back");
}

/** Ends a request whose time is over; null while it is not. */
export function lapse(request: Request, at: number): Step<Lapsed> | null {
  const { state } = request;
  if (!isLate(request, at)) return null;
  if (state.kind === "pending")
    return moves({ kind: "lapsed", why: "undecided", approval: null, at }, "request.lapsed");
  if (state.kind === "approved")
    return moves({ kind: "lapsed", why: "unused", approval: state.approval, at }, "request.lapsed");
  return null;
}

/** The approval no longer holds. */
export function voidApproval(
  request: Request<Approved>,
  why: "approver_lost" | "policy_changed",
  at: number,
): Step<Lapsed> {
  return moves({ kind: "lapsed", why, approval: request.state.approval, at }, "request.lapsed");
}

/** The attempt gave no key that anybody holds: what it may have left behind is being deleted, and the request waits. */
export function noteFailure(request: Request<Making>, failure: RevealFailure): Step<Making> {
  return moves({ ...request.state, failure }, "request.attempt_failed");
}

/** Its requester may no longer ask for keys; null where nothing is open any more. */
export function end(request: Request, at: number): Step<Ended> | null {
  const { state } = request;
  if (state.kind === "pending") return moves({ kind: "ended", approval: null, at }, "request.ended");
  if (state.kind === "approved") return moves({ kind: "ended", approval: state.approval, at }, "request.ended");
  return null;
}
