import { readFileSync } from "node:fs";
import { Bot } from "../sandbox/run/bot";
import { freePort } from "../sandbox/run/ports";
import {
  APP,
  BUCKETS,
  botEnvironment,
  CHANNELS,
  manifestIn,
  ORGANIZATION,
  PEOPLE,
  ROOT_KEY,
  TEAM,
  USER_GROUPS,
} from "../sandbox/run/workspace";
import { type Person, type SlackStandIn, startSlack } from "../sandbox/slack";
import { startTigris, type TigrisStandIn } from "../sandbox/tigris";
import type { Variant } from "./variants";

/** A variant between stand-ins of its own. */
export type Stage = {
  variant: Variant;
  slack: SlackStandIn;
  tigris: TigrisStandIn;
  replicas: Replica[];
  /** They ask for keys, and reveal them. */
  revealers: Person[];
  /** They list their keys. */
  listers: Person[];
  stop(): Promise<void>;
};

export type Replica = {
  /** Where Slack sends what is meant for it. */
  url: string;
  /** Starts it, unless it runs. @throws with its last lines when it does not start */
  start(): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** The processor time that it has used, in milliseconds; null where the system does not say. */
  cpuMs(): number | null;
};

/** So many that none of them meets the limit of what one person may do in a minute. */
const REVEALERS = 20;
const LISTERS = 24;

/** A busy machine may be slow: Slack's own time for an acknowledgement is not what is measured. */
const PATIENCE = 10;

/** Linux counts processor time in hundredths of a second, whatever its kernel's clock. */
const TICK_MS = 10;

/**
 * Starts the stand-ins of a variant, and its first bot.
 * @param root the folder of the project, built
 * @throws when something does not start
 */
export async function setStage(root: string, variant: Variant): Promise<Stage> {
  const revealers = idsOf("UREVEAL", REVEALERS);
  const listers = idsOf("ULISTER", LISTERS);
  // Finer than milliseconds.
  const now = (): number => performance.timeOrigin + performance.now();
  const tigris = await startTigris({ now, organization: ORGANIZATION, rootKey: ROOT_KEY, buckets: BUCKETS });
  const slack = await startSlack({
    now,
    patience: PATIENCE,
    team: TEAM,
    people: [...PEOPLE, ...[...revealers, ...listers].map(personData)],
    channels: CHANNELS,
    userGroups: USER_GROUPS,
    app: { ...APP, manifest: manifestIn(root), delivery: { kind: "http", url: "" } },
  });
  const replicas: Replica[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await Promise.all([slack.stop(), tigris.stop()]);
  };
  try {
    for (let index = 0; index < variant.replicas; index += 1)
      replicas.push(replicaOf(root, await freePort(), (port) => environment(variant, { slack, tigris, port })));
    const [first] = replicas;
    await first?.start();
    slack.deliverTo(first?.url ?? "");
  } catch (error) {
    await stop();
    throw error;
  }
  const as = (id: string): Person => slack.person(id);
  return { variant, slack, tigris, replicas, revealers: revealers.map(as), listers: listers.map(as), stop };
}

function environment(
  { databaseUrl }: Variant,
  { slack, tigris, port }: { slack: SlackStandIn; tigris: TigrisStandIn; port: number },
): Record<string, string> {
  const { iamUrl, s3Url } = tigris;
  return {
    ...botEnvironment({ slackUrl: slack.url, iamUrl, s3Url, databaseUrl, mode: "http", port }),
    // By name: Slack lets groups be asked for so seldom that nothing else would be measured. Looks are not held up either.
    APPROVERS: "UANN00001,UBOB00001",
    SLACK_LOOKS_PER_MINUTE: "100000",
  };
}

function replicaOf(root: string, port: number, env: (port: number) => Record<string, string>): Replica {
  const bot = new Bot(root, () => {});
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    start: async () => {
      await bot.start(env(port));
      const { state, lines } = bot.status();
      if (state !== "running") throw new Error(`the bot did not start (${state}):\n${lines.join("\n")}`);
    },
    kill: () => bot.kill(),
    stop: async () => void (await bot.stop()),
    cpuMs: () => cpuMsOf(bot.status().pid),
  };
}

function cpuMsOf(pid: number | null): number | null {
  if (process.platform !== "linux" || pid === null) return null;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name of the program, in brackets, may hold spaces; user and system time are the twelfth and thirteenth after it (proc(5)).
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return ((user ?? 0) + (system ?? 0)) * TICK_MS;
}

function idsOf(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(2, "0")}`);
}

function personData(id: string) {
  return { id, name: id.toLowerCase(), realName: id, tz: "Etc/UTC" };
}
