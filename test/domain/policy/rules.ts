import type { Access } from "../../../src/domain/permission";
import type { People } from "../../../src/domain/person";
import type { Rule, When } from "../../../src/domain/policy/rule";

/** Rules for tests, in which what is left out says nothing. */

const WHENEVER: When = { permissions: ["Editor", "ReadOnly"], buckets: null, allBuckets: false };

export function ruleOf(
  name: string,
  { when, ...rest }: Partial<Omit<Rule, "when">> & { when?: Partial<When> } = {},
): Rule {
  return { name, when: { ...WHENEVER, ...when }, ask: null, decide: null, lasts: null, escalate: null, ...rest };
}

export function users(...ids: string[]): People {
  return { users: ids, groups: [] };
}

export function groups(...ids: string[]): People {
  return { users: [], groups: ids };
}

export function by(people: People, count = 1): Pick<Rule, "decide"> {
  return { decide: { people, count } };
}

export const ADMIN: Partial<When> = { permissions: ["Admin"] };

export const adminKey: Access = { permission: "Admin", buckets: { kind: "all" } };

export function editor(...names: string[]): Access {
  return { permission: "Editor", buckets: names.length === 0 ? { kind: "all" } : { kind: "named", names } };
}
