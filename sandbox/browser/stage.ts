import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStandIn } from "../run/child";
import {
  APP,
  BUCKETS,
  botEnvironment,
  CHANNELS,
  manifestIn,
  ORGANISATION,
  PEOPLE,
  ROOT_KEY,
  TEAM,
  USER_GROUPS,
} from "../run/workspace";
import { Bot, type BotStatus } from "./bot";
import { listenForBot } from "./bot-controls";
import type { SandboxOptions } from "./options";
import { freePort, mustBeFree } from "./ports";

/** Everything that runs: both stand-ins, the page, and the bot. */
export type Stage = {
  /** The address of the page. */
  url: string;
  bot: Bot;
  /** Ends everything, and removes what is not to be kept. */
  stop(): Promise<void>;
};

/** Secrets as Tigris makes them are told only where they are delivered: in the one ephemeral message. */
const MASKS = { patterns: ["tsec_[A-Za-z0-9_-]+"], exceptIn: ["chat.postEphemeral"] };

/**
 * @param root the folder of the project, built
 * @param onBotEnd called when the bot ends by itself
 * @throws Error in words for whoever started this
 */
export async function setStage(
  root: string,
  { port, mode, isKept }: SandboxOptions,
  onBotEnd: (status: BotStatus) => void,
): Promise<Stage> {
  const botScript = join(root, "dist", "main.js");
  const page = join(root, "build", "page");
  for (const needed of [botScript, join(page, "index.html")])
    if (!existsSync(needed)) throw new Error(`${needed} is missing: run npm run sandbox, which builds it.`);
  await mustBeFree(port);
  const folder = isKept ? join(root, "data", "sandbox") : mkdtempSync(join(tmpdir(), "tigris-key-bot-sandbox-"));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const script = (name: string) => join(root, "build", "sandbox", "run", `${name}.js`);
  const botPort = await freePort();

  const tigris = await startStandIn<{ url: string; iamUrl: string; s3Url: string }>(script("tigris"), {
    organisation: ORGANISATION,
    rootKey: ROOT_KEY,
    buckets: BUCKETS,
    ...(isKept ? { keptFile: join(folder, "tigris.json") } : {}),
  });
  const environment = { iamUrl: tigris.at.iamUrl, s3Url: tigris.at.s3Url, databaseFile: join(folder, "bot.db") };
  const env: Record<string, string> = {};
  const bot = new Bot({ script: botScript, env, onEnd: onBotEnd });
  const controls = await listenForBot(bot);
  const slack = await startStandIn<{ url: string }>(script("slack"), {
    port,
    team: TEAM,
    people: PEOPLE,
    channels: CHANNELS,
    userGroups: USER_GROUPS,
    app: {
      ...APP,
      manifest: manifestIn(root),
      delivery: mode === "socket" ? { kind: mode } : { kind: mode, url: `http://127.0.0.1:${botPort}/slack/events` },
    },
    page: { folder: page, beside: { "/sandbox/tigris": `${tigris.at.url}/sandbox`, "/sandbox/bot": controls.url } },
    masks: MASKS,
    ...(isKept ? { historyFile: join(folder, "slack.json") } : {}),
  });
  Object.assign(env, botEnvironment({ ...environment, slackUrl: slack.at.url, mode, port: botPort }));
  await bot.start();

  return {
    url: new URL("/", slack.at.url).href,
    bot,
    stop: async () => {
      await bot.stop();
      controls.stop();
      await Promise.all([slack.stop(), tigris.stop()]);
      if (!isKept) rmSync(folder, { recursive: true, force: true });
    },
  };
}
