import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";

const CERTIFICATES = join(__dirname, "../fixtures/tls");

/** The certificate of `slack.test`, `iam.test`, `s3.test` and `localhost`, which is its own authority. */
export const CERTIFICATE_FILE = join(CERTIFICATES, "certificate.pem");

const TLS = { cert: readFileSync(CERTIFICATE_FILE), key: readFileSync(join(CERTIFICATES, "key.pem")) };

/** How the proxy meets those who want to be connected. */
export type ProxyManner = "connects" | "is silent" | "hangs up" | { refuses: number };

/** An HTTP proxy that connects (`CONNECT`), with services behind it that speak TLS and that only it can find. */
export type Tunnel = {
  /** The proxy's port. */
  port: number;
  manner: ProxyManner;
  /** Where everybody wanted to go, as `host:port`. */
  wanted: string[];
  /** What they said of themselves. */
  authorizations: (string | undefined)[];
  /** How many of them are there now. */
  guests(): number;
  stop(): Promise<void>;
};

/**
 * @param services the port on this machine behind each name; null for one that takes bytes and says nothing
 * @param isTls whether TLS is spoken with the proxy itself too, as `localhost`
 */
export async function startTunnel(services: Record<string, number | null>, isTls = false): Promise<Tunnel> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  };
  const front = createTlsServer(TLS, (socket) => {
    const service = services[String(socket.servername)];
    if (service) pass(track(socket), track(connect(service, "127.0.0.1")));
  });
  front.on("tlsClientError", () => {});
  const frontPort = await listen(front);

  const proxy = createServer();
  const guests = new Set<Socket>();
  proxy.on("connect", ({ url = "", headers }: IncomingMessage, socket: Socket) => {
    tunnel.wanted.push(url);
    tunnel.authorizations.push(headers["proxy-authorization"]);
    guests.add(track(socket));
    socket.on("close", () => guests.delete(socket));
    // Who is not read from is not seen to leave.
    socket.on("end", () => socket.destroy());
    if (tunnel.manner === "is silent") return void socket.resume();
    if (tunnel.manner === "hangs up") return void socket.destroy();
    if (tunnel.manner !== "connects") return void socket.end(`HTTP/1.1 ${tunnel.manner.refuses} No\r\n\r\n`);
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    if (services[url.replace(/:443$/, "")] == null) return void socket.resume();
    pass(socket, track(connect(frontPort, "127.0.0.1")));
  });
  // A server of HTTP takes connections that another server has done the TLS of.
  const outer = isTls ? createTlsServer(TLS, (socket) => proxy.emit("connection", track(socket))) : proxy;
  const port = await listen(outer);
  const tunnel: Tunnel = {
    port,
    manner: "connects",
    wanted: [],
    authorizations: [],
    guests: () => guests.size,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([outer, front].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
  return tunnel;
}

/** Passes on what either of two says, until one of them ends. */
function pass(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  one.on("close", () => other.destroy());
  other.on("close", () => one.destroy());
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
