import type { Expectation, PolicyTest } from "../../../src/domain/policy/policy-test";
import { runPolicyTests } from "../../../src/domain/policy/run-policy-tests";
import { by, editor, groups, ruleOf, users } from "./rules";

const rules = [
  ruleOf("prod", { when: { buckets: ["prod-*"] }, ask: groups("S0PLATFORM"), ...by(groups("S0STORAGE"), 2) }),
  ruleOf("logs", { when: { buckets: ["*-logs"] }, ...by(users("U0ANN")) }),
  ruleOf("rest", { when: { buckets: ["dev"] } }),
];
const PLATFORM = ["S0PLATFORM"];
const needs = (counts: Record<string, number>): Expectation => ({ kind: "approvals", counts });
const NONE: Expectation = { kind: "none" };
const REFUSED: Expectation = { kind: "refused" };

const testOf = (buckets: string[], expect: Expectation, of: Partial<PolicyTest> = {}): PolicyTest => {
  return { person: "U0DANA", groups: PLATFORM, access: editor(...buckets), expect, ...of };
};

test.each([
  ["one rule", testOf(["prod-a"], needs({ prod: 2 })), needs({ prod: 2 })],
  ["two rules, and one that needs nobody", testOf(["prod-a", "b-logs", "dev"], NONE), needs({ prod: 2, logs: 1 })],
  ["a rule that needs nobody", testOf(["dev"], NONE), NONE],
  ["what no rule fits", testOf(["other"], REFUSED), REFUSED],
  ["somebody who may not ask", testOf(["prod-a"], REFUSED, { groups: ["S0OTHERS"] }), REFUSED],
  ["the only one who could decide", testOf(["b-logs"], needs({ logs: 1 }), { person: "U0ANN" }), REFUSED],
])("%s: what is said to it", (_, test, got) => {
  expect(runPolicyTests({ rules }, [test])).toEqual([{ test, got, isPassed: expect.any(Boolean) }]);
});

test.each([
  [needs({ prod: 2 }), true],
  [needs({ prod: 1 }), false],
  [needs({ prod: 2, logs: 1 }), false],
  [needs({ logs: 2 }), false],
  [NONE, false],
  [REFUSED, false],
])("where two have to say yes by the rule prod, %j passes: %s", (expected, isPassed) => {
  expect(runPolicyTests({ rules }, [testOf(["prod-a"], expected)])).toMatchObject([{ isPassed }]);
});

test("an expectation that leaves out a rule fails", () => {
  expect(runPolicyTests({ rules }, [testOf(["prod-a", "b-logs"], needs({ prod: 2 }))])).toMatchObject([
    { isPassed: false },
  ]);
});
