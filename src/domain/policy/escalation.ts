import { changesBetween } from "./changes";
import type { DecidedRule } from "./judge";
import type { Policy } from "./rule";
import { isEscalated } from "./votes";

/** The rules by which others may decide too by now, and who were not told of it yet. */
export function escalatedBy(
  rules: readonly DecidedRule[],
  { waitedMs, told }: { waitedMs: number; told: readonly string[] },
) {
  return rules.filter((rule) => isEscalated(rule, waitedMs) && !told.includes(rule.name));
}

/** When others may decide next, in milliseconds since 1970; null where nobody else will. */
export function nextEscalationAt(
  rules: readonly DecidedRule[],
  { askedAt, told }: { askedAt: number; told: readonly string[] },
): number | null {
  const due = rules.flatMap(({ name, escalate }) =>
    escalate === null || told.includes(name) ? [] : [askedAt + escalate.afterMs],
  );
  return due.length === 0 ? null : Math.min(...due);
}

/** The rules, by name, that tell others after a while than they did in the policy before. */
export function rulesThatTellOthers(before: Policy, after: Pick<Policy, "rules">): ReadonlySet<string> {
  const changes = changesBetween(before, { ...before, rules: after.rules });
  return new Set(
    changes.flatMap((one) => (one.kind === "rule_changed" && one.parts.includes("escalate") ? [one.after.name] : [])),
  );
}
