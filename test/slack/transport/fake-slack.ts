import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** How `apps.connections.open` is answered: with a connection, with an error of Slack's, 429, or not at all. */
export type OpenAnswer = "connect" | { error: string } | { retryAfterS: number } | "silence";

export type Link = {
  /** Everything that the app has sent over it, in order. */
  received: Record<string, unknown>[];
  isOpen(): boolean;
  send(frame: unknown): void;
  sendText(text: string): void;
  sendBytes(bytes: Buffer): void;
  /** Closes it, with the handshake. */
  end(): void;
  /** Cuts it, without one. */
  cut(): void;
};

export type FakeSlack = {
  apiUrl: string;
  /** Consumed one for each call; `connect` once they are used up. */
  answers: OpenAnswer[];
  /** Whether new connections are greeted with a hello. */
  saysHello: boolean;
  /** What a hello says beside that it is one, with how many connections are open by then. */
  helloOf: (open: number) => object;
  /** All connections there ever were. */
  links: Link[];
  opened(): number;
  /** The Authorization headers of the calls. */
  authorizations: (string | undefined)[];
  stop(): Promise<void>;
};

/** The least of Slack that Socket Mode needs, which does exactly what a test says. */
export async function startFakeSlack(): Promise<FakeSlack> {
  let opened = 0;
  const server = createServer((request, response) => {
    opened += 1;
    slack.authorizations.push(request.headers.authorization);
    const answer = slack.answers.shift() ?? "connect";
    if (answer === "silence") return;
    if (answer !== "connect" && "retryAfterS" in answer)
      return void response.writeHead(429, { "retry-after": String(answer.retryAfterS) }).end();
    const url = `ws://127.0.0.1:${port}/link`;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer === "connect" ? { ok: true, url } : { ok: false, error: answer.error }));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket: WebSocket, _request: IncomingMessage) => {
    const link = linkOf(socket);
    slack.links.push(link);
    if (slack.saysHello) link.send({ type: "hello", ...slack.helloOf(sockets.clients.size) });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const slack: FakeSlack = {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    answers: [],
    saysHello: true,
    helloOf: (open) => ({ num_connections: open }),
    links: [],
    opened: () => opened,
    authorizations: [],
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return slack;
}

function linkOf(socket: WebSocket): Link {
  const received: Record<string, unknown>[] = [];
  socket.on("message", (data) => {
    received.push(JSON.parse(String(data)));
  });
  // A socket that fails also closes.
  socket.on("error", () => {});
  return {
    received,
    isOpen: () => socket.readyState === socket.OPEN,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendText: (text) => socket.send(text),
    sendBytes: (bytes) => socket.send(bytes),
    end: () => socket.close(1000),
    cut: () => socket.terminate(),
  };
}
