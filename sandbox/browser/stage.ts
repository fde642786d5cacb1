import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Bot, type BotStatus } from "../run/bot";
import { SandboxClock } from "../run/clock";
import { mustBeFree } from "../run/ports";
import { startProcesses } from "../run/processes";
import { listenForBot } from "./bot-controls";
import type { SandboxOptions } from "./options";

/** Everything that runs: both stand-ins, the page, and the bot. */
export type Stage = {
  /** The address of the page. */
  url: string;
  bot: Bot;
  /** Ends everything, and removes what is not to be kept. */
  stop(): Promise<void>;
};

/**
 * @param root the folder of the project, built
 * @param onBotEnd called when the bot ends by itself
 * @throws Error in words for whoever started this
 */
export async function setStage(
  root: string,
  { port, mode, keptIn, policyFile, patience }: SandboxOptions,
  onBotEnd: (status: BotStatus) => void,
): Promise<Stage> {
  if (keptIn !== null) mkdirSync(keptIn, { recursive: true, mode: 0o700 });
  const clock = new SandboxClock(keptIn && join(keptIn, "clock"));
  const bot = new Bot(root, onBotEnd, clock);
  const folder = join(root, "build", "page");
  for (const needed of [bot.script, join(folder, "index.html")])
    if (!existsSync(needed)) throw new Error(`${needed} is missing: run npm run sandbox, which builds it.`);
  await mustBeFree(port);
  const controls = await listenForBot(bot, clock);
  try {
    const processes = await startProcesses(root, bot, {
      mode,
      keptIn,
      policyFile,
      port,
      patience,
      clock,
      page: (tigrisUrl) => ({
        folder,
        beside: { "/sandbox/tigris": `${tigrisUrl}/sandbox`, "/sandbox/bot": controls.url },
      }),
    });
    const stop = async (): Promise<void> => {
      await processes.stop();
      controls.stop();
    };
    return { url: new URL("/", processes.slack.url).href, bot, stop };
  } catch (error) {
    controls.stop();
    throw error;
  }
}
