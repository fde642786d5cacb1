import type { Actor } from "../domain/person";
import type { BreakGlass, Policy } from "../domain/policy/rule";
import { type Refusal, refused } from "../domain/refusal";
import { mayUse } from "../domain/who-may";
import { type CheckPorts, lookAtActor, lookAtPerson, type PersonLook } from "./check-person";

/** Who breaks the glass, as they were looked at, and by what they may. */
export type GlassBreaker = { kind: "allowed"; glass: BreakGlass; ids: readonly string[]; policy: Policy };

/**
 * Whether somebody may break the glass now: a full member whom the policy in force names for it. Where Slack does not say who
 * is in a group, whoever is named by id still may.
 */
export async function requireGlassBreaker(ports: CheckPorts, actor: Actor): Promise<GlassBreaker | Refusal> {
  const { policy } = await ports.policy.inForce();
  return judge(await lookAtActor(ports, actor, listsOf(policy)), policy);
}

/** The same for somebody who is not here to click. */
export async function checkGlassBreaker(ports: CheckPorts, userId: string): Promise<GlassBreaker | Refusal> {
  const { policy } = await ports.policy.inForce();
  return judge(await lookAtPerson(ports, userId, listsOf(policy)), policy);
}

function listsOf({ breakGlass }: Policy) {
  return breakGlass === null ? [] : [breakGlass.who];
}

function judge(look: PersonLook | Refusal, policy: Policy): GlassBreaker | Refusal {
  if (look.kind === "refused") return look;
  const use = mayUse(look.standing);
  if (use.kind === "refused") return use;
  const { breakGlass: glass } = policy;
  if (glass === null) return refused("no_break_glass");
  const isNamed = look.isAmong(glass.who);
  if (typeof isNamed !== "boolean") return isNamed;
  return isNamed
    ? { kind: "allowed", glass, ids: look.ids, policy }
    : refused("may_not_break_glass", { who: glass.who });
}
