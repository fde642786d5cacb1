import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");
const BUILDS = join(ROOT, "build/bot");
/** Where the build is that the tests of a run start, for its workers. */
const VARIABLE = "TEST_BUILT_BOT";

/**
 * Builds the bot as `npm run build` does, once for all tests of a run, and for later ones as long as its sources stay as they
 * are. Two runs may do so at once: a build appears as a whole.
 */
export function buildBot(): void {
  const newestMs = Math.max(...["src", "tsconfig.json", "tsconfig.build.json"].map((path) => newest(join(ROOT, path))));
  const out = join(BUILDS, String(Math.round(newestMs)));
  process.env[VARIABLE] = out;
  if (existsSync(out)) return;
  mkdirSync(BUILDS, { recursive: true });
  const older = readdirSync(BUILDS).filter((name) => /^\d+$/.test(name));
  const making = join(BUILDS, `making-${process.pid}`);
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", making], {
    cwd: ROOT,
    stdio: "inherit",
  });
  try {
    renameSync(making, out);
  } catch (error) {
    if (!existsSync(out)) throw error;
    rmSync(making, { recursive: true });
  }
  for (const name of older) rmSync(join(BUILDS, name), { recursive: true, force: true });
}

/** @returns the main script of the bot that was built for this run */
export function builtBot(): string {
  const built = process.env[VARIABLE];
  if (!built)
    throw new Error("The bot is not built: run this file with jest.safety.config.js or jest.postgres.config.js.");
  return join(built, "main.js");
}

/** The newest change of any file below a path, in milliseconds since 1970. */
function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}
