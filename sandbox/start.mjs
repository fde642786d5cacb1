import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildAndStart, root } from "./build.mjs";

// `npm run sandbox`
const args = process.argv.slice(2);
// Whoever asks how it is used does not wait until everything is built.
if (args.includes("--help") || args.includes("-h"))
  process.stdout.write(readFileSync(join(root, "sandbox", "browser", "usage.txt"), "utf8"));
else await buildAndStart("main", ({ startSandbox }) => startSandbox(root, args));
