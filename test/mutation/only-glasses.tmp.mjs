import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "@swc/core";
import { GLASSES as MUTATIONS } from "./glasses.mjs";

/**
 * Takes each rule away in a copy of the last commit, and says whether a test noticed. An argument leaves out all whose
 * rule, file and tests do not hold it: `npm run test:mutation -- who-may`.
 */
const filter = process.argv.slice(2).join(" ").toLowerCase();
const chosen = MUTATIONS.filter(({ rule, file, tests }) => `${rule} ${file} ${tests}`.toLowerCase().includes(filter));
const root = execFileSync("git", ["rev-parse", "--show-toplevel"], { encoding: "utf8" }).trim();
const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const copy = mkdtempSync(join(tmpdir(), "mutations-"));
process.on("exit", () => rmSync(copy, { recursive: true, force: true }));
const archive = execFileSync("git", ["archive", "HEAD"], { cwd: root, maxBuffer: 1 << 28 });
execFileSync("tar", ["-x", "-C", copy], { input: archive });
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));

/** @returns whether the tests pass in the copy as it is now */
function passes({ tests, named }) {
  const config = tests.startsWith("test/safety/") ? ["--config", "jest.safety.config.js"] : [];
  const only = named === undefined ? [] : ["-t", named];
  const limits = ["--forceExit", "--bail", "--maxWorkers", "1"];
  const { status } = spawnSync(process.execPath, [jest, tests, ...config, ...only, ...limits], {
    cwd: copy,
    timeout: 180_000,
    stdio: "ignore",
  });
  return status === 0;
}

/** How a mutation ended: `noticed`, `survived`, or why it is none. */
function tryOut(mutation) {
  const path = join(copy, mutation.file);
  const before = readFileSync(path, "utf8");
  const found = before.split(mutation.find).length - 1;
  if (found !== 1) return found === 0 ? "not found" : "found more than once";
  const changed = before.replace(mutation.find, () => mutation.replace);
  if (!isCode(mutation.file, changed)) return "no longer code";
  writeFileSync(path, changed);
  const isNoticed = !passes(mutation);
  writeFileSync(path, before);
  return isNoticed ? "noticed" : "survived";
}

/** What cannot be read fails every test: that would prove nothing. */
function isCode(filename, source) {
  try {
    transformSync(source, { filename, jsc: { target: "es2022", parser: { syntax: "typescript" } } });
    return true;
  } catch {
    return false;
  }
}

// Tests that fail anyway would notice everything.
for (const tests of new Set(chosen.map((one) => one.tests))) {
  const names = chosen.filter((one) => one.tests === tests).map(({ named }) => named);
  const named = names.includes(undefined) ? undefined : [...new Set(names)].join("|");
  if (!passes({ tests, named })) throw new Error(`${tests} fails without a mutation`);
}

const say = (line) => process.stdout.write(`${line}\n`);
const results = chosen.map((mutation) => {
  const end = tryOut(mutation);
  say(`${end.padEnd(9)} ${mutation.rule} (${mutation.tests})`);
  return { ...mutation, end };
});
const noticed = results.filter(({ end }) => end === "noticed");
const excused = results.filter(({ end, reason }) => end === "survived" && reason !== undefined);
const wrong = results.filter((result) => !noticed.includes(result) && !excused.includes(result));
say(`\n${noticed.length} of ${results.length} noticed, ${excused.length} survive for a reason`);
for (const { rule, reason } of excused) say(`equal: ${rule}: ${reason}`);
for (const { rule, file, end } of wrong) say(`${end.toUpperCase()}: ${rule} (${file})`);
process.exitCode = wrong.length === 0 && results.length > 0 ? 0 : 1;
