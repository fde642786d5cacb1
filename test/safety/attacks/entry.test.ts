import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { emitted, until } from "../../kit/until";
import { createWorld, type World } from "../../kit/world";
import { command, type Sender } from "./crafted";

const LIMITS = {
  headersMs: 300,
  requestMs: 600,
  headerBytes: 16_384,
  connections: 64,
  keptAlive: 48,
  keepAliveMs: 75_000,
};
const EVE: Sender = { id: "UEVE00001" };
const MEGABYTE = 1_048_576;

let world: World;
beforeAll(async () => {
  world = await createWorld("http", {
    overrides: { serverLimits: LIMITS, personRateLimit: { limit: 10_000, windowMs: 60_000 } },
  });
});
afterAll(async () => {
  const found = await world.secretsFound();
  await world.stop();
  expect(found).toEqual([]);
  expect(world.log.filter((line) => /"stack"|transport\.failed|listener\.failed/.test(line))).toEqual([]);
});
// Whatever was sent, the healthy go on being served, and promptly.
afterEach(expectHealthy);

async function expectHealthy(): Promise<void> {
  const before = performance.now();
  expect((await fetch(`http://127.0.0.1:${world.port}/healthz`)).status).toBe(200);
  expect(await world.slack.sendRaw("command", command(world, EVE, "list"))).toEqual({ kind: "acked" });
  expect(performance.now() - before).toBeLessThan(2_000);
}

/** A bare connection: what it got so far, and when it was closed. */
function open(first: string | Buffer): { socket: Socket; got: () => string; closed: Promise<string> } {
  const socket = connect(world.port, "127.0.0.1");
  let text = "";
  socket.on("data", (part) => {
    text += part;
  });
  // A reset is an end like any other here.
  socket.on("error", () => {});
  socket.write(first);
  return { socket, got: () => text, closed: new Promise((resolve) => socket.on("close", () => resolve(text))) };
}

const HEAD = "POST /slack/events HTTP/1.1\r\nHost: x\r\n";

test.each([
  ["no HTTP", "hello\r\n\r\n"],
  ["TLS", Buffer.from("16030100c8010000c40303", "hex")],
  ["another version of HTTP", "GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n"],
  ["no host", "GET /healthz HTTP/1.1\r\n\r\n"],
  ["two lengths", `${HEAD}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`],
  ["a length and chunks", `${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["a length that is none", `${HEAD}Content-Length: -1\r\n\r\n`],
  ["a chunk of no size", `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
  ["a header that is none", `${HEAD}no header\r\n\r\n`],
  ["a header with a NUL", `${HEAD}a: \u0000\r\n\r\n`],
])("%s gets a 400, and the connection is closed", async (_what, sent) => {
  expect(await open(sent).closed).toMatch(/^HTTP\/1\.1 400 /);
});

test("headers beyond the limit get a 431", async () => {
  expect(await open(`${HEAD}a: ${"x".repeat(20_000)}\r\n\r\n`).closed).toMatch(/^HTTP\/1\.1 431 /);
  expect(await open(`${HEAD}${"abcd: efgh\r\n".repeat(5_000)}\r\n`).closed).toMatch(/^HTTP\/1\.1 431 /);
});

test("headers that take too long end the connection", async () => {
  const slow = open("POST /slack/events HTTP/1.1\r\nHost: x\r\na: ");
  const drip = setInterval(() => slow.socket.write("x"), 20);
  const got = await slow.closed;
  clearInterval(drip);
  expect(got).toMatch(/^(HTTP\/1\.1 408 |$)/);
});

test("a body that takes too long ends the connection", async () => {
  const slow = open(`${HEAD}Content-Length: 100000\r\n\r\n`);
  const drip = setInterval(() => slow.socket.write("x"), 20);
  const got = await slow.closed;
  clearInterval(drip);
  expect(got).toMatch(/^(HTTP\/1\.1 408 |$)/);
});

test("chunks without an end end the connection", async () => {
  const endless = open(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
  const drip = setInterval(() => endless.socket.write("1\r\nx\r\n"), 5);
  await endless.closed;
  clearInterval(drip);
});

test("fifty slow connections at once hold nobody up, and are gone soon", async () => {
  const slow = Array.from({ length: 50 }, (_, index) =>
    open(index % 2 === 0 ? HEAD : `${HEAD}Content-Length: 9\r\n\r\nx`),
  );
  await Promise.all(slow.map(({ socket }) => emitted(socket, "connect")));
  await expectHealthy();
  await Promise.all(slow.map(({ closed }) => closed));
});

test("more connections than there may be are closed at once; afterwards all is as before", async () => {
  const many = Array.from({ length: 200 }, () => open(HEAD));
  await Promise.all(many.map(({ closed }) => closed));
});

test("ten megabytes get a 413, or unsigned a 401, and are not kept in memory", async () => {
  // With the time limit that the bot has: to send so much takes longer than the one of the other tests.
  const patient = await createWorld("http");
  const body = "x".repeat(10 * MEGABYTE);
  expect(await patient.slack.postRaw(body)).toMatchObject({ status: 413 });
  expect(await patient.slack.postRaw(body, { "x-slack-signature": "" })).toMatchObject({ status: 401 });
  const bytes = Buffer.from(body);
  const before = process.memoryUsage();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before.arrayBuffers);
  }, 5);
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(patient.port, bytes)));
  clearInterval(watch);
  await patient.stop();
  expect(answers).toEqual(Array(20).fill(401));
  // Twenty bodies have 200 MB. What sockets hold of both ends is all that is kept.
  expect(most).toBeLessThan(100 * MEGABYTE);
});

/** @returns the status */
function post(port: number, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/slack/events", method: "POST", agent: false };
    request(options, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    })
      .on("error", reject)
      .end(body);
  });
}

const wrapped = (payload: string) => new URLSearchParams({ payload }).toString();

test.each([
  ["JSON that is deep and closed", wrapped(`${"[".repeat(100_000)}${"]".repeat(100_000)}`), 400],
  ["JSON that is deep and open", wrapped('{"a":'.repeat(50_000)), 400],
  ["JSON that is no object", wrapped("7"), 400],
  ["JSON that is cut", wrapped('{"type":"block_actions"'), 400],
  ["JSON with halves of characters", wrapped('{"type":"block_actions","user":"\\ud800"}'), 503],
  ["an object that is deep", wrapped(`{"type":"block_actions","a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`), 503],
  ["a payload that is empty", "payload=", 400],
  ["a form of 50,000 fields", Array.from({ length: 50_000 }, (_, index) => `f${index}=1`).join("&"), 503],
  ["a percent sign that escapes nothing", "command=%E0%A4%A&text=%", 503],
  ["nothing", "", 503],
])("%s, rightly signed, gets a clear refusal", async (_what, body, status) => {
  const before = performance.now();
  expect(await world.slack.postRaw(body)).toEqual({ status, body: "" });
  expect(performance.now() - before).toBeLessThan(2_500);
});

test.each([
  ["GET", "/slack/events", 405],
  ["PUT", "/slack/events", 405],
  ["POST", "/slack/events/", 404],
  ["POST", "//slack/events", 404],
  ["POST", "/slack/../healthz", 404],
  ["GET", "/../../etc/passwd", 404],
  ["GET", "/%2e%2e/data/bot.db", 404],
  ["POST", "/healthz", 404],
  ["DELETE", "/readyz", 404],
])("%s %s is a %i", async (method, path, status) => {
  const { closed } = open(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(await closed).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test("over Socket Mode there is no way in over HTTP", async () => {
  const other = await createWorld("socket");
  const posted = await fetch(`http://127.0.0.1:${other.port}/slack/events`, { method: "POST", body: "command=x" });
  await other.stop();
  expect(posted.status).toBe(404);
});

test("what was refused is logged in few words", async () => {
  await until("the line about the refusal", () => world.log.some((line) => line.includes("transport.refused")));
  for (const line of world.log) expect(line.length).toBeLessThan(1_000);
});
