import { runPolicyTests } from "../domain/policy/run-policy-tests";
import { parsed, type Run } from "./command";
import { onlyFile, policyIn } from "./policy-file";
import { accessInWords, counted, expectationInWords } from "./policy-words";

/** Runs the tests that stand in a policy's file. It asks nobody anything, so it runs anywhere. */
export const policyTest: Run = async ({ args, say, complain }) => {
  const { positionals } = parsed({ args: [...args], allowPositionals: true });
  const file = onlyFile(positionals, "policy test");
  const read = policyIn(file, { complain });
  if (read === null) return 1;
  const results = runPolicyTests(read.policy, read.tests);
  for (const [index, { test, got, isPassed }] of results.entries()) {
    if (isPassed) continue;
    const asked = `${test.person} asks for ${accessInWords(test.access)}`;
    say(
      `${read.placeOfTest(index)}: ${asked}: expected ${expectationInWords(test.expect)}, got ${expectationInWords(got)}.\n`,
    );
  }
  const failed = results.filter(({ isPassed }) => !isPassed).length;
  say(`${counted(results.length, "test")}, ${failed === 0 ? "none failed" : `${failed} failed`}.\n`);
  return failed === 0 ? 0 : 1;
};
