import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Organization, StoredKey } from "./organization";
import type { Policy } from "./policy";

/** A file of an earlier version has no policies. */
type Kept = { keys: (Omit<StoredKey, "policies"> & { policies?: string[] })[]; secrets: string[]; policies?: Policy[] };

/** Takes up the keys that a file holds, if there is one. */
export function takeKept(organization: Organization, file: string): void {
  if (!existsSync(file)) return;
  const { keys, secrets, policies = [] } = JSON.parse(readFileSync(file, "utf8")) as Kept;
  for (const key of keys) organization.restoreKey({ ...key, policies: key.policies ?? [] });
  for (const policy of policies) organization.policies.set(policy.name, policy);
  organization.secrets.push(...secrets);
}

/** Writes all keys into a file that nobody else can read. */
export function writeKept(organization: Organization, file: string): void {
  const { keys, secrets, policies } = organization;
  const kept: Kept = { keys: [...keys.values()], secrets, policies: [...policies.values()] };
  writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
