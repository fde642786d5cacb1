import { createRequire } from "node:module";
import { join } from "node:path";
import { buildSandbox, root } from "./build.mjs";

// `npm run sandbox`
try {
  await buildSandbox();
  const { startSandbox } = createRequire(import.meta.url)(join(root, "build", "sandbox", "browser", "main.js"));
  await startSandbox(root, process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
