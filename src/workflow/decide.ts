import type { LessAccess } from "../domain/narrow";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { type Approved, brokenGlassLasts, type Delivered, type Pending, type Request } from "../domain/request";
import { deny, type Step, withdraw } from "../domain/request-steps";
import { MAX_DECISIONS } from "../domain/service-limits";
import { type Ballot, castVote } from "../domain/vote-steps";
import { type ChangePorts, changeAndSay } from "./change";
import { asOneLook, type CheckPorts, lookingFor } from "./check-person";
import { withItsKey } from "./end-request";
import { lookAtOthers, requestToDecide } from "./look-to-decide";
import { type DoneData, done, type Outcome } from "./outcome";
import { type Recorded, step } from "./step";

type Click = { actor: Actor; requestId: string };
export type DecidePorts = ChangePorts & CheckPorts;

/** What somebody who may decide says about a request. */
export type Verdict =
  | ({ kind: "approved" } & Omit<Ballot, "approverId" | "at">)
  | { kind: "denied"; reason: string }
  | { kind: "withdrawn" };

/** Says yes to a waiting request. Its key is made when it is approved and its requester reveals it. */
export function approveRequest(ports: DecidePorts, click: Click): Promise<Outcome> {
  return vote(ports, click, null);
}

/**
 * Says yes to a waiting request, or to less. Whoever says yes at the same moment is looked at too, so that none of both is lost
 * and none counts unseen.
 */
export async function vote(ports: DecidePorts, click: Click, less: LessAccess | null): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    const looking = asOneLook(ports);
    const found = await requestToDecide(looking, { ...click, less }, "approve");
    if (found.kind === "refused") return found;
    const others = await lookAtOthers(looking, found, less);
    if ("code" in others) return others;
    const { actor, policy } = found;
    const { revealTtlMs } = ports.settings.limits;
    const decided = await decideAs(ports, click, { kind: "approved", less, actor, policy, revealTtlMs, ...others });
    const isOvertaken = decided.kind === "refused" && decided.code === "somebody_was_faster";
    if (!isOvertaken || tries === MAX_DECISIONS) return decided;
  }
}

/** Whether somebody may still deny a request, before they are shown the form for the reason. */
export async function mayStillDeny(
  ports: DecidePorts,
  click: Click,
): Promise<{ kind: "may"; request: Request } | Refusal> {
  const found = await requestToDecide(lookingFor("form", ports), click, "deny");
  if (found.kind === "refused") return found;
  const { request } = found;
  const denied = deny(request, { approverId: click.actor.userId, at: ports.clock.now(), reason: "" });
  return denied.kind === "refused" ? denied : { kind: "may", request };
}

/** Denies a waiting request, whoever has said yes to it, with a reason that its requester reads. */
export async function denyRequest(ports: DecidePorts, click: Click & { reason: string }): Promise<Outcome> {
  const found = await requestToDecide(ports, click, "deny");
  return found.kind === "refused" ? found : decideAs(ports, click, { kind: "denied", reason: click.reason });
}

/** Takes an approval back before it is used. */
export async function withdrawApproval(ports: DecidePorts, click: Click): Promise<Outcome> {
  const found = await requestToDecide(ports, click, "withdraw");
  return found.kind === "refused" ? found : decideAs(ports, click, { kind: "withdrawn" });
}

/** Writes down what somebody said, who was looked at. */
function decideAs(ports: ChangePorts, { actor, requestId }: Click, verdict: Verdict): Promise<Outcome> {
  return changeAndSay(ports, {
    about: { requestId },
    decide: (recorded, at) => decideVerdict(recorded, verdict, { approverId: actor.userId, at }),
  });
}

/** What a verdict changes; whoever comes second learns who was first. */
export function decideVerdict(recorded: Recorded, verdict: Verdict, by: { approverId: string; at: number }) {
  const { request } = recorded;
  if (request === null) return refused("unknown_request");
  const about = { keyName: request.asked.keyName, requesterId: request.requesterId };
  switch (verdict.kind) {
    case "approved": {
      const moved = castVote(request, { ...verdict, ...by });
      if (moved.kind === "refused") return moved;
      return step(by.approverId, {
        request: { ...moved, outcome: outcomeOf(moved, verdict) },
        say: said(moved, verdict, about),
      });
    }
    case "denied": {
      const moved = deny(request, { ...by, reason: verdict.reason });
      if (moved.kind === "refused") return moved;
      return step(by.approverId, { request: moved, ...withItsKey(recorded, by.at), say: done("denied", about) });
    }
    case "withdrawn": {
      const moved = withdraw(request, by);
      if (moved.kind === "refused") return moved;
      // A call of its owner's that got no answer may have given it all the same.
      if (recorded.key?.accessChange?.kind === "widening" && request.asked.kind === "access")
        return refused("past_withdrawal", { request });
      const isGlass = brokenGlassLasts(request) !== null;
      const say = done("withdrawn", { ...about, isGlass });
      return step(by.approverId, { request: moved, ...withItsKey(recorded, by.at), say });
    }
  }
}

type Given = Pick<Ballot, "less">;

/** What whoever said yes reads. */
function said({ to }: Step<Pending | Approved | Delivered>, { less }: Given, about: DoneData["approved"]) {
  if (to.kind === "pending") return done("voted", about);
  return done(less === null ? "approved" : "approved_with_less", about);
}

/** What the event says: with less or not, and by which rules. */
function outcomeOf({ to }: Step<Pending | Approved | Delivered>, { less }: Given): string {
  if (to.kind === "pending") return less === null ? "voted" : "voted_with_less";
  return `${less === null ? "approved" : "with_less"} by ${to.approval.ruling.rules.join(", ")}`;
}
