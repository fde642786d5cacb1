import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { codeOf } from "./config-files";
import { MAX_POLICY_BYTES } from "./domain/policy/limits";
import type { Policy } from "./domain/policy/rule";
import { formatMistakes, readPolicyFile } from "./policy-file/read";
import type { Mistake } from "./policy-file/yaml";
import type { PolicyText } from "./workflow/policies-port";

/** What stands in a policy's file; or, after the word "POLICY_FILE", what is wrong with it, and each mistake in a line. */
export type PolicySource =
  | ({ kind: "policy"; policy: Policy } & PolicyText)
  | { kind: "bad"; problem: string; mistakes: string };

/**
 * Reads a policy's file from the disk, with all of its mistakes. A pipe that nobody writes into holds nothing up.
 * @returns the policy, its text and the SHA-256 of that; never throws
 */
export async function readPolicySource(path: string): Promise<PolicySource> {
  try {
    const bytes = await bytesOf(path);
    return bytes === null ? bad("names something that is not a file") : readBytes(path, bytes);
  } catch (error) {
    return bad(`names a file that can't be read (${codeOf(error)})`);
  }
}

/** The policy in a text that was read before; null where this version can't read it. */
export function readPolicy(text: string): Policy | null {
  const reading = readPolicyFile(text);
  return reading.ok ? reading.policy : null;
}

/** @returns no more than tells that a file is too large; null where it is no file. @throws the system's error */
async function bytesOf(path: string): Promise<Buffer | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_POLICY_BYTES + 1), 0, MAX_POLICY_BYTES + 1, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function readBytes(path: string, bytes: Buffer): PolicySource {
  const text = toText(bytes);
  const reading = text === null ? { ok: false as const, mistakes: [NO_TEXT] } : readPolicyFile(text);
  if (text !== null && reading.ok)
    return { kind: "policy", policy: reading.policy, text, digest: createHash("sha256").update(bytes).digest("hex") };
  const mistakes = reading.ok ? [] : reading.mistakes;
  const [first] = mistakes;
  const count = mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes, the first of them`;
  return bad(`has ${count} in line ${first?.line}, column ${first?.column}`, formatMistakes(path, mistakes));
}

const NO_TEXT: Mistake = { line: 1, column: 1, says: "The file is not text in UTF-8." };

/** Null also where it holds what no text has, and PostgreSQL does not take. */
function toText(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

function bad(problem: string, mistakes = ""): PolicySource {
  return { kind: "bad", problem, mistakes };
}
