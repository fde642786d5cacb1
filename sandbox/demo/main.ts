import { join } from "node:path";
import { Bot } from "../run/bot";
import { startProcesses } from "../run/processes";
import { connectPerson } from "../slack";
import { heading } from "./print";
import { adminKey, goodbye, newSecret, readOnlyKey } from "./walk";

/** Plays the whole life of two keys, and says what each person sees. */
async function main(): Promise<void> {
  const startedAt = Date.now();
  process.stdout.write("Starting stand-ins for Slack and Tigris, and the bot between them …\n");
  const root = join(__dirname, "..", "..", "..");
  const bot = new Bot(root, () => {});
  const { slack, tigrisUrl, stop } = await startProcesses(root, bot, { mode: "socket", keptIn: null });
  const { state, lines } = bot.status();
  if (state !== "running") {
    await stop();
    throw new Error(`the bot did not start (${state}):\n${lines.join("\n")}`);
  }
  const as = (id: string) => connectPerson(slack.personApiUrl, id);
  const [dana, ann, gus] = await Promise.all([as("UDANA0001"), as("UANN00001"), as("UGUS00001")]);
  const cast = { dana, ann, gus, tigrisUrl };
  let exitCode: number | null = 1;
  try {
    const readOnly = await readOnlyKey(cast);
    const admin = await adminKey(cast);
    const renewed = await newSecret(cast, admin);
    await goodbye(cast, readOnly, renewed);
  } finally {
    for (const person of [dana, ann, gus]) person.disconnect();
    exitCode = await stop();
  }
  if (exitCode !== 0) throw new Error(`the bot ended with ${exitCode}`);
  heading(`All of it worked, in ${Math.round((Date.now() - startedAt) / 1_000)} s`);
}

main().catch((error: unknown) => {
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
