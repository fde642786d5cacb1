import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { parse } from "yaml";
import { checkPolicy, isMistake } from "../../src/domain/policy/check";
import { runPolicyTests } from "../../src/domain/policy/run-policy-tests";
import { policyJsonSchema } from "../../src/policy-file/json-schema";
import { readPolicyFile } from "../../src/policy-file/read";

const docs = join(__dirname, "../../docs");
const read = (...path: string[]) => readFileSync(join(docs, ...path), "utf8");
const FILES = readdirSync(join(docs, "policies"));
const text = read("policy.md");

/** Policies that are right at a glance, each by its notes. */
const NOTES: Record<string, string[]> = {
  "regulated.yaml": ["overlap", "overlap"],
  "start-up.yaml": ["one_for_admin"],
  "teams-with-production.yaml": ["glass_by_group"],
};

const validate = new Ajv2020({ strict: false }).compile(policyJsonSchema());

test("the schema for editors is the one that reads files; npm run policy:schema writes it anew", () => {
  expect(JSON.parse(read("policy.schema.json"))).toEqual(policyJsonSchema());
});

test("there are the three that the page is about", () => {
  expect(FILES.toSorted()).toEqual(Object.keys(NOTES));
  for (const file of FILES) expect(text).toContain(`(policies/${file})`);
});

test.each(FILES)("%s is right, and its tests pass", (file) => {
  const reading = readPolicyFile(read("policies", file));
  if (!reading.ok) throw new Error(JSON.stringify(reading.mistakes));
  const findings = checkPolicy(reading.policy);
  expect(findings.filter(isMistake)).toEqual([]);
  expect(findings.map(({ code }) => code)).toEqual(NOTES[file]);
  const results = runPolicyTests(reading.policy, reading.tests);
  expect(results.filter(({ isPassed }) => !isPassed)).toEqual([]);
  expect(results.length).toBeGreaterThan(2);
});

test.each(FILES)("%s is right for an editor, too", (file) => {
  const first = read("policies", file).split("\n")[0];
  expect(first).toBe("# yaml-language-server: $schema=../policy.schema.json");
  expect(validate(parse(read("policies", file))) ? [] : validate.errors).toEqual([]);
});

test.each([
  ["an unknown key", { rules: [], xyzzy: 1 }],
  ["no rules", { rules: [] }],
  ["a rule without deciders", { rules: [{ name: "a", when: { permission: ["Editor"] } }] }],
  ["a name of a person", { rules: [{ name: "a", when: { permission: ["Editor"] }, decide: { users: ["ann"] } }] }],
])("an editor marks %s", (_, written) => {
  expect(validate(written)).toBe(false);
});

test("what the page shows is a policy, and its tests pass", () => {
  const shown = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml]) => yaml ?? "").join("");
  const reading = readPolicyFile(shown);
  if (!reading.ok) throw new Error(JSON.stringify(reading.mistakes));
  expect(runPolicyTests(reading.policy, reading.tests).map(({ isPassed }) => isPassed)).toEqual([true, true, true]);
});
