import { randomBytes, randomUUID } from "node:crypto";
import type { Config } from "./config";
import type { EventLog } from "./log";
import { type createOrganizationCheck, guarded } from "./organization";
import type { Replicas } from "./replicas";
import type { GroupRateLimit } from "./slack/clients/group-rate-limit";
import { createHome } from "./slack/clients/home";
import type { Identity } from "./slack/clients/identity";
import { createLookTurns } from "./slack/clients/look-turns";
import { createMessenger } from "./slack/clients/messenger";
import { createPeople } from "./slack/clients/people";
import { readyDm } from "./slack/clients/ready-dm";
import { createTroubleLog } from "./slack/clients/trouble-log";
import type { SlackClients } from "./slack/clients/web-clients";
import { settingsOf } from "./start";
import { createRecentBuckets } from "./workflow/buckets";
import type { Clock } from "./workflow/clock";
import type { PolicyPort } from "./workflow/policy-port";
import type { Ids, Ports } from "./workflow/ports";
import type { StorePort } from "./workflow/store-port";
import type { TigrisPort } from "./workflow/tigris-port";

/** What the ports are made of. */
export type PortParts = {
  config: Config;
  clock: Clock;
  log: EventLog;
  clients: SlackClients;
  store: StorePort;
  identity: Identity;
  tigris: TigrisPort;
  organization: ReturnType<typeof createOrganizationCheck>;
  groupRateLimit: GroupRateLimit;
  policy: PolicyPort;
};

/**
 * What the workflows reach of Slack, Tigris, the store and the clock.
 * @param wake is called when something may be due
 */
export function portsOf(parts: PortParts, replicas: Pick<Replicas, "count">, wake: () => void): Ports {
  const { config, clock, log, clients, store, tigris, organization, identity, groupRateLimit, policy } = parts;
  const note = createTroubleLog(clock, log);
  const settings = settingsOf(config);
  const checked = guarded(tigris, organization);
  return {
    clock,
    ids,
    store,
    people: createPeople({
      client: clients.clicks,
      clock,
      turns: createLookTurns(clock, config.slack.looksPerMinute, replicas.count),
      groupRateLimit,
      replicas: replicas.count,
      note,
    }),
    home: createHome({ first: identity.home, client: clients.clicks, clock, log, note }),
    messenger: {
      ...createMessenger({ clients, clock, settings }),
      readyDm: (place) => readyDm({ store, settings, policy, client: clients.clicks }, place),
    },
    tigris: checked,
    recentBuckets: createRecentBuckets({ tigris: checked, clock }),
    allBuckets: createAllBuckets(),
    settings,
    policy,
    log,
    wake,
  };
}

/** Only what is offered goes by it: what Tigris refuses it refuses again. */
function createAllBuckets(): Ports["allBuckets"] {
  let wasRefused = false;
  return {
    noteRefused: () => {
      wasRefused = true;
    },
    isRefused: () => wasRefused,
  };
}

const ids: Ids = { unique: randomUUID, randomByte: () => randomBytes(1).readUInt8() };
