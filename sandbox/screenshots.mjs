import { buildAndStart, root } from "./build.mjs";

// `npm run screenshots`
await buildAndStart("screenshots", ({ takeScreenshots }) => takeScreenshots(root));
