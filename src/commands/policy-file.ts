import type { PolicyTest } from "../domain/policy/policy-test";
import type { Policy } from "../domain/policy/rule";
import { openPolicyFile } from "../policy-file/open";
import { formatMistakes, type Place, readPolicyFile } from "../policy-file/read";
import { type Invocation, UsageError } from "./command";

/** What a policy's file holds, and how a place in it is named, as in `policy.yaml:3:5`. */
export type PolicyFile = {
  policy: Policy;
  tests: readonly PolicyTest[];
  placeOfRule(name: string): string;
  placeOfTest(index: number): string;
};

/** The one file that a command names. @throws UsageError where it names none, or several */
export function onlyFile(files: readonly string[], command: string): string {
  const [file, ...more] = files;
  if (!file || more.length > 0) throw new UsageError(`Name one file, as in ${command} policy.yaml.`);
  return file;
}

/** Reads a policy's file. @returns null where it has mistakes, which are told then */
export function policyIn(file: string, { complain }: Pick<Invocation, "complain">): PolicyFile | null {
  const opened = openPolicyFile(file);
  if ("problem" in opened) {
    complain(`${file} ${opened.problem}.\n`);
    return null;
  }
  const reading = readPolicyFile(opened.text);
  if (!reading.ok) {
    complain(formatMistakes(file, reading.mistakes));
    return null;
  }
  const { policy, tests, places } = reading;
  const named = (place: Place | undefined) => (place ? `${file}:${place.line}:${place.column}` : file);
  return {
    policy,
    tests,
    placeOfRule: (name) => named(places.rules[policy.rules.findIndex((rule) => rule.name === name)]),
    placeOfTest: (index) => named(places.tests[index]),
  };
}
