import type { Access } from "../permission";
import { type NoRule, withoutRule } from "./alternatives";
import { isNamedAmong, isShortOfDeciders, type Memberships, type PersonInGroups } from "./candidates";
import { decidedRules, fitsBucket, lastsBy, rulesFor } from "./judge";
import type { Policy, Rule } from "./rule";

/** One of the rules that count for a request. */
export type CountingRule = {
  rule: Rule;
  /** The buckets that it is the first to fit; none where a request for all buckets, or an Admin key, needs it. */
  buckets: readonly string[];
  mayAsk: boolean;
  /** Whether the request would be refused since too few others could decide, as far as it is known who could. */
  isShort: boolean;
};

/** What a policy says to a request, before anybody was asked. */
export type Explained =
  | ({ kind: "no_rule" } & NoRule)
  | {
      kind: "rules";
      /** Whether the request is taken: by each rule the person may ask, and others could decide. */
      isTaken: boolean;
      rules: readonly CountingRule[];
      lasts: ReturnType<typeof lastsBy>;
    };

/**
 * Says which rules count for somebody's request, and what each of them needs.
 * @param members who is in which group, as far as it is known: by it, "nobody could decide this" is found
 */
export function explain(
  policy: Pick<Policy, "rules">,
  { person, access, members = new Map() }: { person: PersonInGroups; access: Access; members?: Memberships },
): Explained {
  const without = withoutRule(access, policy);
  if (without !== null) return { kind: "no_rule", ...without };
  const counting = rulesFor(access, policy);
  const short = decidedRules(counting).filter((rule) => isShortOfDeciders(rule, person.ids, members));
  const fitted = firstFitted(access, counting);
  const rules = counting.map((rule): CountingRule => {
    const mayAsk = rule.ask === null || isNamedAmong(rule.ask, person);
    return { rule, buckets: fitted.get(rule) ?? [], mayAsk, isShort: short.some((one) => one === rule) };
  });
  const isTaken = rules.every(({ mayAsk, isShort }) => mayAsk && !isShort);
  return { kind: "rules", isTaken, rules, lasts: lastsBy(counting) };
}

function firstFitted({ permission, buckets }: Access, rules: readonly Rule[]): Map<Rule, string[]> {
  const fitted = new Map<Rule, string[]>();
  if (buckets.kind === "all") return fitted;
  for (const name of buckets.names) {
    const first = rules.find((rule) => rule.when.permissions.includes(permission) && fitsBucket(rule, name));
    if (first) fitted.set(first, [...(fitted.get(first) ?? []), name]);
  }
  return fitted;
}
