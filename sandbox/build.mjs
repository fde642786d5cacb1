// Builds what the sandbox needs and is older than its sources. Plain JavaScript, since it runs before anything is built.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const tsc = ["node_modules/typescript/bin/tsc", "-p"];

const PARTS = [
  { name: "bot", from: ["src", "tsconfig.build.json"], to: "dist", run: [...tsc, "tsconfig.build.json"] },
  {
    name: "stand-ins",
    from: ["sandbox", "tsconfig.sandbox.json"],
    to: "build/sandbox",
    run: [...tsc, "tsconfig.sandbox.json"],
  },
  {
    name: "page",
    from: [
      "sandbox/page",
      "sandbox/gallery",
      "sandbox/slack/driver",
      "sandbox/slack/elements.ts",
      "sandbox/slack/person",
    ],
    to: "build/page",
    run: ["node_modules/vite/bin/vite.js", "build", "--config", "sandbox/page/vite.config.mjs", "--logLevel", "warn"],
  },
];

/** Everything that the bot shows, as payloads. */
const GALLERY = {
  name: "gallery",
  from: ["src", "test/gallery", "tsconfig.gallery.json"],
  to: "build/gallery",
  run: [...tsc, "tsconfig.gallery.json"],
};

/** The newest change of any file below a path, in milliseconds since 1970. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}

function isStale({ name, from, to }) {
  const stamp = join(root, "build", `.${name}-built`);
  if (!existsSync(join(root, to)) || !existsSync(stamp)) return true;
  const builtAt = statSync(stamp).mtimeMs;
  return [...from, "package-lock.json", "tsconfig.json"].some((path) => newest(join(root, path)) > builtAt);
}

function build(part) {
  const startedAt = new Date();
  rmSync(join(root, part.to), { recursive: true, force: true });
  return new Promise((resolve, reject) => {
    // Whoever builds: Jest's own NODE_ENV would put React's far larger development build into the page.
    const env = { ...process.env, NODE_ENV: "production" };
    const child = spawn(process.execPath, part.run, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code !== 0) return reject(new Error(`The ${part.name} could not be built; what is wrong stands above.`));
      mkdirSync(join(root, "build"), { recursive: true });
      writeFileSync(join(root, "build", `.${part.name}-built`), startedAt.toISOString());
      resolve();
    });
  });
}

/** Builds the bot, the stand-ins and the page, where they are older than their sources. @throws Error with a sentence */
export function buildSandbox() {
  return buildAll(PARTS);
}

async function buildAll(parts) {
  if (!existsSync(join(root, tsc[0]))) throw new Error("The libraries are not installed: run npm ci first.");
  const stale = parts.filter(isStale);
  if (stale.length > 0) process.stdout.write(`Building the ${stale.map(({ name }) => name).join(", the ")} …\n`);
  await Promise.all(stale.map(build));
}

/**
 * Builds what has to be, and then starts something that was built. What goes wrong is told in words.
 * @param script the name of a file in sandbox/browser
 * @param start gets what the script exports
 */
export async function buildAndStart(script, start) {
  try {
    await buildSandbox();
    await start(createRequire(import.meta.url)(join(root, "build", "sandbox", "browser", `${script}.js`)));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Builds the gallery where it has to be. @returns what a file of it exports */
export async function builtGallery(script) {
  await buildAll([GALLERY]);
  return createRequire(import.meta.url)(join(root, "build", "gallery", "test", "gallery", `${script}.js`));
}
