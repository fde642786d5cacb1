import { createHmac } from "node:crypto";
import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestListener } from "node:http";
import { Secret } from "../../../src/domain/secret";
import { createServer, type HealthServer } from "../../../src/server";
import { createHttpTransport } from "../../../src/slack/transport/http";
import type { Transport } from "../../../src/slack/transport/transport";
import { createManualClock, type ManualClock } from "../../kit/manual-clock";
import { until } from "../../kit/until";
import { capturedLog, command, createListeningApp } from "./listening-app";

const SIGNING_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const MEGABYTE = 1_048_576;
let clock: ManualClock;
let captured: ReturnType<typeof capturedLog>;
let transport: Transport;
let server: HealthServer;
let port: number;
/** What was begun and not ended, on both sides. */
const open = new Set<ClientRequest>();
const coming = new Set<IncomingMessage>();

beforeEach(async () => {
  clock = createManualClock();
  captured = capturedLog();
  const { log } = captured;
  transport = createHttpTransport({ signingSecret: new Secret(SIGNING_SECRET), clock, log });
  createListeningApp(transport, ({ ack }) => ack());
  const slackEvents: RequestListener = (request, response) => {
    coming.add(request.once("close", () => coming.delete(request)));
    transport.requestListener?.(request, response);
  };
  server = createServer({ port: 0, readiness: async () => ({ reasons: [], warnings: [] }), slackEvents, log });
  port = await server.start();
  await transport.start();
});
afterEach(async () => {
  hangUp();
  await transport.close();
  await server.stop();
});

const stamp = (ageS = 0) => String(Math.floor(clock.now() / 1_000) - ageS);

/** Begins to send a megabyte, and does not end. */
function begin(stampS: string): void {
  const headers = { "x-slack-signature": `v0=${"0".repeat(64)}`, "x-slack-request-timestamp": stampS };
  const options = { host: "127.0.0.1", port, path: "/slack/events", method: "POST", agent: false };
  const begun = httpRequest({ ...options, headers: { ...headers, "content-length": String(MEGABYTE) } });
  begun.on("error", () => {}).write(Buffer.alloc(MEGABYTE - 1));
  open.add(begun);
}

function hangUp(): void {
  for (const one of open) one.destroy();
  open.clear();
}

/** Sends a command, half a megabyte long where nothing else is said. @returns the status */
async function post(signingSecret = SIGNING_SECRET, length = MEGABYTE / 2): Promise<number> {
  const body = new URLSearchParams(command("said")).toString().padEnd(length, " ");
  const digest = createHmac("sha256", signingSecret).update(`v0:${stamp()}:${body}`).digest("hex");
  const headers = {
    "x-slack-signature": `v0=${digest}`,
    "x-slack-request-timestamp": stamp(),
    "content-type": "application/x-www-form-urlencoded",
  };
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: "POST", headers, body });
  await response.body?.cancel();
  return response.status;
}

/** Waits until the bot has read all that was begun: a body that comes in the middle of it could take another's place. */
async function allRead(): Promise<void> {
  const sent = () => sum([...open].map(({ socket }) => socket?.bytesWritten ?? 0));
  const read = () => sum([...coming].map(({ socket }) => socket.bytesRead));
  const isTaken = () => [...coming].every(({ readableLength }) => readableLength === 0);
  await until("all bodies to be read", () => coming.size === open.size && read() === sent() && isTaken(), {
    seen: () => ({ begun: open.size, coming: coming.size, sent: sent(), read: read() }),
  });
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

test("large bodies take only so much memory together; small ones are served all the same", async () => {
  for (let count = 0; count < 40; count++) begin(stamp());
  await allRead();
  expect(await post()).toBe(503);
  expect(await post(SIGNING_SECRET, 60_000)).toBe(200);
  hangUp();
  await until("the bodies to be given up", () => coming.size === 0, { seen: () => coming.size });
  expect(await post()).toBe(200);
  expect(captured.lines).toMatchObject([{ status: 503, reason: "too_many_bodies", requests: 1 }]);
});

test("bodies whose headers can't be Slack's take none", async () => {
  for (let count = 0; count < 40; count++) begin(stamp(302));
  for (let count = 0; count < 20; count++) expect(await post()).toBe(200);
});

test("requests that are refused for one reason are logged at once, and then every ten seconds", async () => {
  const wrong = "another-secret-another-secret-00";
  for (let count = 0; count < 3; count++) await post(wrong);
  clock.advance(10_000);
  await post(wrong);
  expect(captured.lines).toMatchObject([
    { status: 401, reason: "wrong_signature", requests: 1 },
    { status: 401, reason: "wrong_signature", requests: 3 },
  ]);
});
