import { connect, type Socket } from "node:net";
import { SERVER_LIMITS } from "../src/domain/service-limits";
import { createServer, type HealthServer, type ServerLimits } from "../src/server";
import { emitted, until } from "./kit/until";

const servers: HealthServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** @returns the port of a server with these limits */
function started(limits: ServerLimits): Promise<number> {
  const readiness = async () => ({ reasons: [], warnings: [] });
  const server = createServer({ port: 0, readiness, slackEvents: null, log: { error: () => {} }, limits });
  servers.push(server);
  return server.start();
}

const REQUEST = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";

/** A connection, and what came back over it so far. */
function opened(port: number): { socket: Socket; answers(): string } {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (part) => {
    text += part;
  });
  return { socket, answers: () => text };
}

async function asked(port: number): Promise<{ socket: Socket; answers(): string }> {
  const connection = opened(port);
  connection.socket.write(REQUEST);
  await until("the answer", () => connection.answers().includes("alive"));
  return connection;
}

test("connections outlast the minute for which proxies keep them", async () => {
  const { answers } = await asked(await started(SERVER_LIMITS));
  const seconds = /^keep-alive: timeout=(\d+)\r$/im.exec(answers())?.[1];
  expect(Number(seconds)).toBeGreaterThan(60);
});

test("the limit on headers is for requests, not for the time between them", async () => {
  const port = await started({ ...SERVER_LIMITS, headersMs: 20, keepAliveMs: 600 });
  const began = performance.now();
  const { socket } = await asked(port);
  await emitted(socket, "end");
  expect(performance.now() - began).toBeGreaterThan(500);
});

test("a request over one that was idle begins its own time", async () => {
  const port = await started({ ...SERVER_LIMITS, headersMs: 150, requestMs: 300 });
  const { socket, answers } = await asked(port);
  socket.write("GET /healthz HTTP/1.1\r\n");
  await emitted(socket, "end");
  expect(answers()).toMatch(/HTTP\/1.1 408 /);
});

test("idle ones shut no new ones out: beyond a number of them, each ends with its answer", async () => {
  const port = await started({ ...SERVER_LIMITS, connections: 3, keptAlive: 2 });
  const kept = [await asked(port), await asked(port)];
  for (let more = 0; more < 5; more++) {
    const { socket, answers } = await asked(port);
    await until("its end", () => socket.readableEnded);
    expect(answers()).toMatch(/^connection: close\r$/im);
  }
  for (const { socket, answers } of kept) {
    expect(answers()).toMatch(/^connection: keep-alive\r$/im);
    socket.write(REQUEST);
    await until("another answer", () => answers().split('alive":true').length === 3);
    socket.destroy();
  }
});

test("those that ended count no more", async () => {
  const port = await started({ ...SERVER_LIMITS, connections: 3, keptAlive: 1 });
  const gone = await asked(port);
  gone.socket.destroy();
  await until("one that is kept", async () => {
    const { socket, answers } = await asked(port);
    const isKept = /^connection: keep-alive\r$/im.test(answers());
    socket.destroy();
    return isKept;
  });
});
