import { type Access, type BucketScope, PERMISSIONS, type Permission } from "../permission";
import { nameInBoth } from "./bucket-pattern";
import { decidedRules, judge } from "./judge";
import type { Policy } from "./rule";

/** A stronger permission that fewer people have to approve than a weaker one, for the same buckets. */
export type LessForStronger = {
  code: "less_for_stronger";
  stronger: Permission;
  weaker: Permission;
  /** A bucket for which it is so, perhaps a made-up one; null: all buckets. */
  bucket: string | null;
  /** How many different people each needs. */
  counts: { stronger: number; weaker: number };
};

/** A permission that can be had for all buckets, but not for this one alone. */
export type AllButNotEach = { code: "all_but_not_each"; permission: Permission; bucket: string };

type Need = { rules: string; count: number };

/** Finds such permissions, by buckets that fit the patterns: what it finds is so; it need not be all. */
export function findLessForStronger(policy: Pick<Policy, "rules">): LessForStronger[] {
  const scopes = [...samples(policy), ALL];
  const found = new Map<string, LessForStronger>();
  for (const scope of scopes)
    for (const [weaker, stronger] of PAIRS) {
      const [less, more] = [needOf(stronger, scope, policy), needOf(weaker, scope, policy)];
      if (less === null || more === null || less.count >= more.count) continue;
      const bucket = scope.kind === "all" ? null : (scope.names[0] ?? null);
      const key = JSON.stringify([weaker, stronger, less.rules, more.rules]);
      const counts = { stronger: less.count, weaker: more.count };
      // One bucket for each pair of rules says it.
      if (!found.has(key)) found.set(key, { code: "less_for_stronger", stronger, weaker, bucket, counts });
    }
  return [...found.values()];
}

/** Finds permissions that more can be had of than less, by the same buckets. */
export function findAllButNotEach(policy: Pick<Policy, "rules">): AllButNotEach[] {
  return (["ReadOnly", "Editor"] as const).flatMap((permission) => {
    if (needOf(permission, ALL, policy) === null) return [];
    const refused = samples(policy).find((buckets) => needOf(permission, buckets, policy) === null);
    return refused ? [{ code: "all_but_not_each" as const, permission, bucket: refused.names.join() }] : [];
  });
}

const ALL = { kind: "all" } as const;

/** A bucket for each pattern and for each two that meet, as far as that is not too many, and one besides. */
function samples({ rules }: Pick<Policy, "rules">): Extract<BucketScope, { kind: "named" }>[] {
  const patterns = [...new Set(rules.flatMap(({ when }) => when.buckets ?? []))];
  const names = new Set(["x", ...patterns.map((pattern) => pattern.replaceAll("*", "x"))]);
  const most = names.size + MOST_PAIRS;
  // Whatever fits a pattern without a star is that name.
  const open = patterns.filter((pattern) => pattern.includes("*"));
  for (const [index, one] of open.entries())
    for (const other of open.slice(index + 1)) {
      const name = names.size < most ? nameInBoth(one, other) : null;
      if (name !== null) names.add(name);
    }
  return [...names].map((name) => ({ kind: "named", names: [name] }));
}

/** So many pairs of patterns are tried: each is judged for each permission. */
const MOST_PAIRS = 500;

/** Each permission with each that is stronger. */
const PAIRS = PERMISSIONS.flatMap((weaker, index) =>
  PERMISSIONS.slice(index + 1).map((stronger) => [weaker, stronger] as const),
);

/** How many different people a permission needs; null where it is refused, or not for such buckets. */
function needOf(permission: Permission, buckets: BucketScope, policy: Pick<Policy, "rules">): Need | null {
  const access = accessOf(permission, buckets);
  const judged = access === null ? null : judge(access, policy);
  if (judged?.kind !== "fits") return null;
  const count = Math.max(0, ...decidedRules(judged.rules).map(({ decide }) => decide.count));
  return { rules: JSON.stringify(judged.rules.map(({ name }) => name)), count };
}

function accessOf(permission: Permission, buckets: BucketScope): Access | null {
  if (permission !== "Admin") return { permission, buckets };
  return buckets.kind === "all" ? { permission, buckets } : null;
}
