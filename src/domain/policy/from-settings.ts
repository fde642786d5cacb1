import type { Permission } from "../permission";
import type { People } from "../person";
import type { Deciders, Policy, Rule, When } from "./rule";

/** What an approval can be asked for (`APPROVAL_FOR`). `editor` and `readonly` cover their `-all` too. */
export const APPROVAL_CLASSES = ["admin", "editor-all", "editor", "readonly-all", "readonly"] as const;
export type ApprovalClass = (typeof APPROVAL_CLASSES)[number];

/** What says who may do what where there is no policy's file. */
export type PolicySettings = {
  approvalFor: readonly ApprovalClass[];
  approvers: People;
  /** Null: every full member may ask. */
  requesters: People | null;
  maxKeysPerUser: number;
};

/** The permissions besides Admin, each with what an approval is asked for where it is for all buckets only, or for any. */
const KINDS = [
  { permission: "Editor", forAll: "editor-all", forAny: "editor" },
  { permission: "ReadOnly", forAll: "readonly-all", forAny: "readonly" },
] as const;

/** The policy that the settings of a bot without a policy's file amount to: it judges by the same rules as one that has a file. */
export function policyFromSettings({ approvalFor, approvers, requesters, maxKeysPerUser }: PolicySettings): Policy {
  const by: Deciders = { people: approvers, count: 1 };
  const rule = (of: Pick<Rule, "name" | "decide"> & { when: When }): Rule => {
    return { ...of, ask: requesters, lasts: null, escalate: null };
  };
  const whatever = (permissions: readonly Permission[], decide: Deciders | null) => {
    const when = { permissions, buckets: [ANY_BUCKET], allBuckets: true };
    return permissions.length === 0 ? [] : [rule({ name: permissions.join(" and "), when, decide })];
  };
  const byScope = (permissions: readonly Permission[]) => {
    const name = permissions.join(" and ");
    const all = { permissions, buckets: null, allBuckets: true };
    const named = { permissions, buckets: null, allBuckets: false };
    if (permissions.length === 0) return [];
    return [
      rule({ name: `${name} for all buckets`, when: all, decide: by }),
      rule({ name: `${name} for named buckets`, when: named, decide: null }),
    ];
  };
  const needs = KINDS.map(({ permission, forAll, forAny }) => {
    const need = approvalFor.includes(forAny) ? "always" : approvalFor.includes(forAll) ? "all" : "never";
    return { permission, need };
  });
  const those = (need: string) => needs.filter((one) => one.need === need).map(({ permission }) => permission);
  const admin = rule({
    name: "Admin",
    when: { permissions: ["Admin"], buckets: null, allBuckets: false },
    decide: by,
  });
  const rules = [admin, ...whatever(those("always"), by), ...byScope(those("all")), ...whatever(those("never"), null)];
  return { rules, maxKeysPerUser, breakGlass: null };
}

/** Fits every bucket's name. */
const ANY_BUCKET = "*";
