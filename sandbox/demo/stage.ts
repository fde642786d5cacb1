import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Child, lifelineIn, startChild, startStandIn } from "../run/child";
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

/** Both stand-ins and the built bot between them, each a process of its own. */
export type Stage = {
  personApiUrl: string;
  tigrisUrl: string;
  /** Ends everything. @returns the exit code of the bot */
  stop(): Promise<number | null>;
};

const READY_MS = 15_000;

/** @param root the folder of the project, built */
export async function setStage(root: string): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-demo-"));
  const started: Child[] = [];
  try {
    const slack = await startStandIn<{ url: string; personApiUrl: string }>(root, "slack", {
      team: TEAM,
      people: PEOPLE,
      channels: CHANNELS,
      userGroups: USER_GROUPS,
      app: { ...APP, manifest: manifestIn(root), delivery: { kind: "socket" } },
    });
    started.push(slack);
    const tigris = await startStandIn<{ url: string; iamUrl: string; s3Url: string }>(root, "tigris", {
      organisation: ORGANISATION,
      rootKey: ROOT_KEY,
      buckets: BUCKETS,
    });
    started.push(tigris);
    const bot = await startBot(root, {
      ...botEnvironment({
        slackUrl: slack.at.url,
        iamUrl: tigris.at.iamUrl,
        s3Url: tigris.at.s3Url,
        databaseFile: join(folder, "bot.db"),
        mode: "socket",
        port: 0,
      }),
    });
    started.push(bot);
    return {
      personApiUrl: slack.at.personApiUrl,
      tigrisUrl: tigris.at.url,
      stop: async () => {
        const code = await bot.stop();
        await Promise.all([slack.stop(), tigris.stop()]);
        rmSync(folder, { recursive: true, force: true });
        return code;
      },
    };
  } catch (error) {
    await Promise.all(started.map((child) => child.stop("SIGKILL")));
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Starts the bot, and waits until it says that it has started. @throws with what it said instead */
async function startBot(root: string, env: Record<string, string>): Promise<Child> {
  let started = (): void => {};
  const isStarted = new Promise<"started">((resolve) => {
    started = () => resolve("started");
  });
  const said: string[] = [];
  const bot = startChild({
    script: join(root, "dist", "main.js"),
    lifeline: lifelineIn(root),
    env,
    onLine: (line) => (line.includes('"event":"bot.started"') ? started() : said.push(line)),
    onError: (line) => said.push(line),
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), READY_MS);
  });
  const first = await Promise.race([isStarted, bot.ended, late]);
  clearTimeout(timer);
  if (first === "started") return bot;
  await bot.stop("SIGKILL");
  throw new Error(`the bot did not start (${first}):\n${said.join("\n")}`);
}
