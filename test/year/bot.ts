import { readConfig } from "../../src/config";
import { createLog } from "../../src/log";
import { openStoreOrFail } from "../../src/open-store";
import { createOrganizationCheck } from "../../src/organization";
import { policyOfConfig } from "../../src/policy";
import { policyInStore } from "../../src/policy-in-force";
import { readPolicy } from "../../src/policy-source";
import { portsOf } from "../../src/ports";
import { askIdentity } from "../../src/slack/clients/identity";
import { sendMessage } from "../../src/slack/clients/outbox-sender";
import { createClients } from "../../src/slack/clients/web-clients";
import { createWorker } from "../../src/worker";
import type { Ports } from "../../src/workflow/ports";
import type { TigrisPort } from "../../src/workflow/tigris-port";
import { APP, APPROVALS, APPROVERS_GROUP, OWN_KEY } from "../kit/people";
import type { YearClock } from "./clock";
import { ROTATE_AFTER_DAYS } from "./next-due";
import type { YearSlack } from "./slack";

/** Much more than a company asks for at once: Slack's own limits are no matter of a year. */
const NO_LIMIT = 100_000;

export type YearBot = {
  ports: Ports;
  /** How many rounds its worker has. */
  loops: number;
  /** Lets the worker do whatever is due by now. */
  work(): Promise<void>;
  stop(): Promise<void>;
};

type Around = {
  clock: YearClock;
  slack: YearSlack;
  tigris: TigrisPort;
  databaseUrl: string;
  onError: (line: string) => void;
  /** How many rounds the worker has, from the bot before this one; null where this is the first. */
  loops: number | null;
  onKeyOn: (key: { ownerId: string; accessKeyId: string }) => void;
};

/** The bot without Bolt and the wire: the verbs on a real store, the worker, and what writes and draws messages. */
export async function startYearBot(around: Around): Promise<YearBot> {
  const { clock, slack, tigris } = around;
  const config = configOf(slack, around.databaseUrl);
  const log = createLog({ level: "error", destination: { write: around.onError } });
  const store = await openStoreOrFail(
    config.database,
    { ...clock, standsIn: true },
    {
      onEvent: ({ name, actorId: ownerId, accessKeyId }) => {
        if (name === "key.on" && accessKeyId !== null) around.onKeyOn({ ownerId, accessKeyId });
      },
    },
  );
  const { botToken, apiUrl } = config.slack;
  const timeouts = { clickMs: 60_000, deliveryMs: 60_000, outboxMs: 60_000 };
  const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing };
  const logger = { ...silent, getLevel: () => "error" as never };
  const clients = createClients({ botToken, apiUrl, timeouts, operator: null, fetch: slack.fetch, logger });
  const identity = await askIdentity(clients.outbox);
  if (identity.kind === "failed") throw new Error(`the bot does not know who it is: ${identity.code}`);
  const policy = policyInStore(store, policyOfConfig(config));
  const organization = createOrganizationCheck(tigris, store, OWN_KEY.accessKeyId);
  const groupRateLimit = { atOnce: NO_LIMIT, everyMs: 1 };
  const parts = { config, clock, log, clients, store, identity, tigris, organization, groupRateLimit, policy };
  const ports = portsOf(parts, { count: () => 1 }, () => worker.wake());
  const worker = createWorker({
    ports,
    send: async (message) =>
      message.kind === "app_home"
        ? { kind: "sent", isPosted: false }
        : sendMessage({ ...ports, client: clients.outbox, readPolicy }, message),
  });
  if ((await organization()).kind !== "same") throw new Error("the store is another organization's");
  worker.start();
  const loops = around.loops ?? (await clock.resting());
  await clock.untilAtRest(loops);
  return {
    ports,
    loops,
    work: async () => {
      worker.wake();
      await clock.untilAtRest(loops);
    },
    stop: async () => {
      await worker.stop();
      await store.close();
    },
  };
}

function configOf(slack: YearSlack, databaseUrl: string) {
  const reading = readConfig({
    SLACK_BOT_TOKEN: APP.botToken,
    SLACK_APP_TOKEN: APP.appToken,
    SLACK_API_URL: slack.apiUrl,
    SLACK_LOOKS_PER_MINUTE: String(NO_LIMIT),
    AWS_ACCESS_KEY_ID: OWN_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: OWN_KEY.secretAccessKey,
    APPROVALS_CHANNEL: APPROVALS,
    APPROVERS: APPROVERS_GROUP,
    DATABASE_URL: databaseUrl,
    LASTS_READONLY: "90d/none",
    LASTS_EDITOR: "90d/180d",
    LASTS_ADMIN: "7d/7d",
    KEEP_DAYS: "400",
    ROTATE_AFTER: `${ROTATE_AFTER_DAYS}d`,
  });
  if (!reading.ok) throw new Error(`the configuration of the year is wrong: ${JSON.stringify(reading.problems)}`);
  return reading.config;
}

function nothing(): void {}
