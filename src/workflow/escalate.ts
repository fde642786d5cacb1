import { isDue, MOST_AHEAD_MS } from "../domain/due";
import { escalatedBy, nextEscalationAt } from "../domain/policy/escalation";
import { decidedRules, rulesFor } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { grantedAccess, isIn } from "../domain/request";
import { isLate, noteEscalated } from "../domain/request-steps";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

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
