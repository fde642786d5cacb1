import { type Access, PERMISSIONS, type Permission } from "../permission";
import { isForNamed, type Judged, judge } from "./judge";
import type { Policy } from "./rule";

/** What could be asked for in place of an access that no rule fits. */
export type Alternatives = {
  /** Patterns of the buckets that the permission can be asked for; `any`: of whichever bucket. */
  buckets: readonly string[] | "any";
  /** Lower permissions that can be asked for on the same buckets. */
  permissions: readonly Permission[];
  /** Where there is neither: the strongest lower permission that can be asked for on some buckets; null where none can. */
  lower: { permission: Permission; buckets: readonly string[] | "any" } | null;
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

function alternativesTo({ permission, buckets }: Access, policy: Pick<Policy, "rules">): Alternatives {
  const lower = PERMISSIONS.slice(0, PERMISSIONS.indexOf(permission)).filter((one) => one !== "Admin");
  const same = {
    buckets: bucketsFor(permission, policy),
    permissions: lower.filter((one) => judge({ permission: one, buckets }, policy).kind === "fits"),
  };
  if (same.buckets.length > 0 || same.permissions.length > 0) return { ...same, lower: null };
  const others = lower.map((one) => ({ permission: one, buckets: bucketsFor(one, policy) }));
  return { ...same, lower: others.findLast((one) => one.buckets.length > 0) ?? null };
}

/** Patterns of the buckets that a permission can be asked for by name: an Admin key has none. */
function bucketsFor(permission: Permission, { rules }: Pick<Policy, "rules">): Alternatives["buckets"] {
  if (permission === "Admin") return [];
  const named = rules.filter((rule) => rule.when.permissions.includes(permission) && isForNamed(rule));
  if (named.some(({ when }) => when.buckets === null)) return "any";
  return [...new Set(named.flatMap(({ when }) => when.buckets ?? []))];
}
