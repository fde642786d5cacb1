import { createRequire } from "node:module";
import { join } from "node:path";
import { buildSandbox, root } from "./build.mjs";

// `npm run screenshots`
try {
  await buildSandbox();
  const { takeScreenshots } = createRequire(import.meta.url)(
    join(root, "build", "sandbox", "browser", "screenshots.js"),
  );
  await takeScreenshots(root);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
