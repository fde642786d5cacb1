import { explain } from "./explain";
import type { Expectation, PolicyTest } from "./policy-test";
import type { Policy } from "./rule";

/** How a case of a policy's file ended: `got` is what the policy says. */
export type TestResult = { test: PolicyTest; got: Expectation; isPassed: boolean };

/** Runs the cases of a policy's file. Nobody is asked anything: people are in the groups that their case names. */
export function runPolicyTests(policy: Pick<Policy, "rules">, tests: readonly PolicyTest[]): TestResult[] {
  return tests.map((test) => {
    const got = saidTo(policy, test);
    return { test, got, isPassed: isSame(got, test.expect) };
  });
}

function saidTo(policy: Pick<Policy, "rules">, { person, groups, access }: PolicyTest): Expectation {
  const explained = explain(policy, { person: { ids: [person], groups }, access });
  if (explained.kind === "no_rule" || !explained.isTaken) return { kind: "refused" };
  const counts = explained.rules.flatMap(({ rule }) =>
    rule.decide === null ? [] : [[rule.name, rule.decide.count] as const],
  );
  return counts.length === 0 ? { kind: "none" } : { kind: "approvals", counts: Object.fromEntries(counts) };
}

function isSame(got: Expectation, expected: Expectation): boolean {
  if (got.kind !== "approvals" || expected.kind !== "approvals") return got.kind === expected.kind;
  const names = Object.keys(got.counts);
  return (
    names.length === Object.keys(expected.counts).length &&
    names.every((name) => expected.counts[name] === got.counts[name])
  );
}
