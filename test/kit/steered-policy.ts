import type { People } from "../../src/domain/person";
import type { Policy, Rule } from "../../src/domain/policy/rule";
import type { PolicyPort } from "../../src/workflow/policy-port";

/** A policy port whose rules a test changes, as a reload would. */
export type SteeredPolicy = PolicyPort & { rules: readonly Rule[] };

export function steeredPolicy(rules: readonly Rule[]): SteeredPolicy {
  const policyOf = (): Policy => ({ rules: steered.rules, maxKeysPerUser: 20, breakGlass: null });
  const steered: SteeredPolicy = {
    rules,
    inForce: async () => ({ policy: policyOf(), digest: JSON.stringify(steered.rules) }),
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
