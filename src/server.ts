import { createServer as createHttpServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { StartError } from "./start-error";
import type { Log } from "./workflow/ports";

/** Time limits in milliseconds and sizes that keep slow or huge requests from holding the process up. */
const HEADERS_MS = 5_000;
const REQUEST_MS = 10_000;
const MAX_HEADER_BYTES = 16_384;
const MAX_CONNECTIONS = 512;

export type HealthServer = {
  /** @returns the port that it listens on. @throws StartError where it can't have it */
  start(): Promise<number>;
  stop(): Promise<void>;
};

/**
 * The one server: `/healthz` (the process answers), `/readyz` (it can do its work, or why not), and `/slack/events` where
 * Slack comes over HTTP.
 * @param options.readiness gives the reasons why the bot is not ready; none where it is
 */
export function createServer(options: {
  port: number;
  readiness: () => Promise<string[]>;
  slackEvents: RequestListener | null;
  log: Log;
}): HealthServer {
  const { port, readiness, slackEvents, log } = options;
  const server = createHttpServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    (request, response) => {
      const path = request.url?.split("?")[0];
      if (path === "/slack/events" && slackEvents) {
        if (request.method === "POST") return slackEvents(request, response);
        return answer(response, 405, { error: "method_not_allowed" });
      }
      if (request.method !== "GET" && request.method !== "HEAD") return answer(response, 404, { error: "not_found" });
      if (path === "/healthz") return answer(response, 200, { alive: true });
      if (path === "/readyz") return void answerReadiness(response, readiness);
      return answer(response, 404, { error: "not_found" });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(port, error.code ?? "unknown")));
        server.listen(port, () => {
          server.on("error", (error: NodeJS.ErrnoException) => log.error({ event: "server.failed", code: error.code }));
          resolve((server.address() as AddressInfo).port);
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answerReadiness(response: ServerResponse, readiness: () => Promise<string[]>): Promise<void> {
  const reasons = await readiness().catch(() => ["The bot can't say how it is."]);
  answer(response, reasons.length === 0 ? 200 : 503, { ready: reasons.length === 0, reasons });
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body)}\n`);
}

function cannotListen(port: number, code: string): StartError {
  const why = code === "EADDRINUSE" ? "another program uses it" : code;
  return new StartError("port_unusable", `Port ${port} can't be used: ${why}. Set PORT to another one.`, 78);
}
