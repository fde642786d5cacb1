import type { Access } from "../permission";
import { isBucketMatch } from "./bucket-pattern";
import type { Deciders, Policy, Rule } from "./rule";

/** The rules of a policy that count for an access, in the policy's order; or what of it no rule fits, which refuses it. */
export type Judged =
  | { kind: "fits"; rules: readonly [Rule, ...Rule[]] }
  | { kind: "no_rule"; buckets: readonly string[] | "all" };

/**
 * Judges an access: for each bucket by itself the first rule that fits it counts. All buckets need the first rule that is for
 * them, and besides what every bucket that there could be needs: more buckets never need less.
 */
export function judge(access: Access, { rules }: Pick<Policy, "rules">): Judged {
  const fitting = rules.filter(({ when }) => when.permissions.includes(access.permission));
  // Whatever a policy says, nobody gets an Admin key without somebody's yes.
  if (access.permission === "Admin") return counting(decidedRules(fitting.slice(0, 1)), "all");
  if (access.buckets.kind === "all") {
    const first = fitting.find(({ when }) => when.allBuckets);
    return counting(first ? fitting.filter((rule) => rule === first || isForNamed(rule)) : [], "all");
  }
  const firsts = access.buckets.names.map((name) => ({ name, rule: fitting.find((rule) => fitsBucket(rule, name)) }));
  const without = firsts.filter(({ rule }) => rule === undefined).map(({ name }) => name);
  return without.length > 0
    ? { kind: "no_rule", buckets: without }
    : counting(
        fitting.filter((one) => firsts.some(({ rule }) => rule === one)),
        [],
      );
}

function counting([first, ...others]: readonly Rule[], without: readonly string[] | "all"): Judged {
  return first ? { kind: "fits", rules: [first, ...others] } : { kind: "no_rule", buckets: without };
}

/** Whether a rule fits a bucket that was named. */
export function fitsBucket(rule: Rule, bucket: string): boolean {
  const { buckets } = rule.when;
  return buckets === null ? isForNamed(rule) : buckets.some((pattern) => isBucketMatch(pattern, bucket));
}

/** Whether a rule is for buckets that are named: for some of them, or for any where it is not for all buckets only. */
export function isForNamed({ when }: Pick<Rule, "when">): boolean {
  return when.buckets !== null || !when.allBuckets;
}

/** The rules that count for an access; none where it is refused. */
export function rulesFor(access: Access, policy: Pick<Policy, "rules">): readonly Rule[] {
  const judged = judge(access, policy);
  return judged.kind === "fits" ? judged.rules : [];
}

/** Whether people have to say yes to such an access. An Admin key has no rule without, as every policy is read. */
export function needsPeople(access: Access, policy: Pick<Policy, "rules">): boolean {
  return decidedRules(rulesFor(access, policy)).length > 0;
}

/** A rule that has people decide. */
export type DecidedRule = Rule & { decide: Deciders };

/** The rules among these by which people have to say yes: none where policy alone approves. */
export function decidedRules(rules: readonly Rule[]): DecidedRule[] {
  return rules.filter((rule): rule is DecidedRule => rule.decide !== null);
}

/** How long a key by these rules may live: the shortest of each counts. Null: it needs no end. */
export function lastsBy(rules: readonly Rule[]): { defaultMs: number | null; longestMs: number | null } {
  const all = rules.flatMap(({ lasts }) => lasts ?? []);
  const longestMs = shortest(all.map((lasts) => lasts.longestMs));
  return { defaultMs: shortest([...all.map((lasts) => lasts.defaultMs), longestMs]), longestMs };
}

/** What a policy says of an access, to be recorded: the rules that count, by name, and how long its key may live. */
export type Ruling = { rules: readonly string[]; lasts: { defaultMs: number | null; longestMs: number | null } };

/** Of what was asked for before there were rules. */
export const NO_RULING: Ruling = { rules: [], lasts: { defaultMs: null, longestMs: null } };

/** What is recorded of the rules that count: those by which people decide, where there are any. */
export function rulingOf(rules: readonly Rule[]): Ruling {
  const decided = decidedRules(rules);
  return { rules: (decided.length > 0 ? decided : rules).map(({ name }) => name), lasts: lastsBy(rules) };
}

function shortest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}
