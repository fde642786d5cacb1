import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");
/** Test files run side by side, and each of their workers has a build of its own. */
const OUT = join(ROOT, "build/crash-tests", process.env.JEST_WORKER_ID ?? "1");
const STAMP = join(OUT, ".built");

/** Builds the bot as `npm run build` does, where its sources are newer than the last build. @returns its main script */
export function builtBot(): string {
  if (isStale()) {
    const startedAt = new Date();
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", OUT], { cwd: ROOT, stdio: "pipe" });
    mkdirSync(OUT, { recursive: true });
    writeFileSync(STAMP, startedAt.toISOString());
  }
  return join(OUT, "main.js");
}

function isStale(): boolean {
  if (!existsSync(STAMP)) return true;
  const builtAt = statSync(STAMP).mtimeMs;
  return ["src", "tsconfig.json", "tsconfig.build.json"].some((path) => newest(join(ROOT, path)) > builtAt);
}

/** The newest change of any file below a path, in milliseconds since 1970. */
function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), mtimeMs);
}
