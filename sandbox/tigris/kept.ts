import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Organisation, StoredKey } from "./organisation";

type Kept = { keys: StoredKey[]; secrets: string[] };

/** Takes up the keys that a file holds, if there is one. */
export function takeKept(organisation: Organisation, file: string): void {
  if (!existsSync(file)) return;
  const { keys, secrets } = JSON.parse(readFileSync(file, "utf8")) as Kept;
  for (const key of keys) organisation.keys.set(key.accessKeyId, key);
  organisation.secrets.push(...secrets);
}

/** Writes all keys into a file that nobody else can read. */
export function writeKept(organisation: Organisation, file: string): void {
  const kept: Kept = { keys: [...organisation.keys.values()], secrets: organisation.secrets };
  writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
