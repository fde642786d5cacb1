import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Child, lifelineIn, startStandIn } from "../run/child";
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
  { port, mode, keptIn, patience }: SandboxOptions,
  onBotEnd: (status: BotStatus) => void,
): Promise<Stage> {
  const botScript = join(root, "dist", "main.js");
  const page = join(root, "build", "page");
  for (const needed of [botScript, join(page, "index.html")])
    if (!existsSync(needed)) throw new Error(`${needed} is missing: run npm run sandbox, which builds it.`);
  await mustBeFree(port);
  const folder = keptIn ?? mkdtempSync(join(tmpdir(), "tigris-key-bot-sandbox-"));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const env: Record<string, string> = {};
  const bot = new Bot({ script: botScript, lifeline: lifelineIn(root), env, onEnd: onBotEnd });
  const controls = await listenForBot(bot);
  const started: Child[] = [];
  const stop = async (): Promise<void> => {
    await bot.stop();
    controls.stop();
    await Promise.all(started.map((child) => child.stop()));
    if (!keptIn) rmSync(folder, { recursive: true, force: true });
  };
  const starting: Promise<unknown>[] = [];
  const standIn = <At>(name: "slack" | "tigris", data: object): Promise<At> => {
    const isStarted = startStandIn<At>(root, name, data).then((child) => {
      started.push(child);
      return child.at;
    });
    starting.push(isStarted);
    return isStarted;
  };

  try {
    const [botPort, tigrisPort] = [await freePort(), await freePort()];
    const [tigris, slack] = await Promise.all([
      standIn<{ iamUrl: string; s3Url: string }>("tigris", {
        port: tigrisPort,
        organisation: ORGANISATION,
        rootKey: ROOT_KEY,
        buckets: BUCKETS,
        ...(keptIn ? { keptFile: join(folder, "tigris.json") } : {}),
      }),
      standIn<{ url: string }>("slack", {
        port,
        patience,
        team: TEAM,
        people: PEOPLE,
        channels: CHANNELS,
        userGroups: USER_GROUPS,
        app: { ...APP, manifest: manifestIn(root), delivery: deliveryTo(mode, botPort) },
        page: {
          folder: page,
          beside: { "/sandbox/tigris": `http://127.0.0.1:${tigrisPort}/sandbox`, "/sandbox/bot": controls.url },
        },
        masks: MASKS,
        ...(keptIn ? { historyFile: join(folder, "slack.json") } : {}),
      }),
    ]);
    const { iamUrl, s3Url } = tigris;
    const databaseFile = join(folder, "bot.db");
    Object.assign(env, botEnvironment({ slackUrl: slack.url, iamUrl, s3Url, databaseFile, mode, port: botPort }));
    await bot.start();
    return { url: new URL("/", slack.url).href, bot, stop };
  } catch (error) {
    await Promise.allSettled(starting);
    await stop();
    throw error;
  }
}

function deliveryTo(mode: SandboxOptions["mode"], botPort: number) {
  return mode === "socket" ? { kind: mode } : { kind: mode, url: `http://127.0.0.1:${botPort}/slack/events` };
}
