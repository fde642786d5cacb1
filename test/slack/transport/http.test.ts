import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { Secret } from "../../../src/domain/secret";
import { createServer, type HealthServer } from "../../../src/server";
import { createHttpTransport } from "../../../src/slack/transport/http";
import type { Transport } from "../../../src/slack/transport/transport";
import { createManualClock, type ManualClock } from "../../kit/manual-clock";
import { findSecrets } from "../../kit/secret-search";
import { capturedLog, command, createListeningApp, gate, type OnCommand } from "./listening-app";

const SIGNING_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const FORM = "application/x-www-form-urlencoded";
let clock: ManualClock;
let captured: ReturnType<typeof capturedLog>;
let transport: Transport;
let server: HealthServer;
let port: number;
let taken: string[];

beforeEach(async () => {
  clock = createManualClock();
  taken = [];
  await start(async ({ text, ack }) => {
    taken.push(text);
    await ack(text === "quietly" ? undefined : `took ${text}`);
  });
});
afterEach(async () => {
  await transport.close();
  await server.stop();
  expect(findSecrets([SIGNING_SECRET, "said-by-somebody"], [{ name: "log", content: captured.lines }])).toEqual([]);
});

async function start(onCommand: OnCommand): Promise<void> {
  captured = capturedLog();
  const { log } = captured;
  transport = createHttpTransport({ signingSecret: new Secret(SIGNING_SECRET), clock, log });
  createListeningApp(transport, onCommand);
  server = createServer({
    port: 0,
    readiness: async () => ({ reasons: [], warnings: [] }),
    slackEvents: transport.requestListener,
    log,
  });
  port = await server.start();
  await transport.start();
}

async function restart(onCommand: OnCommand): Promise<void> {
  await server.stop();
  await start(onCommand);
}

type Post = { secret?: string; stampS?: string; signature?: string; type?: string; headers?: Record<string, string> };
type Answer = { status: number; body: string; type: string | undefined };

function post(body: string | Buffer, how: Post = {}): Promise<Answer> {
  const { secret = SIGNING_SECRET, stampS = String(Math.floor(clock.now() / 1_000)), type = FORM } = how;
  const digest = createHmac("sha256", secret).update(`v0:${stampS}:`).update(body).digest("hex");
  const headers = {
    "content-type": type,
    "x-slack-request-timestamp": stampS,
    "x-slack-signature": how.signature ?? `v0=${digest}`,
    ...how.headers,
  };
  return postUnsigned(body, Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== "")));
}

function postUnsigned(body: string | Buffer, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/slack/events", method: "POST", agent: false, headers };
    const posted = httpRequest(options, (response) => {
      let text = "";
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: text, type: response.headers["content-type"] }),
      );
    });
    posted.on("error", reject).end(body);
  });
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const said = (text = "said-by-somebody") => form(command(text));
const wrapped = (payload: string) => form({ payload });

test("a signed command is taken, and acknowledged with what the listener says", async () => {
  expect(await post(said("a&b=ü <x>"))).toEqual({
    status: 200,
    body: "took a&b=ü <x>",
    type: "text/plain; charset=utf-8",
  });
  expect(await post(said("quietly"))).toEqual({ status: 200, body: "", type: undefined });
});

test.each([`${FORM}; charset=utf-8`, `${FORM};charset=UTF-8`, "Application/X-WWW-Form-URLencoded"])(
  "a form is taken as %s too",
  async (type) => {
    expect(await post(said(), { type })).toMatchObject({ status: 200 });
  },
);

const now = () => Math.floor(clock.now() / 1_000);
test.each<[string, () => Post]>([
  ["with another secret", () => ({ secret: "another-secret-another-secret-00" })],
  ["with no signature", () => ({ signature: "", headers: { "x-slack-signature": "" } })],
  ["with no time", () => ({ headers: { "x-slack-request-timestamp": "" } })],
  ["with an empty version", () => ({ signature: "=" })],
  ["with another version", () => ({ signature: `v1=${"0".repeat(64)}` })],
  ["with a signature that is cut", () => ({ signature: "v0=" })],
  ["five minutes and a bit ago", () => ({ stampS: String(now() - 302) })],
  ["five minutes and a bit ahead", () => ({ stampS: String(now() + 302) })],
  ["with a time that is no number", () => ({ stampS: "now" })],
  ["with a time in hexadecimal", () => ({ stampS: `0x${now().toString(16)}` })],
  ["with a time in milliseconds", () => ({ stampS: String(now() * 1_000) })],
  ["with a time below zero", () => ({ stampS: `-${now()}` })],
  ["with two times", () => ({ headers: { "x-slack-request-timestamp": `${now()}, ${now()}` } })],
])("a request signed %s is refused", async (_how, how) => {
  expect(await post(said(), how())).toMatchObject({ status: 401, body: "" });
  expect(taken).toEqual([]);
  expect(captured.lines).toMatchObject([{ level: "warn", event: "transport.refused", status: 401 }]);
});

test("a signature holds for its own body and time alone, and for five minutes of the clock that was passed in", async () => {
  const stampS = String(now());
  const digest = createHmac("sha256", SIGNING_SECRET)
    .update(`v0:${stampS}:${said("one")}`)
    .digest("hex");
  const signature = `v0=${digest}`;
  expect(await post(said("other"), { stampS, signature })).toMatchObject({ status: 401 });
  expect(await post(said("one"), { stampS: String(now() + 1), signature })).toMatchObject({ status: 401 });
  expect(await post(said("one"), { stampS, signature })).toMatchObject({ status: 200 });
  clock.advance(299_000);
  expect(await post(said("one"), { stampS, signature })).toMatchObject({ status: 200 });
  clock.advance(3_000);
  expect(await post(said("one"), { stampS, signature })).toMatchObject({ status: 401 });
});

test("Slack's check of the certificate is answered unsigned, and nothing in it is taken", async () => {
  const body = form({ ...command("smuggled"), ssl_check: "1" });
  expect(await postUnsigned(body, { "content-type": FORM })).toMatchObject({ status: 200, body: "" });
  expect(await postUnsigned(body, { "content-type": "text/plain" })).toMatchObject({ status: 401 });
  expect(taken).toEqual([]);
});

test("a large form is not read for that check before its signature is", async () => {
  const body = `${"a&".repeat(400_000)}ssl_check=1`;
  expect(await postUnsigned(body, { "content-type": FORM })).toMatchObject({ status: 401 });
});

test("the challenge of an address is answered where it is signed", async () => {
  const body = JSON.stringify({ type: "url_verification", challenge: "c" });
  const type = "application/json";
  expect(await post(body, { type })).toMatchObject({ status: 200, body: '{"challenge":"c"}' });
  expect(await post(body, { type, secret: "another-secret-another-secret-00" })).toMatchObject({ status: 401 });
});

test.each<[string, string, string?]>([
  ["a payload that is no JSON", wrapped("{")],
  ["a payload that is null", wrapped("null")],
  ["a payload that is a list", wrapped("[]")],
  ["a payload that is a text", wrapped('"text"')],
  ["a payload that is empty", wrapped("")],
  ["a payload that is deep and not closed", wrapped("[".repeat(300_000))],
  ["a payload that is deep", wrapped("[".repeat(100_000) + "]".repeat(100_000))],
  ["JSON that is none", "{", "application/json"],
  ["no body", "", "application/json"],
  ["another kind of content", "a=b", "text/plain"],
])("%s is malformed", async (_what, body, type = FORM) => {
  expect(await post(body, { type })).toMatchObject({ status: 400, body: "" });
});

test("a body may have four megabytes and no more", async () => {
  const padded = (bytes: number) => said().padEnd(bytes, " ");
  expect(await post(padded(4_194_304))).toMatchObject({ status: 200 });
  expect(await post(padded(4_194_305))).toMatchObject({ status: 413 });
  expect(await post(Buffer.alloc(8_000_000))).toMatchObject({ status: 413 });
});

test("what no listener takes is answered at once, and what none acknowledges within Slack's three seconds", async () => {
  await restart(() => new Promise(() => {}));
  const before = performance.now();
  expect(await post(form({ ...command("a"), command: "/other" }))).toMatchObject({ status: 503 });
  expect(await post(wrapped(`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`))).toMatchObject({ status: 503 });
  expect(performance.now() - before).toBeLessThan(2_000);
  expect(await post(said())).toMatchObject({ status: 503 });
  expect(performance.now() - before).toBeLessThan(5_000);
});

test("a listener that fails before it acknowledges, or acknowledges twice, harms nothing", async () => {
  await restart(async ({ text, ack }) => {
    if (text === "fail") throw new Error("said-by-somebody");
    await ack("first");
    await ack("second");
  });
  expect(await post(said("twice"))).toMatchObject({ status: 200, body: "first" });
  expect(await post(said("fail"))).toMatchObject({ status: 503 });
});

test("a client that goes away in the middle harms nothing", async () => {
  const arrived = gate();
  await restart(async ({ ack }) => {
    arrived.open();
    await ack();
  });
  const options = { host: "127.0.0.1", port, path: "/slack/events", method: "POST", agent: false };
  const cut = httpRequest({ ...options, headers: { "content-length": "100" } });
  const closed = new Promise((resolve) => cut.on("error", () => {}).on("close", resolve));
  cut.write("half");
  cut.on("socket", (socket) => socket.on("connect", () => setImmediate(() => cut.destroy())));
  await closed;
  expect(await post(said())).toMatchObject({ status: 200 });
  await arrived.opened;
});

test("draining lets acknowledgements out and refuses what is new", async () => {
  const decided = gate();
  const arrived = gate();
  await restart(async ({ ack }) => {
    arrived.open();
    await decided.opened;
    await ack("late");
  });
  expect(transport.isConnected()).toBe(true);
  const first = post(said());
  await arrived.opened;
  const drained = transport.drain();
  expect(transport.isConnected()).toBe(false);
  expect(await post(said())).toMatchObject({ status: 503 });
  decided.open();
  expect(await first).toMatchObject({ status: 200, body: "late" });
  await drained;
});
