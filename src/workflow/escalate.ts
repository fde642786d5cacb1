import { isDue, MOST_AHEAD_MS } from "../domain/due";
import { escalatedBy, nextEscalationAt, rulesThatTellOthers } from "../domain/policy/escalation";
import { decidedRules, rulesFor } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { grantedAccess, isIn } from "../domain/request";
import { isLate, noteEscalated } from "../domain/request-steps";
import { WAITING_AT_ONCE } from "../domain/service-limits";
import { moveEscalation } from "../domain/vote-steps";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";
import type { WaitingPlace } from "./store-port";

/**
 * Looks anew at when others may decide about what waits, by a policy that has come in force: a rule that said nothing of it when
 * it was asked for may say so now. One request after the other, so that it holds nothing up; done again, it changes nothing.
 * @param before the policy that was in force before; those whom it named by a rule have to be told again where that names others now
 */
export async function setEscalationsAnew(
  ports: ChangePorts,
  policy: Pick<Policy, "rules">,
  before: Policy | null,
): Promise<void> {
  const others = before === null ? new Set<string>() : rulesThatTellOthers(before, policy);
  const next = (after: WaitingPlace | null) =>
    ports.store.read((record) => record.requests.waitingAfter(after, WAITING_AT_ONCE));
  for (let page = await next(null); page.last !== null; page = await next(page.last))
    for (const { id } of page.requests.filter((one) => moveEscalation(one, policy, others) !== null))
      await change(ports, {
        about: { requestId: id },
        decide: (recorded, at) => decideAnew(recorded, { policy, others, at }),
      });
}

function decideAnew(
  { request }: Recorded,
  { policy, others, at }: { policy: Pick<Policy, "rules">; others: ReadonlySet<string>; at: number },
): Step {
  const moved = request === null || isLate(request, at) ? null : moveEscalation(request, policy, others);
  return moved ? step("bot", { request: { ...moved, outcome: "policy_changed" } }) : NO_CHANGE;
}

/** Tells others that they may decide about a request that has waited for long enough. Who may is judged without it. */
export async function escalateRequest(
  ports: ChangePorts & Pick<CheckPorts, "policy">,
  requestId: string,
): Promise<void> {
  const { policy } = await ports.policy.inForce();
  await change(ports, { about: { requestId }, decide: (recorded, at) => decideEscalation(recorded, policy, at) });
}

/** By the rules of now: those of each rule are told once. */
export function decideEscalation({ request }: Recorded, policy: Pick<Policy, "rules">, at: number): Step {
  if (request === null || !isIn(request, "pending") || isLate(request, at)) return NO_CHANGE;
  const { escalatesAt, escalated } = request.state;
  if (escalatesAt === null || !isDue(escalatesAt, at, MOST_AHEAD_MS.escalate)) return NO_CHANGE;
  const { askedAt, id } = request;
  const rules = decidedRules(rulesFor(grantedAccess(request), policy));
  const names = escalatedBy(rules, { waitedMs: at - askedAt, told: escalated }).map(({ name }) => name);
  const told = [...escalated, ...names];
  const noted = noteEscalated(request, { told, nextAt: nextEscalationAt(rules, { askedAt, told }) });
  return step("bot", {
    request: { ...noted, outcome: names.join(", ") || "nobody" },
    tell: names.length === 0 ? [] : [{ kind: "escalation", requestId: id, rules: names }],
  });
}
