import { builtGallery } from "../../sandbox/build.mjs";

// `npm run check:blocks`
try {
  const { checkBlocks } = await builtGallery("ask-slack");
  process.exitCode = await checkBlocks(process.env, (line) => process.stdout.write(`${line}\n`));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
