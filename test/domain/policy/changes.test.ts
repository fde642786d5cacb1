import { changesBetween, type PolicyChange } from "../../../src/domain/policy/changes";
import type { Policy, Rule } from "../../../src/domain/policy/rule";

const PEOPLE = { users: ["UANN00001", "UBOB00001"], groups: ["S0STORAGE"] };

function rule(name: string, changes: Partial<Rule> = {}): Rule {
  const when = { permissions: ["Editor", "ReadOnly"] as const, buckets: ["prod-*", "logs"], allBuckets: false };
  return { name, when, ask: null, decide: { people: PEOPLE, count: 1 }, lasts: null, escalate: null, ...changes };
}

const BREAK_GLASS = { who: PEOPLE, lastsMs: 4, tellChannelId: "C0SECURITY" };
const policyOf = (rules: readonly Rule[], rest: Partial<Policy> = {}): Policy => {
  return { rules, maxKeysPerUser: 20, breakGlass: null, ...rest };
};

const [a, b, c] = [rule("a"), rule("b"), rule("c")];
const two = { people: PEOPLE, count: 2 };

test.each<[string, Policy, Policy, PolicyChange[]]>([
  ["nothing", policyOf([a, b]), policyOf([a, b]), []],
  ["a rule more", policyOf([a]), policyOf([b, a]), [{ kind: "rule_added", rule: b }]],
  ["a rule less", policyOf([a, b]), policyOf([b]), [{ kind: "rule_removed", rule: a }]],
  [
    "a rule that says something else",
    policyOf([a, b]),
    policyOf([a, rule("b", { decide: two, ask: PEOPLE })]),
    [{ kind: "rule_changed", before: b, after: rule("b", { decide: two, ask: PEOPLE }), parts: ["ask", "decide"] }],
  ],
  ["another order", policyOf([a, b, c]), policyOf([a, c, b]), [{ kind: "rules_reordered", names: ["a", "c", "b"] }]],
  [
    "another name",
    policyOf([a]),
    policyOf([b]),
    [
      { kind: "rule_added", rule: b },
      { kind: "rule_removed", rule: a },
    ],
  ],
  [
    "another number of keys",
    policyOf([a]),
    policyOf([a], { maxKeysPerUser: 5 }),
    [{ kind: "max_keys_changed", before: 20, after: 5 }],
  ],
  [
    "a way in without approvals",
    policyOf([a]),
    policyOf([a], { breakGlass: BREAK_GLASS }),
    [{ kind: "break_glass_changed", before: null, after: BREAK_GLASS }],
  ],
])("two policies differ in %s", (_what, before, after, expected) => {
  expect(changesBetween(before, after)).toEqual(expected);
});

test("in what order names stand in a list is no difference", () => {
  const shuffled = rule("a", {
    when: { allBuckets: false, permissions: ["ReadOnly", "Editor"], buckets: ["logs", "prod-*"] },
    decide: { count: 1, people: { groups: ["S0STORAGE"], users: ["UBOB00001", "UANN00001"] } },
  });
  expect(changesBetween(policyOf([a]), policyOf([shuffled]))).toEqual([]);
});

test("from no policy on, every rule is new, and so is who gets in without an approval", () => {
  const after = policyOf([a, b], { maxKeysPerUser: 5, breakGlass: BREAK_GLASS });
  expect(changesBetween(null, after).map(({ kind }) => kind)).toEqual([
    "break_glass_changed",
    "rule_added",
    "rule_added",
  ]);
});
