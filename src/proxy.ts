import { type AgentOptions, Agent as HttpsAgent, type RequestOptions } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Agent, buildConnector, type Dispatcher, Pool, type RequestInit, fetch as undiciFetch } from "undici";
import type { DirectHost, ProxyConfig } from "./config-proxy";
import { PROXY_CONNECT_MS, PROXY_TROUBLE_LOGGED_EVERY_MS } from "./domain/service-limits";
import { type Clock, seldom } from "./workflow/clock";
import type { Log } from "./workflow/ports";

/** How calls reach Slack and Tigris. What is null goes as the libraries would by themselves. */
export type WaysOut = {
  fetch: typeof fetch;
  /** For one WebSocket each; `close` ends whatever it still has open. */
  webSocket: (() => { dispatcher: Dispatcher; close(): void }) | null;
  httpsAgent: ((options: AgentOptions) => HttpsAgent) | null;
};

type Context = { clock: Pick<Clock, "monotonicMs">; log: Pick<Log, "warn"> };

/**
 * The ways to Slack and Tigris, through a proxy where there is one. TLS is spoken with the service itself, whose certificate
 * is checked as ever: the proxy only passes bytes on (`CONNECT`, RFC 9110, 9.3.6).
 */
export function waysOut(proxy: ProxyConfig | null, context: Context): WaysOut {
  if (proxy === null) return { fetch, webSocket: null, httpsAgent: null };
  const connect = connectorThrough(proxy, troubleLog(context));
  const dispatcher = new Agent({ connect });
  // Node's own fetch may be of another undici than the dispatcher. Both are the same to whoever calls them.
  const proxied = (input: string, init?: RequestInit) => undiciFetch(input, { ...init, dispatcher });
  return {
    fetch: proxied as unknown as typeof fetch,
    webSocket: () => webSocketWay(connect),
    httpsAgent: (options) => new ProxiedAgent(connect, options),
  };
}

/** A WebSocket keeps its socket to itself, so one whose other side says nothing more is closed from here. */
function webSocketWay(connect: buildConnector.connector): { dispatcher: Dispatcher; close(): void } {
  const sockets = new Set<Socket>();
  const dispatcher = new Agent({
    connect: (options, callback) =>
      connect(options, (...[error, socket]) => {
        if (error) return callback(error, null);
        sockets.add(socket);
        callback(null, socket);
      }),
  });
  return {
    dispatcher,
    close: () => {
      for (const socket of sockets) socket.destroy();
      void dispatcher.destroy();
    },
  };
}

/** Node's agent, with connections of the connector's (Node, `agent.createConnection`). */
class ProxiedAgent extends HttpsAgent {
  readonly #connect: buildConnector.connector;

  constructor(connect: buildConnector.connector, options: AgentOptions) {
    super(options);
    this.#connect = connect;
  }

  override createConnection(
    { host, port }: RequestOptions,
    done?: (error: Error | null, stream: Duplex) => void,
  ): null {
    const hostname = host ?? "";
    const target = { hostname, host: hostname, protocol: "https:", port: String(port ?? "") };
    // Node looks at the error before the stream.
    this.#connect(target, (error, socket) => done?.(error, socket as Duplex));
    return null;
  }
}

/** Why the proxy connected nobody: its HTTP status, or that it hung up. */
class ProxyRefused extends Error {
  readonly code: string;

  constructor(why: number | "CLOSED") {
    super("the proxy refused to connect");
    this.name = "ProxyRefused";
    this.code = `PROXY_${why}`;
  }
}

/** What undici says of a connection that ended before the answer. Whoever gets it of a connector connects again at once, for ever. */
const CLOSED = "UND_ERR_SOCKET";

/**
 * Connects as undici does, through the proxy where the host does not go without it.
 * @param onTrouble gets the code of what the proxy, or the way to it, failed with
 */
function connectorThrough({ url, direct }: ProxyConfig, onTrouble: (code: string) => void): buildConnector.connector {
  const proxy = new URL(url.expose());
  const connect = buildConnector({ allowH2: false, timeout: PROXY_CONNECT_MS });
  const pool = new Pool(proxy.origin, {
    // By itself undici would expect the proxy's certificate to name the service.
    connect: ({ servername: _, ...options }: buildConnector.Options, callback: buildConnector.Callback) =>
      connect(options, callback),
    headersTimeout: PROXY_CONNECT_MS,
  });
  const headers = authorization(proxy);

  async function tunnel(authority: string): Promise<Socket> {
    const to = { path: authority, headers: { ...headers, host: authority } };
    const { statusCode, socket }: Dispatcher.ConnectData = await pool.connect(to);
    // It is the connection itself, which undici has let go of.
    if (statusCode >= 200 && statusCode < 300) return socket as Socket;
    socket.on("error", () => {}).destroy();
    throw new ProxyRefused(statusCode);
  }

  return (options, callback) => {
    const { hostname, protocol } = options;
    const port = options.port || "443";
    if (protocol !== "https:" || goesDirect({ hostname, port }, direct)) return connect(options, callback);
    const name = bare(hostname);
    tunnel(`${name.includes(":") ? `[${name}]` : name}:${port}`).then(
      (httpSocket) => connect({ ...options, httpSocket }, callback),
      (error: Error) => {
        const trouble = codeOf(error) === CLOSED ? new ProxyRefused("CLOSED") : error;
        onTrouble(codeOf(trouble));
        callback(trouble, null);
      },
    );
  };
}

/** The user name and password in the proxy's address, as the Basic scheme wants them (RFC 7617). */
function authorization({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** This machine's own names and addresses: no proxy could reach them (as in Go's `httpproxy`). */
const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** Whether a host is reached without the proxy: this machine always, and what `NO_PROXY` names with all that is below it. */
export function goesDirect(
  { hostname, port }: { hostname: string; port: string },
  direct: readonly DirectHost[],
): boolean {
  const name = bare(hostname);
  if (LOOPBACK.test(name)) return true;
  return direct.some(({ host, port: only }) => {
    if (only !== null && only !== port) return false;
    return host === "*" || name === host || name.endsWith(`.${host}`);
  });
}

/** A name as everybody writes it, an IPv6 address without brackets. */
function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** Who calls a service learns only that it did not answer; so the log says that it was the proxy, once in a while. */
function troubleLog({ clock, log }: Context): (code: string) => void {
  const notes = new Map<string, () => void>();
  return (code) => {
    const known = notes.get(code);
    const note = known ?? seldom(clock, PROXY_TROUBLE_LOGGED_EVERY_MS, () => log.warn({ event: "proxy.failed", code }));
    notes.set(code, note);
    note();
  };
}
