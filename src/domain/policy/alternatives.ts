import { type Access, PERMISSIONS, type Permission } from "../permission";
import { isForNamed, type Judged, judge } from "./judge";
import type { Policy } from "./rule";

/** What could be asked for in place of an access that no rule fits. */
export type Alternatives = {
  /** Patterns of the buckets that the permission can be asked for; `any`: of whichever bucket. */
  buckets: readonly string[] | "any";
  /** Lower permissions that can be asked for on the same buckets. */
  permissions: readonly Permission[];
};

/** What no rule fits, of an access. */
export type NoRule = {
  permission: Permission;
  buckets: Extract<Judged, { kind: "no_rule" }>["buckets"];
  instead: Alternatives;
};

/** What of an access no rule fits, and what could be asked for instead; null where rules fit all of it, or it names no bucket. */
export function withoutRule(access: Access, policy: Pick<Policy, "rules">): NoRule | null {
  const judged = judge(access, policy);
  if (judged.kind === "fits" || judged.buckets.length === 0) return null;
  const { permission } = access;
  return { permission, buckets: judged.buckets, instead: alternativesTo(access, policy) };
}

function alternativesTo(access: Access, policy: Pick<Policy, "rules">): Alternatives {
  const { permission, buckets } = access;
  const named = policy.rules.filter((rule) => rule.when.permissions.includes(permission) && isForNamed(rule));
  const isAny = named.some(({ when }) => when.buckets === null);
  const lower = PERMISSIONS.slice(0, PERMISSIONS.indexOf(permission)).filter((one) => one !== "Admin");
  return {
    buckets: isAny ? "any" : [...new Set(named.flatMap(({ when }) => when.buckets ?? []))],
    permissions: lower.filter((one) => judge({ permission: one, buckets }, policy).kind === "fits"),
  };
}
