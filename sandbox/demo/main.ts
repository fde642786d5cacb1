import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPostgres } from "../postgres/server";
import { Bot } from "../run/bot";
import { startProcesses } from "../run/processes";
import { connectPerson } from "../slack";
import { heading } from "./print";
import { adminKey, goodbye, newSecret, pauseAndResume, readOnlyKey } from "./walk";

/** Plays the whole life of two keys, and says what each person sees. @param isOnPostgres on a server of its own */
async function main(isOnPostgres: boolean): Promise<void> {
  const startedAt = Date.now();
  process.stdout.write("Starting stand-ins for Slack and Tigris, and the bot between them …\n");
  const root = join(__dirname, "..", "..", "..");
  const server = isOnPostgres ? await startPostgres({ isDurable: false }) : null;
  const bot = new Bot(root, () => {});
  const processes = await startProcesses(root, bot, {
    mode: "socket",
    keptIn: null,
    ...(server ? { databaseUrl: server.url } : {}),
  });
  const { slack, tigrisUrl } = processes;
  const stop = async (): Promise<number | null> => {
    const code = await processes.stop();
    await server?.stop();
    return code;
  };
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
    await pauseAndResume(cast, readOnly);
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

main(parseArgs({ options: { postgres: { type: "boolean" } } }).values.postgres ?? false).catch((error: unknown) => {
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
