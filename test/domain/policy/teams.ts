import type { Access } from "../../../src/domain/permission";
import type { People } from "../../../src/domain/person";
import type { Policy, Rule } from "../../../src/domain/policy/rule";

export const people = (...users: string[]): People => ({ users, groups: [] });

/** A rule for named buckets, with everything else as a quiet default. */
export function rule(name: string, changes: Partial<Rule> & { buckets?: readonly string[] } = {}): Rule {
  const { buckets = null, ...rest } = changes;
  return {
    name,
    when: { permissions: ["Editor", "ReadOnly"], buckets, allBuckets: false },
    ask: null,
    decide: null,
    lasts: null,
    escalate: null,
    ...rest,
  };
}

export const ADMIN_RULE = rule("admin", {
  when: { permissions: ["Admin"], buckets: null, allBuckets: false },
  decide: { people: people("USEC", "UANN"), count: 2 },
});

/** The storage team decides about production, two of security about Admin, and nobody about the rest. */
export const TEAMS: Policy = {
  rules: [
    rule("production data", { buckets: ["prod-*"], decide: { people: people("UANN", "UBOB", "UCAL"), count: 2 } }),
    rule("logs", { buckets: ["logs-*"], decide: { people: people("UCAL", "UDORA"), count: 1 } }),
    ADMIN_RULE,
    rule("everything else"),
  ],
  maxKeysPerUser: 20,
  breakGlass: null,
};

export const editorOn = (...names: string[]): Access => ({ permission: "Editor", buckets: { kind: "named", names } });
