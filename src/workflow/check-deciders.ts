import type { Access } from "../domain/permission";
import type { People } from "../domain/person";
import { type DecidedRule, decidedRules, rulesFor } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { everDecidersOf } from "../domain/policy/votes";
import { type Refusal, refused } from "../domain/refusal";
import { type CheckPorts, missingOf, othersAmong } from "./check-person";

/**
 * Who would decide by a rule: how many have to, and how many others than whoever asks could. `isAll` is whether Slack said of each
 * group who is in it: where it did not, there may be more of them.
 */
export type DecidersOfRule = { rule: string; people: People; count: number; others: number; isAll: boolean };

/** What is asked for, and all the ids of whoever asks. */
type Asking = { access: Access; policy: Policy; ids: readonly string[] };

/**
 * Who would have to approve an access, rule by rule; nobody where policy alone does.
 * @returns why nobody could, where a rule has too few others, or Slack doesn't say whether it has
 */
export async function decidersFor(
  ports: CheckPorts,
  { access, policy, ids }: Asking,
): Promise<DecidersOfRule[] | Refusal> {
  const all: DecidersOfRule[] = [];
  for (const rule of decidedRules(rulesFor(access, policy))) {
    const found = await decidersOfRule(ports, rule, ids);
    if ("code" in found) return found;
    all.push(found);
  }
  return all;
}

/** Where too few others could decide by a rule from the beginning, those who may after a while count too. */
async function decidersOfRule(
  ports: CheckPorts,
  rule: DecidedRule,
  ids: readonly string[],
): Promise<DecidersOfRule | Refusal> {
  const now = await enoughOthers(ports, { rule, people: rule.decide.people, ids });
  const isShort = "code" in now && now.code === "no_other_approver";
  return isShort && rule.escalate !== null ? enoughOthers(ports, { rule, people: everDecidersOf(rule), ids }) : now;
}

async function enoughOthers(
  ports: CheckPorts,
  { rule, people, ids }: { rule: DecidedRule; people: People; ids: readonly string[] },
): Promise<DecidersOfRule | Refusal> {
  const { count } = rule.decide;
  const others = await othersAmong(ports, people, ids);
  const found = { rule: rule.name, people, count, others: others.ids.length, isAll: others.missing.length === 0 };
  return found.others < count ? (missingOf(others.missing) ?? refused("no_other_approver", found)) : found;
}
