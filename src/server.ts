import { createServer as createHttpServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SERVER_LIMITS, SERVER_STOP_MS, SLOW_REQUEST_CHECK_MS } from "./domain/service-limits";
import type { Readiness } from "./readiness";
import { EXIT, InUse, StartError } from "./start-error";
import type { Log } from "./workflow/ports";

/** Time limits in milliseconds and sizes that keep slow or huge requests from holding the process up. */
export type ServerLimits = {
  headersMs: number;
  requestMs: number;
  headerBytes: number;
  connections: number;
  /** While there are more connections than this, none is kept for another request: so the idle ones leave room for new ones. */
  keptAlive: number;
  /** How long a connection is kept for another request. */
  keepAliveMs: number;
};

export type HealthServer = {
  /**
   * May be called again where it throws.
   * @returns the port that it listens on
   * @throws InUse where another program has the port, StartError where it can't be had at all
   */
  start(): Promise<number>;
  /** Takes no more connections, and closes those that there are once their answers are out. */
  stop(): Promise<void>;
};

/**
 * The one server: `/healthz` (the process answers), `/readyz` (it can do its work, or why not), and `/slack/events` where
 * Slack comes over HTTP.
 * @param options.port 0 for any that is free
 * @param options.host the address to listen on; all of them where left out
 * @param options.readiness says how the bot is: it is ready where there are no reasons against it, whatever it warns of
 * @param options.slackEvents gets what is posted to `/slack/events`; null where that is no address
 */
export function createServer(options: {
  port: number;
  host?: string | null;
  readiness: () => Promise<Readiness>;
  slackEvents: RequestListener | null;
  log: Pick<Log, "error">;
  limits?: ServerLimits;
}): HealthServer {
  const { port, host = null, readiness, slackEvents, log, limits = SERVER_LIMITS } = options;
  const server = createHttpServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(SLOW_REQUEST_CHECK_MS, limits.headersMs),
      maxHeaderSize: limits.headerBytes,
      keepAliveTimeout: limits.keepAliveMs,
    },
    (request, response) => {
      if (connections() > limits.keptAlive) response.setHeader("connection", "close");
      const path = request.url?.split("?")[0];
      if (path === "/slack/events" && slackEvents) {
        if (request.method === "POST") return slackEvents(request, response);
        response.setHeader("allow", "POST");
        return sendJson(response, 405, { error: "method_not_allowed" });
      }
      if (request.method !== "GET" && request.method !== "HEAD") return sendJson(response, 404, { error: "not_found" });
      if (path === "/healthz") return sendJson(response, 200, { alive: true });
      if (path === "/readyz") return void answerReadiness(response, readiness);
      return sendJson(response, 404, { error: "not_found" });
    },
  );
  server.maxConnections = limits.connections;
  const connections = counted(server);
  return {
    start: () => listen(server, { port, host }, log),
    stop: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), SERVER_STOP_MS);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

/** @returns how many connections there are now */
function counted(server: Server): () => number {
  let count = 0;
  server.on("connection", (socket) => {
    count += 1;
    socket.once("close", () => {
      count -= 1;
    });
  });
  return () => count;
}

function listen(
  server: Server,
  { port, host }: { port: number; host: string | null },
  log: Pick<Log, "error">,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = ({ code }: NodeJS.ErrnoException) => {
      server.off("listening", take);
      reject(cannotListen(port, code ?? "unknown"));
    };
    const take = () => {
      server.off("error", refuse);
      server.on("error", ({ code }: NodeJS.ErrnoException) => log.error({ event: "server.failed", code }));
      resolve((server.address() as AddressInfo).port);
    };
    server.once("error", refuse);
    server.once("listening", take);
    server.listen({ port, ...(host === null ? {} : { host }) });
  });
}

async function answerReadiness(response: ServerResponse, readiness: () => Promise<Readiness>): Promise<void> {
  const { reasons, warnings } = await readiness().catch(() => UNKNOWN);
  const ready = reasons.length === 0;
  sendJson(response, ready ? 200 : 503, { ready, reasons, warnings });
}

const UNKNOWN: Readiness = { reasons: ["The bot can't say how it is."], warnings: [] };

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body)}\n`);
}

function cannotListen(port: number, code: string): StartError {
  if (code === "EADDRINUSE")
    return new InUse(
      "port_in_use",
      `another program, which uses port ${port}`,
      `Port ${port} can't be used: another program uses it. Stop that one, or set PORT to another port.`,
    );
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new StartError(
      "port_unusable",
      "HOST is no address of this machine. Leave it out for the usual one.",
      EXIT.config,
    );
  return new StartError("port_unusable", `Port ${port} can't be used: ${code}. Set PORT to another one.`, EXIT.config);
}
