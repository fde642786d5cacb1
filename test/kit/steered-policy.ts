import type { People } from "../../src/domain/person";
import type { BreakGlass, Policy, Rule } from "../../src/domain/policy/rule";
import type { PolicyPort } from "../../src/workflow/policy-port";

/** A policy port whose rules and break glass a test changes, as a reload would. */
export type SteeredPolicy = PolicyPort & { rules: readonly Rule[]; breakGlass: BreakGlass | null };

export function steeredPolicy(rules: readonly Rule[]): SteeredPolicy {
  const policyOf = (): Policy => ({ rules: steered.rules, maxKeysPerUser: 20, breakGlass: steered.breakGlass });
  const steered: SteeredPolicy = {
    rules,
    breakGlass: null,
    inForce: async () => ({ policy: policyOf(), digest: JSON.stringify(policyOf()) }),
  };
  return steered;
}

export const people = (...users: string[]): People => ({ users, groups: [] });

/** A rule of people who work in the tests' workspace, with everything else as a quiet default. */
export function rule(
  name: string,
  when: Partial<Rule["when"]>,
  changes: Partial<Omit<Rule, "when" | "name">> = {},
): Rule {
  const base = { permissions: ["Editor", "ReadOnly"], buckets: null, allBuckets: false } as const;
  return { name, when: { ...base, ...when }, ask: null, decide: null, lasts: null, escalate: null, ...changes };
}
