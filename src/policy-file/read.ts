import type { z } from "zod";
import { shortened, visible } from "../domain/input-rules";
import type { PolicyTest } from "../domain/policy/policy-test";
import type { Policy } from "../domain/policy/rule";
import { nearestKey } from "./nearest-key";
import { policyFile } from "./schema";
import { type Mistake, type Parsed, type Path, parseYaml } from "./yaml";

/** Where a part of a file stands; both are counted from 1. */
export type Place = Omit<Mistake, "says">;

export type PolicyReading =
  | { ok: true; policy: Policy; tests: PolicyTest[]; places: { rules: Place[]; tests: Place[] } }
  | { ok: false; mistakes: Mistake[] };

/**
 * Reads a policy's file: YAML, by one schema.
 * @returns the policy and its tests, with nothing else of the file, and where each rule and test stands; or every mistake
 * that was found, in the file's order
 */
export function readPolicyFile(text: string): PolicyReading {
  const reading = parseYaml(text);
  if (!reading.ok) return reading;
  const { parsed } = reading;
  const { success, data, error } = policyFile.safeParse(parsed.value, { reportInput: true });
  if (success) {
    const placesOf = (list: string, entries: readonly unknown[]) => entries.map((_, index) => parsed.at([list, index]));
    const places = { rules: placesOf("rules", data.policy.rules), tests: placesOf("tests", data.tests) };
    return { ok: true, ...data, places };
  }
  const mistakes = firstOfEach(error.issues).flatMap((issue) => toMistakes(issue, [], parsed));
  return { ok: false, mistakes: mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

/** The mistakes as text for the terminal, a line each, as compilers write them: editors lead there. */
export function formatMistakes(file: string, mistakes: readonly Mistake[]): string {
  return mistakes.map(({ line, column, says }) => `${file}:${line}:${column}: ${says}\n`).join("");
}

type Issue = z.core.$ZodIssue;

/** What is wrong with a part's kind says enough of it. */
function firstOfEach(issues: readonly Issue[]): Issue[] {
  const seen = new Set<string>();
  return issues.filter(({ code, path }) => {
    const part = path.join("\n");
    const isFirst = code === "unrecognized_keys" || !seen.has(part);
    if (code !== "unrecognized_keys") seen.add(part);
    return isFirst;
  });
}

/** @param within the path to what the issue's own path begins at */
function toMistakes(issue: Issue, within: Path, parsed: Parsed): Mistake[] {
  const path = [...within, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ ...parsed.atKey([...path, key]), says: unknownKey(key) }));
  // Where one of the kinds fits what was written, its own mistakes say more.
  const meant = issue.code === "invalid_union" ? issue.errors.find(isOfItsKind) : undefined;
  if (meant) return firstOfEach(meant).flatMap((one) => toMistakes(one, path, parsed));
  return [{ ...parsed.at(path), says: `${subject(path)} ${issue.message}.` }];
}

function isOfItsKind(issues: readonly Issue[]): boolean {
  return issues.every(({ code, path }) => path.length > 0 || !["invalid_type", "invalid_value"].includes(code));
}

/** What a path leads to, as a reader of the file would call it. */
function subject(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return "The file";
  return typeof last === "number" ? `Entry ${last + 1} of ${subject(path.slice(0, -1))}` : quoted(String(last));
}

function unknownKey(key: string): string {
  const near = nearestKey(key);
  if (near === key) return `${quoted(key)} does not belong here.`;
  return `There is no ${quoted(key)}${near === null ? "." : `: is ${quoted(near)} meant?`}`;
}

/** The longest key that is repeated whole. */
const SHOWN = 60;

function quoted(text: string): string {
  return `"${shortened(visible(text).replaceAll("\n", " "), SHOWN)}"`;
}
