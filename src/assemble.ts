import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { createBoltApp } from "./bolt";
import { namedIn } from "./domain/policy/named";
import { createInFlight, type InFlight } from "./in-flight";
import { liveOrganization } from "./organization";
import type { PolicyLoading } from "./policy-loading";
import { readPolicy } from "./policy-source";
import { type PortParts, portsOf } from "./ports";
import type { WaysOut } from "./proxy";
import { createReadiness, readinessChecks } from "./readiness";
import { createReplicas, type Replicas } from "./replicas";
import { createAnswerInHome } from "./slack/app-home/answer";
import { redrawHome } from "./slack/app-home/redraw";
import { called } from "./slack/clients/call";
import { createGroupCheck } from "./slack/clients/group-problems";
import { approvalsChannel } from "./slack/clients/messenger";
import { sendMessage } from "./slack/clients/outbox-sender";
import { mayRespondTo } from "./slack/clients/respond";
import type { SlackTimeouts } from "./slack/clients/web-clients";
import { limitEachPerson, type PersonRateLimit } from "./slack/interaction/person-rate-limit";
import { createRefusalTrace } from "./slack/interaction/refusal-trace";
import { registerListeners } from "./slack/listeners";
import type { Transport } from "./slack/transport/transport";
import { channelWords } from "./slack/words/channel";
import { plainText } from "./slack/words/sentence";
import { createWorker, type Worker } from "./worker";
import type { Ports } from "./workflow/ports";
import type { ServiceClock } from "./workflow/service-clock";

/** What the bot works with. */
export type Parts = PortParts & {
  ways: WaysOut;
  transport: Transport;
  slackTime: ServiceClock;
  tigrisTime: ServiceClock;
  timeouts: SlackTimeouts;
  personRateLimit: PersonRateLimit;
  policyFinding: PolicyLoading["finding"];
};

/**
 * Puts the parts together, once it is known which workspace and organization they are for.
 * @returns what runs, once the transport and the worker are started
 */
export function assemble(parts: Parts): {
  replicas: Replicas;
  worker: Worker;
  inFlight: InFlight;
  readiness: ReturnType<typeof createReadiness>;
  /** Something may be due, in any process. */
  wake: () => void;
} {
  const { config, clock, log, clients, store, transport } = parts;
  const { workspaceUrl } = parts.identity;
  const replicas = createReplicas({
    store,
    clock,
    log,
    name: `${hostname()}/${process.pid}/${randomUUID()}`,
    connections: () => transport.connections(),
  });
  const wake = () => {
    worker.wake();
    store.wakeOthers();
  };
  const ports = portsOf(parts, replicas, wake);
  const worker = createWorker({
    ports,
    send: (message) =>
      message.kind === "app_home"
        ? redrawHome({ ...ports, client: clients.outbox, workspaceUrl }, message.userId)
        : sendMessage({ ...ports, client: clients.outbox, readPolicy }, message),
  });
  const inFlight = createInFlight();
  const app = createBoltApp(parts.identity, log, transport.receiver);
  app.use(({ next }) => inFlight.track(next()));
  const mayRespond = mayRespondTo(config.slack.apiUrl);
  const responding = { fetch: parts.ways.fetch, respondMs: parts.timeouts.clickMs, operator: config.people.operator };
  const noteRefusal = createRefusalTrace(clock, log);
  limitEachPerson(app, {
    personRateLimit: parts.personRateLimit,
    clock,
    noteRefusal,
    ...responding,
    mayRespond,
    open: (trigger_id, view) => called(clients.clicks.views.open({ trigger_id, view })),
  });
  registerListeners(app, {
    ports,
    client: clients.clicks,
    noteRefusal,
    workspaceUrl,
    choices: new Map(),
    answerInHome: createAnswerInHome({ ...ports, client: clients.clicks, workspaceUrl }),
    ...responding,
    mayRespond,
  });
  return { replicas, worker, inFlight, readiness: readinessOf(parts, ports.people), wake };
}

function readinessOf(parts: Parts, people: Ports["people"]): ReturnType<typeof createReadiness> {
  const { config, clock, log, clients, transport, store, tigris, organization } = parts;
  const { approvalsChannel: approvalsChannelId, approvers, operator } = config.people;
  const operators = operator?.kind === "group" ? { users: [], groups: [operator.id] } : null;
  const groupProblems = createGroupCheck(clock, people);
  // What is in force and can't be read is a finding of its own.
  const named = () =>
    parts.policy.inForce().then(
      ({ policy }) => namedIn(policy).map(({ people }) => people),
      () => [],
    );
  const checks = readinessChecks({
    store,
    isConnected: () => transport.isConnected(),
    otherConnections: () => transport.otherConnections(),
    approvalsChannel: () => approvalsChannel(clients.outbox, approvalsChannelId),
    channelWords: (problem) => plainText(channelWords(problem)),
    groupProblems: async () => groupProblems([approvers, ...(await named())], operators),
    clockWarnings: () => [parts.slackTime.warning(), parts.tigrisTime.warning()],
    organization: () => liveOrganization(organization, tigris),
    policy: parts.policyFinding,
  });
  return createReadiness({ clock, log, checks });
}
