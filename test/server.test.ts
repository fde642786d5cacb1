import { request as httpRequest, type RequestListener } from "node:http";
import { connect } from "node:net";
import { SERVER_LIMITS } from "../src/domain/service-limits";
import type { Readiness } from "../src/readiness";
import { createServer, type HealthServer, type ServerLimits } from "../src/server";
import { emitted } from "./kit/until";

const READY: Readiness = { reasons: [], warnings: [] };
const log = { error: () => {} };
const servers: HealthServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

type Changes = {
  port?: number;
  host?: string;
  readiness?: () => Promise<Readiness>;
  slackEvents?: RequestListener | null;
  limits?: ServerLimits;
};

function built(changes: Changes = {}): HealthServer {
  const server = createServer({ port: 0, readiness: async () => READY, slackEvents: null, log, ...changes });
  servers.push(server);
  return server;
}

/** Asks with the path as it stands, so that odd ones arrive too. */
function ask(port: number, path: string, method = "GET"): Promise<{ status: number; body: string; type: unknown }> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: "127.0.0.1", port, path, method, agent: false }, (response) => {
      let body = "";
      response.on("data", (part) => {
        body += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body, type: response.headers["content-type"] }),
      );
    });
    asked.on("error", reject).end();
  });
}

/** Sends bytes, and waits for the end of the connection. @returns what came back */
function sendBytes(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (part) => {
      answer += part;
    });
    // A reset is an end too.
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}

test("/healthz answers in JSON", async () => {
  const port = await built().start();
  expect(await ask(port, "/healthz")).toEqual({ status: 200, body: '{"alive":true}\n', type: "application/json" });
  expect(await ask(port, "/healthz?probe=1", "HEAD")).toMatchObject({ status: 200, body: "" });
});

test.each<[string, () => Promise<Readiness>, number, object]>([
  ["nothing is wrong", async () => READY, 200, { ready: true, reasons: [], warnings: [] }],
  [
    "something is",
    async () => ({ reasons: ["It rains."], warnings: [] }),
    503,
    { ready: false, reasons: ["It rains."], warnings: [] },
  ],
  [
    "something is only odd",
    async () => ({ reasons: [], warnings: ["It may rain."] }),
    200,
    { ready: true, reasons: [], warnings: ["It may rain."] },
  ],
  [
    "that can't be found out",
    () => Promise.reject(new Error("a payload")),
    503,
    { ready: false, reasons: ["The bot can't say how it is."], warnings: [] },
  ],
])("/readyz where %s", async (_what, readiness, status, body) => {
  const answer = await ask(await built({ readiness }).start(), "/readyz");
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toEqual(body);
});

test.each([
  ["GET", "/"],
  ["GET", "/healthz/"],
  ["GET", "/HEALTHZ"],
  ["GET", "//healthz"],
  ["GET", "/%68ealthz"],
  ["GET", "/readyz/../healthz"],
  ["GET", "http://other.example/healthz"],
  ["POST", "/healthz"],
  ["DELETE", "/readyz"],
  ["GET", "/slack/events"],
  ["POST", "/slack/events"],
])("%s %s is not found", async (method, path) => {
  expect(await ask(await built().start(), path, method)).toMatchObject({
    status: 404,
    body: '{"error":"not_found"}\n',
  });
});

test("what is posted to /slack/events goes where it belongs, and other methods do not", async () => {
  const port = await built({ slackEvents: (_request, response) => void response.writeHead(204).end() }).start();
  expect(await ask(port, "/slack/events", "POST")).toMatchObject({ status: 204 });
  expect(await ask(port, "/slack/events?a=b", "POST")).toMatchObject({ status: 204 });
  expect(await ask(port, "/slack/events")).toMatchObject({ status: 405 });
  expect(await ask(port, "/slack/events/", "POST")).toMatchObject({ status: 404 });
});

describe("a client that takes its time, or too much room", () => {
  const limits: ServerLimits = { ...SERVER_LIMITS, headersMs: 150, requestMs: 300, headerBytes: 2_048, connections: 2 };

  test.each([
    ["headers that never end", "GET /healthz HTTP/1.1\r\nhost: a\r\n", 408],
    ["a body that never comes", "POST /slack/events HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n", 408],
    ["headers that are too large", `GET /healthz HTTP/1.1\r\nhost: a\r\nx: ${"a".repeat(4_096)}\r\n\r\n`, 431],
    ["what is no HTTP", "hello\r\n\r\n", 400],
  ])("%s", async (_what, bytes, status) => {
    const slackEvents: RequestListener = (request) => void request.resume().on("error", () => {});
    const port = await built({ limits, slackEvents }).start();
    expect(await sendBytes(port, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await ask(port, "/healthz")).status).toBe(200);
  });

  test("more connections than there may be", async () => {
    const port = await built({ limits: { ...limits, headersMs: 60_000, requestMs: 60_000 } }).start();
    const idle = [1, 2].map(() => connect(port, "127.0.0.1"));
    await Promise.all(idle.map((socket) => emitted(socket, "connect")));
    expect(await sendBytes(port, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n")).toBe("");
    for (const socket of idle) socket.destroy();
  });
});

test("a port in use is told as such, and can be had once it is free", async () => {
  const first = built();
  const port = await first.start();
  const second = built({ port });
  const inUse = { name: "StartError", code: "port_in_use", exitCode: 75, waitsFor: expect.stringContaining(`${port}`) };
  const warned = jest.fn();
  process.on("warning", warned);
  // More often than an emitter takes listeners without a warning.
  for (let tries = 0; tries < 12; tries++) await expect(second.start()).rejects.toMatchObject(inUse);
  process.off("warning", warned);
  expect(warned).not.toHaveBeenCalled();
  await first.stop();
  expect(await second.start()).toBe(port);
  expect(await ask(port, "/healthz")).toMatchObject({ status: 200 });
});

test("stopping lets an answer out, and then closes connections that are kept open", async () => {
  let go = (): void => {};
  const asked = new Promise<void>((resolve) => {
    go = resolve;
  });
  let answer = (): void => {};
  const slackEvents: RequestListener = (_request, response) => {
    answer = () => void response.end("done");
    go();
  };
  const server = built({ slackEvents });
  const port = await server.start();
  const kept = sendBytes(port, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n");
  const answered = ask(port, "/slack/events", "POST");
  await asked;
  const stopped = server.stop();
  answer();
  expect((await answered).body).toBe("done");
  await stopped;
  expect(await kept).toContain("alive");
  await expect(ask(port, "/healthz")).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("a server that never started stops too", async () => {
  await built().stop();
});

test("listens on one address where it is told to", async () => {
  const port = await built({ host: "127.0.0.1" }).start();
  expect(await ask(port, "/healthz")).toMatchObject({ status: 200 });
  // An address for documentation (RFC 5737): no machine has it.
  await expect(built({ host: "192.0.2.1" }).start()).rejects.toMatchObject({ code: "port_unusable", exitCode: 78 });
});
