import type { Actor } from "../domain/person";
import { withoutRule } from "../domain/policy/alternatives";
import { rulesFor } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { countingVotes, isDecided, type Looked, tally, type Vote } from "../domain/policy/votes";
import { type Refusal, refused } from "../domain/refusal";
import {
  approversOf,
  type BackReason,
  brokenGlassLasts,
  grantedAccess,
  type Request,
  votesOf,
} from "../domain/request";
import { needsFor } from "../domain/vote-steps";
import type { ChangePorts } from "./change";
import { checkGlassBreaker, requireGlassBreaker } from "./check-glass-breaker";
import { type CheckPorts, lookAtActor, lookAtPerson, type PersonLook } from "./check-person";
import { askersOf, isAboutThem, judgeRequester } from "./check-requester";
import { endApproval, endForRequester, sendBack } from "./end-request";
import { lookAtVoters } from "./look-to-decide";

type UsePorts = ChangePorts & CheckPorts;

/**
 * The fresh look before the approval of a request gives anything: at its requester, at everybody who said yes, and at the
 * policy of now. What needs more than it has waits again, with its votes and its key, or ends where it has done so before.
 * @param whyNow says what else is in the way at that moment, who may ask comes before it. `actor` is its requester; null where
 *   somebody else clicked, who was looked at already
 */
export async function whyNotUse(
  ports: UsePorts,
  { actor, request, whyNow }: { actor: Actor | null; request: Request; whyNow: () => Refusal | null },
): Promise<Refusal | null> {
  if (brokenGlassLasts(request) !== null) return whyGlassNotUsed(ports, { actor, request, whyNow });
  const { policy } = await ports.policy.inForce();
  const access = grantedAccess(request);
  const needs = needsFor(request, policy, ports.clock.now());
  const votes = "approval" in request.state && request.state.approval ? votesOf(request.state.approval) : [];
  const askers = askersOf(policy, access);
  const [requester, voters] = await Promise.all([
    actor === null ? lookAtPerson(ports, request.requesterId, askers) : lookAtActor(ports, actor, askers),
    lookAtVoters(ports, votes, needs),
  ]);
  if (requester.kind === "refused") return requester;
  const gone = await whyRequesterGone(ports, { request, requester, policy });
  if (gone) return gone;
  const late = whyNow();
  if (late) return late;
  if ("code" in voters) return voters;
  const tallies = tally(needs, votes, { requesterIds: requester.ids, voters });
  if (rulesFor(access, policy).length > 0 && isDecided(tallies)) return null;
  return lacking(ports, { request, policy, votes: countingVotes(tallies, votes), voters });
}

/** Of a broken glass nobody has said yes: whoever broke it still may, or what they got by it ends. */
async function whyGlassNotUsed(
  ports: UsePorts,
  { actor, request, whyNow }: Parameters<typeof whyNotUse>[1],
): Promise<Refusal | null> {
  const breaker = await (actor === null
    ? checkGlassBreaker(ports, request.requesterId)
    : requireGlassBreaker(ports, actor));
  if (breaker.kind === "allowed") return whyNow();
  if (!isAboutThem(breaker)) return breaker;
  const isTheirRole = breaker.code === "may_not_break_glass" || breaker.code === "no_break_glass";
  if (isTheirRole) await endApproval(ports, request.id, "may_not_break_glass");
  else await endForRequester(ports, request.id);
  return breaker;
}

/** Whether rules fit it is judged with the votes: it says nothing about who asked. */
async function whyRequesterGone(
  ports: UsePorts,
  { request, requester, policy }: { request: Request; requester: PersonLook; policy: Policy },
): Promise<Refusal | null> {
  const allowed = judgeRequester(requester, policy, grantedAccess(request));
  if (allowed.kind === "allowed" || allowed.code === "no_rule") return null;
  if (!isAboutThem(allowed)) return allowed;
  await endForRequester(ports, request.id);
  return allowed;
}

/** A vote that counts no more is a lost one; where all of them count, the policy asks for more. */
async function lacking(
  ports: UsePorts,
  seen: { request: Request; policy: Policy; votes: readonly Vote[]; voters: ReadonlyMap<string, Looked> },
): Promise<Refusal> {
  const { request, policy, votes } = seen;
  const { requestTtlMs } = ports.settings.limits;
  const given = "approval" in request.state && request.state.approval ? approversOf(request.state.approval) : [];
  const [lost] = given.filter((id) => seen.voters.has(id) && !votes.some(({ approverId }) => approverId === id));
  const why: BackReason = lost === undefined ? { kind: "policy_changed" } : { kind: "approver_lost", approverId: lost };
  const rules = rulesFor(grantedAccess(request), policy);
  const without = withoutRule(grantedAccess(request), policy);
  if (without) {
    await endApproval(ports, request.id, "no_rule");
    return refused("no_rule", without);
  }
  const back = await sendBack(ports, request, { why, votes, rules, requestTtlMs });
  if (back === "waits") return refused("waits_again", { keyName: request.asked.keyName, why });
  return lost === undefined ? refused("policy_changed") : refused("approver_lost", { approverId: lost });
}
