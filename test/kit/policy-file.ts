import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPROVERS_GROUP } from "./people";

/** The text of a policy whose rules are called so: each Admin key needs so many approvals. */
export function policyText(name: string, count = 1): string {
  return `rules:
  - name: ${name}
    when: { permission: [Admin] }
    decide: { groups: [${APPROVERS_GROUP}], count: ${count} }
  - name: everything else
    when: { permission: [Editor, ReadOnly], allBuckets: true }
    decide: none
`;
}

/** Policies that tests put in force, one after the other. */
export const [FIRST, SECOND, THIRD] = [policyText("admin"), policyText("admin", 2), policyText("whole organization")];

/** By what a policy is told from others. */
export const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A file of its own that a test writes again and again. */
export function createPolicyFile(): { path: string; write(text: string | Buffer): void; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-policy-"));
  const path = join(folder, "policy.yaml");
  return {
    path,
    write: (text) => writeFileSync(path, text),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
