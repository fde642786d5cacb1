import { startTigris } from "../tigris";

/** The stand-in for Tigris as a process: options as JSON in `STAND_IN_OPTIONS`; says on one line where it listens. */
async function main(): Promise<void> {
  const tigris = await startTigris(JSON.parse(process.env.STAND_IN_OPTIONS ?? "{}"));
  process.stdout.write(`${JSON.stringify({ url: tigris.url, iamUrl: tigris.iamUrl, s3Url: tigris.s3Url })}\n`);
  process.once("SIGTERM", () => void tigris.stop().then(() => process.exit(0)));
}

void main();
