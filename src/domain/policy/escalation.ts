import type { DecidedRule } from "./judge";
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
