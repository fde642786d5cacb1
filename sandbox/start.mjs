import { buildAndStart, root } from "./build.mjs";

// `npm run sandbox`
await buildAndStart("main", ({ startSandbox }) => startSandbox(root, process.argv.slice(2)));
