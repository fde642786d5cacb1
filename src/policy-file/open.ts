import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { MAX_POLICY_BYTES } from "../domain/policy/limits";

/**
 * Opens a policy's file.
 * @returns its text, of a file that is too large just enough to see that; or why it can't be read, as in "‹path› ‹problem›"
 */
export function openPolicyFile(path: string): { text: string } | { problem: string } {
  try {
    return textOf(path);
  } catch (error) {
    return { problem: `can't be read (${codeOf(error)})` };
  }
}

/** @throws the system's error, or one of the decoder's where the file is not UTF-8 */
function textOf(path: string): { text: string } | { problem: string } {
  // Without O_NONBLOCK, a pipe that nobody writes into would hold the command up for good.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) return { problem: "is not a file" };
    const bytes = Buffer.alloc(MAX_POLICY_BYTES + 1);
    const length = readSync(file, bytes);
    if (length > MAX_POLICY_BYTES) return { text: bytes.toString("latin1") };
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length)) };
  } finally {
    closeSync(file);
  }
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown";
}
