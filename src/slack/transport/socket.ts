import type { App, Receiver } from "@slack/bolt";
import { SocketModeClient } from "@slack/socket-mode";
import type { Secret } from "../../domain/secret";
import type { SdkLogger } from "../../log";
import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";
import { called } from "../call";
import { createIntake } from "./intake";
import { createSlot, type Opening } from "./slot";
import type { Transport } from "./transport";

/** With two connections, one goes on while Slack recycles the other (Slack allows ten). */
const SLOTS = 2;
const OPEN_TIMEOUT_MS = 10_000;

/**
 * Payloads over Socket Mode. The library's own way to come back takes seconds, in which commands get lost; so each of two
 * slots opens a new connection as soon as Slack announces the end of its old one.
 * @param options.apiUrl ends with a slash
 */
export function createSocketTransport(options: {
  appToken: Secret;
  apiUrl: string;
  clock: Clock;
  log: Log;
  logger: SdkLogger;
}): Transport {
  const { clock, log } = options;
  const intake = createIntake(log);
  const slots = Array.from({ length: SLOTS }, () => createSlot({ clock, log, open: () => open(options, intake.take) }));
  const receiver: Receiver = {
    init: (app: App) => intake.connect(app),
    start: async () => {},
    stop: async () => {},
  };
  return {
    receiver,
    requestListener: null,
    isConnected: () => slots.some((slot) => slot.isReady()),
    start: async () => {
      await Promise.any(slots.map((slot) => slot.start())).catch((errors: AggregateError) => {
        throw errors.errors[0];
      });
    },
    drain: async () => {
      await intake.stop();
      await Promise.all(slots.map((slot) => slot.stop()));
    },
    close: async () => {
      await Promise.all(slots.map((slot) => slot.stop()));
    },
  };
}

/** Opens one connection: `apps.connections.open`, the socket, and Slack's hello, within one time limit. */
async function open(
  options: { appToken: Secret; apiUrl: string; logger: SdkLogger },
  take: Parameters<typeof listen>[1],
): Promise<Opening> {
  const { appToken, apiUrl, logger } = options;
  const client = new SocketModeClient({
    appToken: appToken.expose(),
    autoReconnectEnabled: false,
    logger,
    clientOptions: {
      slackApiUrl: apiUrl,
      timeout: OPEN_TIMEOUT_MS,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
    },
  });
  const connection = listen(client, take);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), OPEN_TIMEOUT_MS);
  });
  const opened = await Promise.race([called(client.start()), late]);
  clearTimeout(timer);
  if (opened === "late") return { kind: "failed", code: "no_answer", retryAfterMs: null };
  if (opened.kind === "failed") return opened;
  return { kind: "open", ...connection };
}

/** A frame with which Slack says that a connection is about to end (Slack, Socket Mode). */
const GOODBYE = /"type"\s*:\s*"disconnect"/;
const MAX_GOODBYE_CHARACTERS = 1_000;

function listen(client: SocketModeClient, take: ReturnType<typeof createIntake>["take"]) {
  client.on("slack_event", ({ ack, body, retry_num: retryNum, retry_reason: retryReason }) => {
    take({ ack, body, ...(retryNum === undefined ? {} : { retryNum, retryReason }) });
  });
  const ended = new Promise<{ isRefused: boolean }>((resolve) => {
    client.once("disconnected", () => resolve({ isRefused: false }));
    client.on("ws_message", (data: unknown) => {
      if (typeof data !== "string" || data.length > MAX_GOODBYE_CHARACTERS || !GOODBYE.test(data)) return;
      resolve({ isRefused: data.includes("link_disabled") });
    });
  });
  return { ended, close: () => client.disconnect() };
}
