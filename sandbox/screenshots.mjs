import { buildAndStart, builtGallery, root } from "./build.mjs";

// `npm run screenshots` takes the README's pictures; with `-- --all` everything that the bot shows, to be looked through.
if (process.argv.includes("--all"))
  await buildAndStart("../gallery/take-all", async ({ takeAll }) => {
    const { gallery, NOW } = await builtGallery("index");
    await takeAll(root, gallery(), NOW);
  });
else
  await buildAndStart("../gallery/take-some", async ({ takeSome }) => {
    const { gallery, NOW, SCENES } = await builtGallery("index");
    await takeSome(root, gallery(), { scenes: SCENES, now: NOW });
  });
