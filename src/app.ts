import { randomBytes, randomUUID } from "node:crypto";
import type pino from "pino";
import { createBoltApp, createTransport } from "./bolt";
import { systemClock } from "./clock";
import type { Config } from "./config";
import { PERSON_RATE_LIMIT } from "./domain/limits";
import { DRAIN_MS, SERVER_LIMITS, SLACK_TIMEOUTS, TIGRIS_TIMEOUTS } from "./domain/service-limits";
import { createInFlight } from "./in-flight";
import { createLog, type EventLog, sdkLogger } from "./log";
import { createOrganisationCheck, guarded, liveOrganisation } from "./organisation";
import { createReadiness, readinessChecks } from "./readiness";
import { createServer, type ServerLimits } from "./server";
import { createGroupCheck } from "./slack/clients/group-problems";
import { GROUP_RATE_LIMIT, type GroupRateLimit } from "./slack/clients/group-rate-limit";
import { createHome } from "./slack/clients/home";
import type { Identity } from "./slack/clients/identity";
import { createLookTurns } from "./slack/clients/look-turns";
import { approvalsChannel, createMessenger } from "./slack/clients/messenger";
import { sendMessage } from "./slack/clients/outbox-sender";
import { createPeople } from "./slack/clients/people";
import { readyDm } from "./slack/clients/ready-dm";
import { mayRespondTo } from "./slack/clients/respond";
import { createTroubleLog } from "./slack/clients/trouble-log";
import { createClients, fetchWithTime, type SlackClients, type SlackTimeouts } from "./slack/clients/web-clients";
import { limitEachPerson, type PersonRateLimit } from "./slack/interaction/person-rate-limit";
import { createRefusalTrace } from "./slack/interaction/refusal-trace";
import { registerListeners } from "./slack/listeners";
import type { Transport } from "./slack/transport/transport";
import { channelWords } from "./slack/words/channel";
import { plainText } from "./slack/words/sentence";
import { claimTeam, identityOrFail, listenersOf, openStoreOrFail, refuseOtherOrganisation, settingsOf } from "./start";
import { createTigris, type TigrisTimeouts } from "./tigris";
import { createWorker } from "./worker";
import type { Clock } from "./workflow/clock";
import type { Ids, Ports } from "./workflow/ports";
import { createServiceClock, type ServiceClock } from "./workflow/service-clock";
import type { StorePort } from "./workflow/store-port";
import type { TigrisPort } from "./workflow/tigris-port";

/** What a caller may put in place of the real thing. */
export type Overrides = {
  clock?: Clock;
  logDestination?: pino.DestinationStream;
  slackTimeouts?: SlackTimeouts;
  tigrisTimeouts?: TigrisTimeouts;
  personRateLimit?: PersonRateLimit;
  groupRateLimit?: GroupRateLimit;
  serverLimits?: ServerLimits;
  /** Puts something between the bot and its store. */
  store?: (store: StorePort) => StorePort;
};

export type Bot = {
  log: EventLog;
  /** Connects to Slack and listens. @returns the port that it listens on */
  start(): Promise<number>;
  /** Takes nothing new, finishes what is under way within `DRAIN_MS`, and closes everything. */
  stop(): Promise<void>;
};

/**
 * Puts the parts together, once it is known which workspace and organisation they are for.
 * @throws StartError where the bot can't start as it is configured
 */
export async function buildApp(config: Config, overrides: Overrides = {}): Promise<Bot> {
  const clock = overrides.clock ?? systemClock;
  const destination = overrides.logDestination;
  const log = createLog({ level: config.logLevel, ...(destination ? { destination } : {}) });
  const { botToken, apiUrl } = config.slack;
  const timeouts = overrides.slackTimeouts ?? SLACK_TIMEOUTS;
  const slackTime = createServiceClock({ service: "Slack", clock, log });
  const tigrisTime = createServiceClock({ service: "Tigris", clock, log });
  const clients = createClients({
    botToken,
    apiUrl,
    timeouts,
    logger: sdkLogger(log, "slack.web-api"),
    fetch: fetchWithTime(clock, slackTime),
  });
  const opened = await openStoreOrFail(config.databaseFile, listenersOf(log));
  const store = overrides.store?.(opened) ?? opened;
  try {
    const identity = await identityOrFail(clients.outbox, clock);
    await claimTeam(store, identity.home.teamId, clock.now());
    const tigrisTimeouts = overrides.tigrisTimeouts ?? TIGRIS_TIMEOUTS;
    const tigris = createTigris({ ...config.tigris, timeouts: tigrisTimeouts, log, clock, tigrisTime });
    const organisation = createOrganisationCheck(tigris, store, clock.now);
    log.info({ event: "organisation.checked", ...(await refuseOtherOrganisation(organisation)) });
    return assemble({
      config,
      clock,
      log,
      clients,
      slackTime,
      tigrisTime,
      store,
      identity,
      tigris,
      organisation,
      timeouts,
      personRateLimit: overrides.personRateLimit ?? PERSON_RATE_LIMIT,
      groupRateLimit: overrides.groupRateLimit ?? GROUP_RATE_LIMIT,
      serverLimits: overrides.serverLimits ?? SERVER_LIMITS,
    });
  } catch (error) {
    await store.close();
    throw error;
  }
}

type Parts = {
  config: Config;
  clock: Clock;
  log: EventLog;
  clients: SlackClients;
  slackTime: ServiceClock;
  tigrisTime: ServiceClock;
  store: StorePort;
  identity: Identity;
  tigris: TigrisPort & { close(): void };
  organisation: ReturnType<typeof createOrganisationCheck>;
  timeouts: SlackTimeouts;
  personRateLimit: PersonRateLimit;
  groupRateLimit: GroupRateLimit;
  serverLimits: ServerLimits;
};

function assemble(parts: Parts): Bot {
  const { config, clock, log, clients, store, tigris } = parts;
  const ports = portsOf(parts, () => worker.wake());
  const worker = createWorker({
    ports,
    send: (message) => sendMessage({ ...ports, client: clients.outbox }, message),
  });
  const transport = createTransport({
    config: config.slack,
    clock,
    log,
    slackTime: parts.slackTime,
    client: clients.outbox,
  });
  const inFlight = createInFlight();
  const app = createBoltApp(parts.identity, log, transport.receiver);
  app.use(({ next }) => inFlight.track(next()));
  const mayRespond = mayRespondTo(config.slack.apiUrl);
  const noteRefusal = createRefusalTrace(clock, log);
  limitEachPerson(app, {
    personRateLimit: parts.personRateLimit,
    clock,
    noteRefusal,
    respondMs: parts.timeouts.clickMs,
    mayRespond,
  });
  registerListeners(app, {
    ports,
    client: clients.clicks,
    noteRefusal,
    workspaceUrl: parts.identity.workspaceUrl,
    respondMs: parts.timeouts.clickMs,
    mayRespond,
  });
  const readiness = readinessOf(parts, transport, ports.people);
  const server = createServer({
    port: config.port,
    host: config.host,
    readiness: readiness.now,
    slackEvents: transport.requestListener,
    log,
    limits: parts.serverLimits,
  });

  return {
    log,
    start: async () => {
      const port = await server.start();
      await transport.start();
      worker.start();
      log.info({ event: "bot.started", port, mode: config.slack.transport.kind });
      // Whoever starts the bot reads what it warns of, though nobody asks for it yet.
      await readiness.atStart();
      return port;
    },
    stop: async () => {
      await transport.drain();
      const over = new AbortController();
      await Promise.race([Promise.all([inFlight.idle(), worker.stop()]), clock.wait(DRAIN_MS, over.signal)]);
      over.abort();
      await transport.close();
      await server.stop();
      tigris.close();
      await store.close();
      log.info({ event: "bot.stopped" });
    },
  };
}

/** What the workflows reach of Slack, Tigris, the store and the clock. */
function portsOf(parts: Parts, wake: () => void): Ports {
  const { config, clock, log, clients, store, tigris, organisation, identity, groupRateLimit } = parts;
  const approvalsChannelId = config.people.approvalsChannel;
  const note = createTroubleLog(clock, log);
  const settings = settingsOf(config);
  return {
    clock,
    ids,
    store,
    people: createPeople({
      client: clients.clicks,
      clock,
      turns: createLookTurns(clock, config.slack.looksPerMinute),
      groupRateLimit,
      note,
    }),
    home: createHome({ first: identity.home, client: clients.clicks, clock, log, note }),
    messenger: {
      ...createMessenger({ clients, clock, approvalsChannelId }),
      readyDm: (place) => readyDm({ store, settings, client: clients.clicks }, place),
    },
    tigris: guarded(tigris, organisation),
    settings,
    log,
    wake,
  };
}

function readinessOf(parts: Parts, transport: Transport, people: Ports["people"]): ReturnType<typeof createReadiness> {
  const { config, clock, log, clients, store, tigris, organisation } = parts;
  const { approvalsChannel: approvalsChannelId, approvers, requesters } = config.people;
  const groupProblems = createGroupCheck(clock, people);
  const checks = readinessChecks({
    store,
    isConnected: () => transport.isConnected(),
    otherConnections: () => transport.otherConnections(),
    approvalsChannel: () => approvalsChannel(clients.outbox, approvalsChannelId),
    channelWords: (problem) => plainText(channelWords(problem)),
    groupProblems: () => groupProblems([approvers, requesters]),
    clockWarnings: () => [parts.slackTime.warning(), parts.tigrisTime.warning()],
    organisation: () => liveOrganisation(organisation, tigris),
  });
  return createReadiness({ clock, log, checks });
}

const ids: Ids = { unique: randomUUID, randomByte: () => randomBytes(1).readUInt8() };
