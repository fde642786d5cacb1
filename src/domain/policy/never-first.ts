import { doPatternsMeet, isPatternWithin } from "./bucket-pattern";
import { isForNamed } from "./judge";
import type { Rule } from "./rule";

/** A rule that never counts as the first that fits: `by` name the earlier ones that fit all that it does. */
export type NeverFirst = {
  code: "never_first";
  rule: string;
  by: readonly string[];
  /** Whether requests for all buckets need it all the same. */
  countsForAll: boolean;
};

/** Two rules for some of the same buckets, of which neither holds the other: the first counts for those. */
export type Overlap = { code: "overlap"; first: string; second: string; patterns: readonly [string, string] };

/** Fits every bucket's name. */
const ANY = ["*"];

/**
 * Finds rules that earlier ones leave nothing. What it finds is so; it does not find all, since it only compares single
 * patterns with single patterns.
 */
export function findNeverFirst(rules: readonly Rule[]): NeverFirst[] {
  return rules.flatMap((rule, index) => {
    const by = takenBy(rule, rules.slice(0, index));
    if (by === null) return [];
    const countsForAll =
      isForNamed(rule) && rules.some((other) => other.when.allBuckets && sharePermission(rule, other));
    return [{ code: "never_first", rule: rule.name, by: [...new Set(by.map(({ name }) => name))], countsForAll }];
  });
}

/** The rules among earlier ones that fit before a rule whatever it fits; null where something is left to it. */
function takenBy(rule: Rule, earlier: readonly Rule[]): Rule[] | null {
  const taking: Rule[] = [];
  for (const permission of rule.when.permissions) {
    const before = earlier.filter(({ when }) => when.permissions.includes(permission));
    const takers =
      permission === "Admin"
        ? before.slice(0, 1)
        : [
            ...patternsOf(rule).map((pattern) => before.find((other) => holds(other, pattern))),
            ...(rule.when.allBuckets ? [before.find(({ when }) => when.allBuckets)] : []),
          ];
    const found = takers.filter((taker) => taker !== undefined);
    if (found.length === 0 || found.length < takers.length) return null;
    taking.push(...found);
  }
  return taking;
}

/** The patterns of the buckets by name that a rule is for: none where it is for all buckets only. */
function patternsOf(rule: Rule): readonly string[] {
  return isForNamed(rule) ? (rule.when.buckets ?? ANY) : [];
}

function holds(rule: Rule, pattern: string): boolean {
  return patternsOf(rule).some((outer) => isPatternWithin(pattern, outer));
}

function sharePermission(one: Rule, other: Rule): boolean {
  return one.when.permissions.some((permission) => other.when.permissions.includes(permission));
}

/**
 * Finds pairs of rules whose order decides about some buckets: both name patterns, and the first is not just a part of what
 * the second is for. One pair of patterns is named for each pair of rules.
 */
export function findOverlaps(rules: readonly Rule[]): Overlap[] {
  return rules.flatMap((first, index) =>
    rules.slice(index + 1).flatMap((second) => {
      const patterns = sharePermission(first, second) ? meeting(first.when.buckets, second.when.buckets) : null;
      return patterns === null ? [] : [{ code: "overlap" as const, first: first.name, second: second.name, patterns }];
    }),
  );
}

function meeting(first: Rule["when"]["buckets"], second: Rule["when"]["buckets"]): readonly [string, string] | null {
  for (const one of first ?? [])
    for (const other of second ?? [])
      if (doPatternsMeet(one, other) && !isPatternWithin(one, other)) return [one, other];
  return null;
}
