import type { ReceiverEvent } from "@slack/bolt";
import type { SocketModeOptions } from "@slack/socket-mode";
import type { Secret } from "../../domain/secret";
import { CLOSE_CONNECTION_TIMEOUT_MS } from "../../domain/service-limits";
import type { SdkLogger } from "../../log";
import type { Log } from "../../workflow/ports";
import { type CallFailure, called } from "../clients/call";
import { FrameClient } from "./frame-client";
import type { Head } from "./head-count";
import { isOver } from "./is-over";

/**
 * Why a connection needs a successor: it is gone, Slack sends nothing new over it, Slack will say that in about ten
 * seconds, or the app's Socket Mode was turned off (Slack, Socket Mode: `refresh_requested`, `warning`, `link_disabled`).
 */
export type Ending = "lost" | "recycled" | "announced" | "turned_off";

/** One open connection. Neither promise ever rejects. */
export type Connection = {
  ending: Promise<Ending>;
  /** Resolves once nothing new comes over it. */
  left: Promise<void>;
  /** Ends it as soon as what came over it is acknowledged. */
  close(): Promise<void>;
};

export type Opening = { kind: "open"; connection: Connection } | CallFailure;

/** The way of one WebSocket to Slack, and of the call that asks for it. `close` ends what it still has open. */
export type WebSocketWay = { dispatcher: NonNullable<SocketModeOptions["dispatcher"]>; close(): void };

export type ConnectionOptions = {
  appToken: Secret;
  /** Ends with a slash. */
  apiUrl: string;
  /** Null where the library goes its own way. */
  webSocket: (() => WebSocketWay) | null;
  log: Pick<Log, "warn">;
  /** Says that one more connection is being opened. */
  enter: () => Head;
  logger: SdkLogger;
  /** Takes a payload; resolves once it is acknowledged, or can't be any more. */
  take: (event: ReceiverEvent) => Promise<void>;
  /** For `apps.connections.open`, the socket, and Slack's hello together. */
  openTimeoutMs: number;
};

/**
 * Opens one connection, once.
 * @param signal gives the attempt up
 * @returns never rejects; a failure has Slack's code, or `no_answer`
 */
export async function openConnection(options: ConnectionOptions, signal: AbortSignal): Promise<Opening> {
  const { appToken, apiUrl, logger, openTimeoutMs } = options;
  const way = options.webSocket?.() ?? null;
  const client = new FrameClient({
    ...(way ? { dispatcher: way.dispatcher } : {}),
    appToken: appToken.expose(),
    autoReconnectEnabled: false,
    logger,
    clientOptions: {
      slackApiUrl: apiUrl,
      // Shorter than the whole, so that no socket opens after the attempt was given up.
      timeout: Math.ceil(openTimeoutMs / 2),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
    },
  });
  const head = options.enter();
  const connection = connectionOf(client, options, head);
  // By itself the library leaves a socket open whose other side says nothing more, if it goes a way of ours.
  client.once("disconnected", () => way?.close());
  const starting = called(client.start());
  const isInTime = await isOver(starting, openTimeoutMs, signal);
  if (!isInTime) {
    void starting.then(connection.close);
    await connection.close();
    way?.close();
    head.gone();
    return { kind: "failed", code: "no_answer", retryAfterMs: null };
  }
  const started = await starting;
  if (started.kind === "ok") return { kind: "open", connection };
  way?.close();
  head.gone();
  return started;
}

function connectionOf(client: FrameClient, { take, log }: ConnectionOptions, head: Head): Connection {
  const waiting = new Set<Promise<void>>();
  client.on("slack_event", ({ ack, body, retry_num: retryNum, retry_reason: retryReason }) => {
    const taken = take({ ack, body, ...(retryNum === undefined ? {} : { retryNum, retryReason }) });
    waiting.add(taken);
    void taken.then(() => waiting.delete(taken));
  });
  client.on("odd_frame", () => log.warn({ event: "transport.odd_frame" }));
  client.on("greeted", (counted: number | null) => head.hello(counted));

  const gone = new Promise<void>((resolve) => client.once("disconnected", () => resolve()));
  const left = new Promise<void>((resolve) => {
    void gone.then(resolve);
    client.on("goodbye", (reason: string) => {
      if (reason !== "warning") resolve();
    });
  });
  void left.then(() => head.left());
  void gone.then(() => head.gone());
  const ending = new Promise<Ending>((resolve) => {
    void gone.then(() => resolve("lost"));
    client.once("goodbye", (reason: string) => resolve(endingFor(reason)));
  });
  return {
    ending,
    left,
    close: async () => {
      await Promise.race([Promise.all(waiting), gone]);
      // The second time the library closes without the other side.
      if (!(await isOver(client.disconnect(), CLOSE_CONNECTION_TIMEOUT_MS))) await client.disconnect();
    },
  };
}

function endingFor(reason: string): Ending {
  if (reason === "warning") return "announced";
  return reason === "link_disabled" ? "turned_off" : "recycled";
}
