import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { Secret } from "../../src/domain/secret";
import { createTigris } from "../../src/tigris";
import { timesOfTigris } from "../kit/times";

/** A request as the server got it. */
export type Got = { method: string; url: string; headers: IncomingMessage["headers"]; body: string };
export type Reply = (response: ServerResponse, got: Got, socket: Socket) => void;

export type TestServer = {
  endpoint: string;
  /** Everything that came, oldest first. */
  got: Got[];
  /** Answers every call from now on. */
  answer(reply: Reply): void;
  close(): Promise<void>;
};

/** A server that answers as a test wants, down to single bytes. */
export async function startServer(): Promise<TestServer> {
  const got: Got[] = [];
  let reply: Reply = (response) => response.writeHead(500).end();
  const server = createServer(async (request, response) => {
    const one: Got = {
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: await text(request),
    };
    got.push(one);
    reply(response, one, request.socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    got,
    answer: (next) => {
      reply = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a status and a body. */
export const respond =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));

/** Answers each call in turn; the last answer stays. */
export function inTurn(...replies: Reply[]): Reply {
  let turn = 0;
  return (...call) => replies[Math.min(turn++, replies.length - 1)]?.(...call);
}

export const OWN_ID = "tid_own_key";
export const OWN_SECRET = "tsec_0wn+s3cret/0f=the_b0t";
export const SECRET = "tsec_NEW+secret/of=a_key-0123456789";

/** The gateway, pointed at a test server, and what it logged. */
export function gatewayTo(server: Pick<TestServer, "endpoint">, timeouts = { mutateMs: 15_000, readMs: 15_000 }) {
  const logged: object[] = [];
  const tigris = createTigris({
    accessKeyId: OWN_ID,
    secretAccessKey: new Secret(OWN_SECRET),
    iamEndpoint: server.endpoint,
    s3Endpoint: server.endpoint,
    region: "auto",
    timeouts,
    ...timesOfTigris(),
    log: { warn: (fields) => logged.push(fields) },
  });
  return { tigris, logged };
}

/** Tigris's answer to the making of a key. */
export const madeAnswer = (name: string, secret: string = SECRET) => ({
  CreateAccessKeyResult: { AccessKey: { AccessKeyId: "tid_new_key", SecretAccessKey: secret, UserName: name } },
});

/** Tigris's answer to a rotation. */
export const rotatedAnswer = (id: string, secret: string = SECRET) => ({
  status: "success",
  message: "rotated",
  rotate_access_key_result: { id, new_secret: secret },
});

export type Gateway = ReturnType<typeof gatewayTo>;

/** Starts a server and what calls it before each test, and ends them after that. @param take gets those of the test */
export function gatewayForEach(take: (server: TestServer, gateway: Gateway) => void): void {
  let server: TestServer;
  let gateway: Gateway;
  beforeEach(async () => {
    server = await startServer();
    gateway = gatewayTo(server);
    take(server, gateway);
  });
  afterEach(async () => {
    gateway.tigris.close();
    await server.close();
  });
}
