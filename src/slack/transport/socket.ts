import type { App, Receiver } from "@slack/bolt";
import type { Secret } from "../../domain/secret";
import { OPEN_CONNECTION_TIMEOUT_MS, SOCKET_CONNECTIONS } from "../../domain/service-limits";
import type { SdkLogger } from "../../log";
import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";
import { createAcknowledger } from "./acknowledge";
import { openConnection, type WebSocketWay } from "./connection";
import { createConnectionSlot } from "./connection-slot";
import { createHeadCount } from "./head-count";
import type { Transport } from "./transport";

/**
 * Payloads over Socket Mode. The library's own way to come back takes seconds, in which commands get lost; so each of the
 * slots opens a new connection as soon as Slack announces the end of its old one, and what came over the old one is still
 * acknowledged over it.
 * @param options.apiUrl ends with a slash
 * @param options.elsewhere how many connections other processes of this bot may have
 * @param options.openTimeoutMs for one try to open a connection
 */
export function createSocketTransport(options: {
  appToken: Secret;
  apiUrl: string;
  webSocket: (() => WebSocketWay) | null;
  clock: Clock;
  log: Log;
  logger: SdkLogger;
  elsewhere: () => number;
  openTimeoutMs?: number;
}): Transport {
  const { appToken, apiUrl, webSocket, clock, log, logger, elsewhere } = options;
  const { openTimeoutMs = OPEN_CONNECTION_TIMEOUT_MS } = options;
  const acknowledger = createAcknowledger(log);
  const headCount = createHeadCount({ clock, log, elsewhere });
  const open = (signal: AbortSignal) =>
    openConnection(
      { appToken, apiUrl, webSocket, log, logger, openTimeoutMs, enter: headCount.enter, take: acknowledger.take },
      signal,
    );
  const slots = Array.from({ length: SOCKET_CONNECTIONS }, () => createConnectionSlot({ clock, log, open }));
  const receiver: Receiver = {
    init: (app: App) => acknowledger.connect(app),
    start: async () => {},
    stop: async () => {},
  };

  async function close(): Promise<void> {
    await Promise.all(slots.map((slot) => slot.stop()));
  }

  return {
    receiver,
    requestListener: null,
    isConnected: () => slots.some((slot) => slot.isReady()),
    otherConnections: () => headCount.others(),
    connections: () => Math.max(SOCKET_CONNECTIONS, headCount.most()),
    start: async () => {
      const starts = slots.map((slot) => slot.start());
      try {
        await Promise.any(starts);
      } catch (error) {
        await close();
        throw error instanceof AggregateError ? error.errors[0] : error;
      }
    },
    drain: async () => {
      await acknowledger.stop();
      await close();
    },
    close,
  };
}
