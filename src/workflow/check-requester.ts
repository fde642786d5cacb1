import type { Access } from "../domain/permission";
import { type Actor, type People, peopleOfAll } from "../domain/person";
import { withoutRule } from "../domain/policy/alternatives";
import { rulesFor } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { type Refusal, refused } from "../domain/refusal";
import { type Allowed, mayRequest, mayUse } from "../domain/who-may";
import { type CheckPorts, lookAtActor, lookAtPerson, type PersonLook } from "./check-person";

/** Who asks, as they were looked at, and the policy by which they were judged. */
export type Requester = Allowed & Pick<PersonLook, "ids" | "timeZone"> & { policy: Policy };

/**
 * Whether somebody may ask now: for an access, by every rule that counts for it.
 * @param access null where nothing is chosen yet: then some rule has to let them ask
 */
export async function requireRequester(
  ports: CheckPorts,
  actor: Actor,
  access: Access | null,
): Promise<Requester | Refusal> {
  const { policy } = await ports.policy.inForce();
  const look = await lookAtActor(ports, actor, askersOf(policy, access));
  return judgeLook(look, policy, access);
}

/** The same for somebody who is not here to click. */
export async function checkRequester(ports: CheckPorts, userId: string, access: Access): Promise<Requester | Refusal> {
  const { policy } = await ports.policy.inForce();
  return judgeLook(await lookAtPerson(ports, userId, askersOf(policy, access)), policy, access);
}

function judgeLook(look: PersonLook | Refusal, policy: Policy, access: Access | null): Requester | Refusal {
  if (look.kind === "refused") return look;
  const judged = judgeRequester(look, policy, access);
  return judged.kind === "refused" ? judged : { ...judged, ids: look.ids, timeZone: look.timeZone, policy };
}

/** Whether a refusal says that somebody may not ask, and not that nobody can tell now, or that no rule fits. */
export function isAboutThem({ code }: Refusal): boolean {
  return code !== "not_checked" && code !== "look_refused" && code !== "no_rule";
}

/** The lists among which whoever asks is looked for: none where nothing is chosen yet, and some rule lets everybody ask. */
export function askersOf({ rules }: Policy, access: Access | null): People[] {
  if (access === null && rules.some(({ ask }) => ask === null)) return [];
  const counting = access === null ? rules : rulesFor(access, { rules });
  return counting.flatMap(({ ask }) => ask ?? []);
}

/**
 * What a look at somebody means for what they ask, or have asked for. Whether rules fit it comes last, since that says nothing
 * about them.
 */
export function judgeRequester(look: PersonLook, policy: Policy, access: Access | null): Allowed | Refusal {
  const use = mayUse(look.standing);
  if (use.kind === "refused") return use;
  if (access === null) return mayAskForSomething(look, policy);
  for (const { ask, name } of rulesFor(access, policy)) {
    const isNamed = ask === null || look.isAmong(ask);
    if (typeof isNamed !== "boolean") return isNamed;
    const may = mayRequest(isNamed, ask, isOfAll(ask, policy) ? null : name);
    if (may.kind === "refused") return may;
  }
  const without = withoutRule(access, policy);
  return without ? refused("no_rule", without) : use;
}

/** Whether every rule lets the same people ask: then it says nothing about this one. */
function isOfAll(ask: People | null, { rules }: Policy): boolean {
  return rules.every((rule) => JSON.stringify(rule.ask) === JSON.stringify(ask));
}

function mayAskForSomething({ isAmong }: PersonLook, { rules }: Policy): Allowed | Refusal {
  const asks = rules.map(({ ask }) => ask);
  if (asks.includes(null)) return { kind: "allowed" };
  const lists = asks.filter((ask) => ask !== null);
  const named = lists.map((ask) => isAmong(ask));
  if (named.includes(true)) return { kind: "allowed" };
  return named.find((one) => typeof one !== "boolean") ?? mayRequest(false, peopleOfAll(lists), null);
}
