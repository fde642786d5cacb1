import type { BreakGlass, Policy, Rule } from "./rule";

/** What a rule says, part by part. */
export const RULE_PARTS = ["when", "ask", "decide", "lasts", "escalate"] as const satisfies (keyof Rule)[];
export type RulePart = (typeof RULE_PARTS)[number];

/** One thing in which a policy differs from the one before it. A rule is known by its name. */
export type PolicyChange =
  | { kind: "rule_added"; rule: Rule }
  | { kind: "rule_removed"; rule: Rule }
  | { kind: "rule_changed"; before: Rule; after: Rule; parts: readonly RulePart[] }
  /** The rules that both have stand in another order, and the first that fits counts. */
  | { kind: "rules_reordered"; names: readonly string[] }
  | { kind: "max_keys_changed"; before: number; after: number }
  | { kind: "break_glass_changed"; before: BreakGlass | null; after: BreakGlass | null };

/** In what a policy differs from the one before it; from none, all of its rules are new, and so is who may break the glass. In what order names stand does not matter. */
export function changesBetween(before: Policy | null, after: Policy): PolicyChange[] {
  const old = new Map((before?.rules ?? []).map((rule) => [rule.name, rule]));
  const names = new Set(after.rules.map(({ name }) => name));
  const changes: PolicyChange[] = [];
  // First of all: what is told of many changes is cut at the end.
  const glassBefore = before?.breakGlass ?? null;
  if (!isSame(glassBefore, after.breakGlass))
    changes.push({ kind: "break_glass_changed", before: glassBefore, after: after.breakGlass });
  for (const rule of after.rules) {
    const was = old.get(rule.name);
    const parts = was === undefined ? [] : RULE_PARTS.filter((part) => !isSame(was[part], rule[part]));
    if (was === undefined) changes.push({ kind: "rule_added", rule });
    else if (parts.length > 0) changes.push({ kind: "rule_changed", before: was, after: rule, parts });
  }
  for (const rule of old.values()) if (!names.has(rule.name)) changes.push({ kind: "rule_removed", rule });
  const kept = after.rules.map(({ name }) => name).filter((name) => old.has(name));
  if (!isInOrder(kept, [...old.keys()])) changes.push({ kind: "rules_reordered", names: kept });
  if (before !== null && before.maxKeysPerUser !== after.maxKeysPerUser)
    changes.push({ kind: "max_keys_changed", before: before.maxKeysPerUser, after: after.maxKeysPerUser });
  return changes;
}

/** Whether names come in the order in which others have them. */
function isInOrder(names: readonly string[], order: readonly string[]): boolean {
  const places = names.map((name) => order.indexOf(name));
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** As text, in which lists of names and keys are sorted: each of them says the same in any order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  return `{${Object.entries(value)
    .map(([key, part]) => `${key}:${canonical(part)}`)
    .sort()
    .join()}}`;
}
