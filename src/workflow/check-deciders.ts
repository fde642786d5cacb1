import type { Access } from "../domain/permission";
import type { People } from "../domain/person";
import { decidedRules, rulesFor } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { type Refusal, refused } from "../domain/refusal";
import { type CheckPorts, othersAmong } from "./check-person";

/** Who would decide by a rule: how many have to, and how many others than whoever asks could. */
export type DecidersOfRule = { rule: string; people: People; count: number; others: number };

/** What is asked for, and all the ids of whoever asks. */
type Asking = { access: Access; policy: Policy; ids: readonly string[] };

/**
 * Who would have to approve an access, rule by rule; nobody where policy alone does.
 * @returns why nobody could, where a rule has too few others, or Slack doesn't say
 */
export async function decidersFor(
  ports: CheckPorts,
  { access, policy, ids }: Asking,
): Promise<DecidersOfRule[] | Refusal> {
  const all: DecidersOfRule[] = [];
  for (const { name: rule, decide } of decidedRules(rulesFor(access, policy))) {
    const others = await othersAmong(ports, decide.people, ids);
    if ("code" in others) return others;
    const deciders = { rule, people: decide.people, count: decide.count, others: others.length };
    if (others.length < decide.count) return refused("no_other_approver", deciders);
    all.push(deciders);
  }
  return all;
}
