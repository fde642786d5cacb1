import type { Permission } from "../permission";
import { type DecidedRule, decidedRules, fitsBucket, isForNamed, rulesFor } from "./judge";
import type { Policy, Rule } from "./rule";

/** What a choice in the form needs, before all of it is chosen: nobody's yes, somebody's for some buckets, or always somebody's. */
export type ChoiceNeed = { kind: "none" } | { kind: "some" } | { kind: "always"; rules: readonly DecidedRule[] };

/** What a permission needs on buckets that are named, whichever they are, or on all of them. An Admin key reaches all. */
export function needOfChoice(
  permission: Permission,
  scope: "named" | "all",
  policy: Pick<Policy, "rules">,
): ChoiceNeed {
  const access = { permission, buckets: ALL } as const;
  const counting = permission === "Admin" || scope === "all" ? rulesFor(access, policy) : forNamed(permission, policy);
  const decided = decidedRules(counting);
  if (decided.length === 0) return { kind: "none" };
  // All buckets need every rule that counts; of those for named ones, the bucket says which.
  const isAlways = scope === "all" || permission === "Admin" || decided.length === counting.length;
  return isAlways ? { kind: "always", rules: decided } : { kind: "some" };
}

/** Whether who decides about a permission depends on which buckets are named. */
export function isByBucket(permission: Permission, policy: Pick<Policy, "rules">): boolean {
  return forNamed(permission, policy).some(({ when }) => when.buckets?.some((pattern) => pattern !== ANY_OTHER));
}

const ALL = { kind: "all" } as const;

/** The rules that may count for a bucket: none of those behind one that fits all of them. */
function forNamed(permission: Permission, { rules }: Pick<Policy, "rules">): readonly Rule[] {
  const fitting = rules.filter((rule) => rule.when.permissions.includes(permission) && isForNamed(rule));
  const last = fitting.findIndex((rule) => fitsBucket(rule, ANY_OTHER));
  return last < 0 ? fitting : fitting.slice(0, last + 1);
}

/** No bucket is called so: it fits what any bucket fits. */
export const ANY_OTHER = "*";
