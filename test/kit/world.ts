import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Person, type PersonData, type SlackStandIn, type StandInOptions, startSlack } from "../../sandbox/slack";
import { startTigris, type TigrisOptions, type TigrisStandIn } from "../../sandbox/tigris";
import { type Bot, buildApp, type Overrides } from "../../src/app";
import { readConfig } from "../../src/config";
import { createTestDatabase, type TestDatabase } from "./database";
import { createManualClock, type ManualClock } from "./manual-clock";
import {
  APP,
  APPROVALS,
  APPROVERS_GROUP,
  BUCKETS,
  CHANNELS,
  GENERAL,
  ORGANIZATION,
  OWN_KEY,
  PEOPLE,
  TEAM,
  USER_GROUPS,
} from "./people";
import { createPreparedDatabase } from "./prepared-database";
import { secretsFound } from "./secrets-found";

export type Mode = "socket" | "http";

/** A bot between the two stand-ins, with a clock that only the test moves. */
export type World = {
  clock: ManualClock;
  slack: SlackStandIn;
  tigris: TigrisStandIn;
  dana: Person;
  ann: Person;
  bob: Person;
  eve: Person;
  gus: Person;
  olga: Person;
  /** The database of its bots, to look into beside them. */
  database: Omit<TestDatabase, "remove">;
  /** SQLite's file. @throws on PostgreSQL: a test that needs the file is SQLite's alone */
  readonly databaseFile: string;
  /** Another database, with nothing in it. @returns its address */
  otherDatabase(): Promise<string>;
  /** The lines that the bot has logged. */
  log: string[];
  port: number;
  /** The environment that its bots get. */
  environment: NodeJS.ProcessEnv;
  /** Starts another bot on the same store. */
  startBot(env?: NodeJS.ProcessEnv): Promise<Bot & { port: number }>;
  /** Ends the bot that is running, and starts it again. */
  restartBot(env?: NodeJS.ProcessEnv): Promise<void>;
  /** Looks for secrets wherever none may be; the paths of those that it found. */
  secretsFound(): Promise<string[]>;
  stop(): Promise<void>;
};

/** Tests do in a moment what people do in minutes, by a clock that stands still. */
const NO_PERSON_RATE_LIMIT = { limit: 100_000, windowMs: 1_000 };
const NO_GROUP_RATE_LIMIT = { atOnce: 100_000, everyMs: 1 };
const NO_LOOK_LIMIT = "100000";

const MANIFEST = join(__dirname, "../../manifest.yml");

export type WorldOptions = {
  /** Adds to the bot's environment, or takes out of it what is undefined. */
  env?: NodeJS.ProcessEnv;
  overrides?: Overrides;
  /** Are there beside those that are always there. */
  people?: PersonData[];
  /** Starts none: the test starts its own. */
  withoutBot?: boolean;
  /** When it begins, in milliseconds since 1970; at the machine's time where left out. */
  now?: number;
  /** Writes the database that the first bot finds. */
  database?: (database: TestDatabase) => void | Promise<void>;
  /** What the stand-ins know from before. */
  slack?: Pick<StandInOptions, "historyFile" | "publicUrl" | "patience">;
  tigris?: Pick<TigrisOptions, "otherKeys">;
};

/** Builds a world before each test, and ends it after that. @param take gets the one of the test */
export function worldForEach({ mode, ...options }: WorldOptions & { mode: Mode }, take: (world: World) => void): void {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(mode, options);
    take(world);
  });
  afterEach(() => endWorld(world));
}

/** Ends a world, and says whether a secret went where none may be. */
export async function endWorld(world: World): Promise<void> {
  try {
    expect(await world.secretsFound()).toEqual([]);
  } finally {
    await world.stop();
  }
}

/** Lets Slack send what happens to the bot at a port. */
export function deliverTo({ slack }: Pick<World, "slack">, port: number): void {
  slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
}

/** Everybody is in the channel where keys are asked for. */
function withMembers<Channel extends { members: string[] }>(channel: Channel, people: readonly PersonData[]): Channel {
  return { ...channel, members: [...channel.members, ...people.map(({ id }) => id)] };
}

/** Builds the stand-ins, and a bot between them. Whoever calls it ends it. */
export async function createWorld(mode: Mode, options: WorldOptions = {}): Promise<World> {
  const clock = createManualClock(options.now);
  const slack = await startSlack({
    ...options.slack,
    now: clock.now,
    team: TEAM,
    people: [...PEOPLE, ...(options.people ?? [])],
    channels: CHANNELS.map((one) => (one.id === GENERAL ? withMembers(one, options.people ?? []) : one)),
    userGroups: USER_GROUPS,
    app: {
      ...APP,
      manifest: parse(readFileSync(MANIFEST, "utf8")),
      delivery: mode === "socket" ? { kind: "socket" } : { kind: "http", url: "http://127.0.0.1:1/slack/events" },
    },
  });
  const tigris = await startTigris({
    ...options.tigris,
    organization: ORGANIZATION,
    rootKey: OWN_KEY,
    buckets: BUCKETS,
    now: clock.now,
  });
  const database = await (options.database ? createTestDatabase() : createPreparedDatabase());
  const others: TestDatabase[] = [];
  await options.database?.(database);
  const log: string[] = [];
  const running = new Set<Bot>();
  const usual = { ...environment(mode, slack, tigris, database.url), ...options.env };

  async function startBot(env: NodeJS.ProcessEnv = {}): Promise<Bot & { port: number }> {
    const reading = readConfig(besidePolicy({ ...usual, ...env }));
    if (!reading.ok) throw new Error(`the configuration of the tests is wrong: ${JSON.stringify(reading.problems)}`);
    const bot = await buildApp(reading.config, {
      personRateLimit: NO_PERSON_RATE_LIMIT,
      groupRateLimit: NO_GROUP_RATE_LIMIT,
      ...options.overrides,
      clock,
      logDestination: { write: (line) => void log.push(line) },
    });
    running.add(bot);
    const port = await bot.start();
    if (mode === "http") deliverTo({ slack }, port);
    return { ...bot, port, stop: () => stopBot(bot) };
  }

  async function stopBot(bot: Bot): Promise<void> {
    if (!running.delete(bot)) return;
    await bot.stop();
  }

  const first = options.withoutBot ? null : await startBot();
  const world: World = {
    clock,
    slack,
    tigris,
    dana: slack.person("UDEV00001"),
    ann: slack.person("UANN00001"),
    bob: slack.person("UBOB00001"),
    eve: slack.person("UEVE00001"),
    gus: slack.person("UGUEST001"),
    olga: slack.person("UOUTSIDE1"),
    database,
    get databaseFile() {
      return database.file;
    },
    otherDatabase: async () => {
      const other = await createTestDatabase();
      others.push(other);
      return other.url;
    },
    log,
    port: first?.port ?? 0,
    environment: usual,
    startBot,
    restartBot: async (env) => {
      for (const bot of [...running]) await stopBot(bot);
      world.port = (await startBot(env)).port;
    },
    secretsFound: () => secretsFound({ slack, tigris, databases: [database, ...others], log }),
    stop: async () => {
      slack.faults.clear();
      tigris.faults.clear();
      for (const bot of [...running]) await stopBot(bot);
      await Promise.all([slack.stop(), tigris.stop()]);
      for (const one of [database, ...others]) await one.remove();
    },
  };
  return world;
}

/** The environment of one bot: where it has a policy's file, that says how long keys live. */
export function besidePolicy(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env.POLICY_FILE ? { ...env, LASTS_ADMIN: undefined } : env;
}

function environment(mode: Mode, slack: SlackStandIn, tigris: TigrisStandIn, databaseUrl: string): NodeJS.ProcessEnv {
  return {
    SLACK_BOT_TOKEN: APP.botToken,
    ...(mode === "socket" ? { SLACK_APP_TOKEN: APP.appToken } : { SLACK_SIGNING_SECRET: APP.signingSecret }),
    SLACK_API_URL: slack.url,
    SLACK_LOOKS_PER_MINUTE: NO_LOOK_LIMIT,
    PORT: "0",
    AWS_ACCESS_KEY_ID: OWN_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: OWN_KEY.secretAccessKey,
    AWS_ENDPOINT_URL_IAM: tigris.iamUrl,
    AWS_ENDPOINT_URL_S3: tigris.s3Url,
    APPROVALS_CHANNEL: APPROVALS,
    APPROVERS: APPROVERS_GROUP,
    DATABASE_URL: databaseUrl,
    // Most tests are about other things than ends.
    LASTS_ADMIN: "none/none",
    LOG_LEVEL: "trace",
  };
}
