import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PageData } from "../slack/page";
import type { Bot } from "./bot";
import { type Child, startStandIn } from "./child";
import type { SandboxClock } from "./clock";
import { freePort } from "./ports";
import {
  APP,
  BUCKETS,
  botEnvironment,
  CHANNELS,
  manifestIn,
  ORGANIZATION,
  PEOPLE,
  PRODUCTION,
  ROOT_KEY,
  TEAM,
  USER_GROUPS,
} from "./workspace";

/** Both stand-ins with the bot between them, each a process of its own. */
export type Processes = {
  slack: { url: string; personApiUrl: string };
  tigrisUrl: string;
  /** Ends everything, and removes what is not to be kept. @returns the exit code of the bot */
  stop(): Promise<number | null>;
};

export type ProcessOptions = {
  /** How the bot is reached. */
  mode: "socket" | "http";
  /** The folder where requests, keys and messages are kept for the next run; null where nothing is. */
  keptIn: string | null;
  /** The file of the policy by which the bot goes; null where its variables say it. Then there are buckets for it, too. */
  policyFile?: string | null;
  /** The bot's database; a file in that folder where left out. */
  databaseUrl?: string;
  /** The port of the stand-in for Slack; any where left out. */
  port?: number;
  /** How many times as long as Slack the stand-in waits for the bot; 1 where left out. */
  patience?: number;
  /** By whose time the stand-ins go, as the bot does; this machine's where left out. */
  clock?: SandboxClock;
  /** A page at the address of the stand-in for Slack. @param tigrisUrl the stand-in for Tigris, for the page to look at */
  page?: (tigrisUrl: string) => PageData;
};

/** Secrets as Tigris makes them are told only where they are delivered: in the one ephemeral message. */
const MASKS = { patterns: ["tsec_[\\w+/=-]+"], exceptIn: ["chat.postEphemeral"] };

/**
 * Starts both stand-ins, and then the bot.
 * @param root the folder of the project, built
 * @throws when a stand-in does not start; a bot that does not is told by its status
 */
export async function startProcesses(root: string, bot: Bot, options: ProcessOptions): Promise<Processes> {
  const { mode, keptIn, policyFile = null, port = 0, patience = 1, page, clock } = options;
  const folder = keptIn ?? mkdtempSync(join(tmpdir(), "tigris-key-bot-sandbox-"));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const standIns: Child[] = [];
  const stop = async (): Promise<number | null> => {
    const exitCode = await bot.stop();
    await Promise.all(standIns.map((child) => child.stop()));
    if (!keptIn) rmSync(folder, { recursive: true, force: true });
    return exitCode;
  };

  try {
    const organization = {
      organization: ORGANIZATION,
      rootKey: ROOT_KEY,
      buckets: policyFile === null ? BUCKETS : [...BUCKETS, ...PRODUCTION],
      ...(keptIn ? { keptFile: join(folder, "tigris.json") } : {}),
    };
    const tigris = await startStandIn<{ url: string; iamUrl: string; s3Url: string }>(
      root,
      "tigris",
      organization,
      clock,
    );
    standIns.push(tigris);
    const botPort = await freePort();
    const workspace = {
      port,
      patience,
      team: TEAM,
      people: PEOPLE,
      channels: CHANNELS,
      userGroups: USER_GROUPS,
      app: { ...APP, manifest: manifestIn(root), delivery: deliveryTo(mode, botPort) },
      ...(page ? { page: page(tigris.at.url) } : {}),
      masks: MASKS,
      ...(keptIn ? { historyFile: join(folder, "slack.json") } : {}),
    };
    const slack = await startStandIn<Processes["slack"]>(root, "slack", workspace, clock);
    standIns.push(slack);
    const { iamUrl, s3Url } = tigris.at;
    const at = { slackUrl: slack.at.url, iamUrl, s3Url, mode, port: botPort };
    const databaseUrl = options.databaseUrl ?? `file:${join(folder, "bot.db")}`;
    await bot.start({
      ...botEnvironment({ ...at, databaseUrl }),
      ...(policyFile === null ? {} : { POLICY_FILE: policyFile }),
    });
    return { slack: slack.at, tigrisUrl: tigris.at.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function deliveryTo(mode: ProcessOptions["mode"], botPort: number) {
  return mode === "socket" ? { kind: mode } : { kind: mode, url: `http://127.0.0.1:${botPort}/slack/events` };
}
