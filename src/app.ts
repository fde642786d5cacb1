import type pino from "pino";
import { assemble } from "./assemble";
import { createTransport } from "./bolt";
import { createSteeredClock, systemClock } from "./clock";
import type { Config } from "./config";
import { PERSON_RATE_LIMIT } from "./domain/limits";
import { DRAIN_MS, SERVER_LIMITS, SLACK_TIMEOUTS, TIGRIS_TIMEOUTS } from "./domain/service-limits";
import { createLifecycle, onceFree, type Starting } from "./lifecycle";
import { createLog, type EventLog, sdkLogger } from "./log";
import { listenersOf, openStoreOrFail } from "./open-store";
import { createOrganizationCheck } from "./organization";
import { policyOfConfig } from "./policy";
import { waysOut } from "./proxy";
import type { Readiness } from "./readiness";
import { createServer, type ServerLimits } from "./server";
import { GROUP_RATE_LIMIT, type GroupRateLimit } from "./slack/clients/group-rate-limit";
import { createClients, fetchWithTime, type SlackTimeouts } from "./slack/clients/web-clients";
import type { PersonRateLimit } from "./slack/interaction/person-rate-limit";
import { claimTeam, identityOrFail, refuseOtherOrganization } from "./start";
import type { InUse } from "./start-error";
import { createTigris, type TigrisTimeouts } from "./tigris";
import type { Clock } from "./workflow/clock";
import type { PolicyPort } from "./workflow/policy-port";
import { createServiceClock } from "./workflow/service-clock";
import type { StorePort } from "./workflow/store-port";

/** What a caller may put in place of the real thing. */
export type Overrides = {
  clock?: Clock;
  logDestination?: pino.DestinationStream;
  slackTimeouts?: SlackTimeouts;
  tigrisTimeouts?: TigrisTimeouts;
  personRateLimit?: PersonRateLimit;
  groupRateLimit?: GroupRateLimit;
  serverLimits?: ServerLimits;
  policy?: PolicyPort;
  /** Puts something between the bot and its store. */
  store?: (store: StorePort) => StorePort;
};

export type Bot = {
  log: EventLog;
  /**
   * Listens, opens the database, learns who it is, and connects to Slack, in this order.
   * @returns the port that it listens on
   * @throws StartError where the bot can't start as it is configured, with nothing left open
   */
  start(): Promise<number>;
  /** Ends a start that is under way, or takes nothing new and finishes what is under way within `DRAIN_MS`; closes everything. */
  stop(): Promise<void>;
};

const STARTING = notReady("The bot is starting.");

/** Puts the parts together. Nothing is opened or asked for before the start. */
export function buildApp(config: Config, overrides: Overrides = {}): Bot {
  const ownClock = overrides.clock ?? systemClock;
  const { clock, goBy } = createSteeredClock(ownClock);
  const destination = overrides.logDestination;
  const log = createLog({ level: config.logLevel, ...(destination ? { destination } : {}) });
  const { botToken, apiUrl } = config.slack;
  const timeouts = overrides.slackTimeouts ?? SLACK_TIMEOUTS;
  const ways = waysOut(config.proxy, { clock, log });
  const whose = config.database.kind === "postgres" ? "the database server" : "this machine";
  const slackTime = createServiceClock({ service: "Slack", clock, whose, log });
  const tigrisTime = createServiceClock({ service: "Tigris", clock, whose, log });
  const clients = createClients({
    botToken,
    apiUrl,
    timeouts,
    logger: sdkLogger(log, "slack.web-api"),
    operator: config.people.operator,
    fetch: fetchWithTime(ways.fetch, clock, slackTime),
  });
  let elsewhere = (): number => 0;
  const transport = createTransport({
    config: config.slack,
    webSocket: ways.webSocket,
    clock,
    log,
    slackTime,
    client: clients.outbox,
    elsewhere: () => elsewhere(),
  });
  let readiness = STARTING;
  const server = createServer({
    port: config.port,
    host: config.host,
    readiness: () => readiness(),
    slackEvents: transport.requestListener,
    log,
    limits: overrides.serverLimits ?? SERVER_LIMITS,
  });

  /** Another process may have it for a while: the one that this one takes over from. */
  function waited(reason: InUse): void {
    log.warn({ event: "start.waiting", code: reason.code, waitsFor: reason.waitsFor });
    readiness = notReady(`Waiting for ${reason.waitsFor}.`);
  }

  async function openStore({ signal, onStop }: Starting): Promise<StorePort> {
    const storeClock = { ...ownClock, standsIn: overrides.clock !== undefined };
    const attempt = () => openStoreOrFail(config.database, storeClock, listenersOf(log));
    const opened = await onceFree(attempt, { clock, signal, onWait: waited });
    const store = overrides.store?.(opened) ?? opened;
    goBy(() => store.now());
    onStop(() => store.close());
    readiness = STARTING;
    return store;
  }

  const { start, stop } = createLifecycle(async (starting) => {
    const { signal, onStop, unlessStopped } = starting;
    onStop(() => server.stop());
    const port = await onceFree(() => server.start(), { clock, signal, onWait: waited });
    log.info({ event: "start.listening", port });
    const store = await openStore(starting);
    const identity = await unlessStopped(identityOrFail(clients.outbox, clock, signal));
    await claimTeam(store, identity.home.teamId);
    const tigrisTimeouts = overrides.tigrisTimeouts ?? TIGRIS_TIMEOUTS;
    const account = { ...config.tigris, httpsAgent: ways.httpsAgent };
    const tigris = createTigris({ ...account, timeouts: tigrisTimeouts, log, clock, tigrisTime });
    onStop(() => tigris.close());
    const organization = createOrganizationCheck(tigris, store, config.tigris.accessKeyId);
    log.info({ event: "organization.checked", ...(await unlessStopped(refuseOtherOrganization(organization))) });
    const running = assemble({
      config,
      clock,
      log,
      ways,
      clients,
      transport,
      slackTime,
      tigrisTime,
      store,
      identity,
      tigris,
      organization,
      timeouts,
      personRateLimit: overrides.personRateLimit ?? PERSON_RATE_LIMIT,
      groupRateLimit: overrides.groupRateLimit ?? GROUP_RATE_LIMIT,
      policy: overrides.policy ?? policyOfConfig(config),
    });
    readiness = running.readiness.now;
    elsewhere = running.replicas.connectionsElsewhere;
    onStop(() => drain(running));
    await running.replicas.start();
    await unlessStopped(transport.start());
    running.worker.start();
    store.onWake(() => running.worker.wake());
    log.info({ event: "bot.started", port, mode: config.slack.transport.kind });
    // Whoever starts the bot reads what it warns of, though nobody asks for it yet.
    await unlessStopped(running.readiness.atStart());
    return port;
  });

  /** Takes nothing new, and finishes what is under way. */
  async function drain({ inFlight, worker, replicas }: ReturnType<typeof assemble>): Promise<void> {
    await transport.drain();
    const over = new AbortController();
    await Promise.race([Promise.all([inFlight.idle(), worker.stop()]), clock.wait(DRAIN_MS, over.signal)]);
    over.abort();
    await transport.close();
    await replicas.stop();
    readiness = notReady("The bot is stopping.");
  }

  return {
    log,
    start,
    stop: async () => {
      await stop();
      log.info({ event: "bot.stopped" });
    },
  };
}

function notReady(reason: string): () => Promise<Readiness> {
  return async () => ({ reasons: [reason], warnings: [] });
}
