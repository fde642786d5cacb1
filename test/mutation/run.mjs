import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MUTATIONS } from "./mutations.mjs";

/** Takes each rule away in a copy of the last commit, and says whether a test noticed. */
const root = execFileSync("git", ["rev-parse", "--show-toplevel"], { encoding: "utf8" }).trim();
const copy = mkdtempSync(join(tmpdir(), "mutations-"));
const archive = execFileSync("git", ["archive", "HEAD"], { cwd: root, maxBuffer: 1 << 28 });
execFileSync("tar", ["-x", "-C", copy], { input: archive });
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
const survivors = [];

/** @returns whether the tests pass in the copy as it is now */
function passes(tests) {
  const { status } = spawnSync("npx", ["jest", tests, "--forceExit", "--bail", "--testTimeout", "12000"], {
    cwd: copy,
    timeout: 180_000,
    stdio: "ignore",
  });
  return status === 0;
}

// Tests that fail anyway would notice everything.
for (const tests of new Set(MUTATIONS.map((mutation) => mutation.tests)))
  if (!passes(tests)) throw new Error(`${tests} fails without a mutation`);

for (const { rule, file, find, replace, tests } of MUTATIONS) {
  const path = join(copy, file);
  const before = readFileSync(path, "utf8");
  if (!before.includes(find)) {
    survivors.push(`${rule}: not found in ${file}`);
    continue;
  }
  writeFileSync(
    path,
    before.replace(find, () => replace),
  );
  const isNoticed = !passes(tests);
  writeFileSync(path, before);
  if (!isNoticed) survivors.push(rule);
  process.stdout.write(`${isNoticed ? "noticed " : "SURVIVED"} ${rule} (${tests})\n`);
}

rmSync(copy, { recursive: true, force: true });
process.stdout.write(`\n${MUTATIONS.length - survivors.length} of ${MUTATIONS.length} noticed\n`);
for (const rule of survivors) process.stdout.write(`survived: ${rule}\n`);
process.exitCode = survivors.length === 0 ? 0 : 1;
