import { App, type Receiver } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Config } from "./config";
import { type EventLog, sdkLogger } from "./log";
import { askIdentity, type Identity } from "./slack/clients/identity";
import type { WebSocketWay } from "./slack/transport/connection";
import { createHttpTransport } from "./slack/transport/http";
import { createSocketTransport } from "./slack/transport/socket";
import type { Transport } from "./slack/transport/transport";
import type { Clock } from "./workflow/clock";
import type { ServiceClock } from "./workflow/service-clock";

/** The transport that is configured. @param client asks Slack for its time, where a request's own looks odd; `elsewhere`: connections of other processes of this bot */
export function createTransport({
  config: { apiUrl, transport },
  webSocket,
  clock,
  log,
  slackTime,
  client,
  elsewhere,
}: {
  config: Config["slack"];
  webSocket: (() => WebSocketWay) | null;
  clock: Clock;
  log: EventLog;
  slackTime: ServiceClock;
  client: WebClient;
  elsewhere: () => number;
}): Transport {
  const logger = sdkLogger(log, "slack.transport");
  if (transport.kind === "socket")
    return createSocketTransport({ appToken: transport.appToken, apiUrl, webSocket, clock, log, logger, elsewhere });
  const { signingSecret } = transport;
  return createHttpTransport({ signingSecret, clock, log, slackTime, askTime: () => void askIdentity(client) });
}

/**
 * Bolt's app, without listeners yet. It gets no token: the listeners use clients of their own, each with its time limit.
 * @param receiver takes what Slack sends
 */
export function createBoltApp({ botId, botUserId }: Identity, log: EventLog, receiver: Receiver): App {
  const app = new App({
    receiver,
    authorize: async () => ({ botId, botUserId }),
    logger: sdkLogger(log, "slack.bolt"),
    convoStore: false,
  });
  app.error(async ({ code }) => log.error({ event: "listener.failed", code }));
  return app;
}
