import { createServer, type Server } from "node:http";
import { Secret } from "../../../src/domain/secret";
import { createMessenger } from "../../../src/slack/clients/messenger";
import { createClients } from "../../../src/slack/clients/web-clients";
import { createManualClock, type ManualClock } from "../../kit/manual-clock";
import { passUntil, until } from "../../kit/until";
import { SETTINGS } from "../../workflow/samples";

const nothing = () => {};
const logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => "error" as never,
  setName: nothing,
};

let clock: ManualClock;
let server: Server;
let messenger: ReturnType<typeof createMessenger>;
let asked: string[];
let answers: { status: number; headers?: Record<string, string>; body: unknown }[];

beforeEach(async () => {
  clock = createManualClock(1_000);
  asked = [];
  answers = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const { status, headers = {}, body } = answers.shift() ?? { status: 200, body: { ok: true } };
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  const clients = createClients({
    botToken: new Secret("xoxb-only-for-tests"),
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    timeouts: { clickMs: 2_000, deliveryMs: 2_000, outboxMs: 2_000 },
    logger,
    fetch,
    operator: null,
  });
  messenger = createMessenger({
    clients,
    clock,
    settings: { approvalsChannelId: "CAPPROVE1", handout: SETTINGS.handout },
  });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

let isWanted = async (): Promise<boolean> => true;
const post = (heldUntilMs = 60_000) =>
  messenger.postSecret({
    id: "delivery-1",
    channelId: "D1",
    userId: "UDEV",
    keyName: "deploy",
    accessKeyId: "tid_one",
    secret: new Secret("tsec_only_for_tests"),
    endpoint: "Default",
    access: { permission: "Admin", buckets: { kind: "all" } },
    format: "shell",
    isOff: true,
    isPaused: false,
    isHeld: () => clock.monotonicMs() < heldUntilMs,
    isWanted: () => isWanted(),
  });
const busy = (seconds: number) => ({
  status: 429,
  headers: { "retry-after": String(seconds) },
  body: { ok: false, error: "ratelimited" },
});

test("a secret is posted while the lease holds, and not from the moment on at which it runs out", async () => {
  clock.advance(1_000);
  expect(await post(1_001)).toEqual({ kind: "posted" });
  expect(await post(1_000)).toEqual({ kind: "not_posted", code: "too_late" });
  expect(asked).toEqual(["/api/chat.postEphemeral"]);
});

test("a short 429 is waited for once, and no longer than the lease holds", async () => {
  answers = [busy(5), busy(5)];
  const twice = post(60_000);
  await until("the first call", () => asked.length === 1);
  await passUntil("the second call", () => asked.length === 2, { clock, stepMs: 5_000 });
  expect(await twice).toEqual({ kind: "not_posted", code: "ratelimited" });
  answers = [busy(5)];
  const late = post(clock.monotonicMs() + 2_000);
  await until("the third call", () => asked.length === 3);
  let result: unknown = null;
  void late.then((posting) => {
    result = posting;
  });
  await passUntil("the end of the delivery", () => result !== null, { clock, stepMs: 5_000 });
  expect(result).toEqual({ kind: "not_posted", code: "too_late" });
  expect(asked).toHaveLength(3);
});

test.each<[string, (typeof answers)[number], kind: "not_posted" | "unclear", string]>([
  ["a long 429", busy(11), "not_posted", "ratelimited"],
  ["a refusal", { status: 200, body: { ok: false, error: "channel_not_found" } }, "not_posted", "channel_not_found"],
  ["a server's mistake: it may have appeared", { status: 500, body: {} }, "unclear", "http_500"],
  ["what is no code", { status: 200, body: { ok: false, error: "<!channel>" } }, "unclear", "unknown"],
])("%s: it is tried once", async (_what, answered, kind, code) => {
  answers = [answered];
  expect(await post()).toEqual({ kind, code });
  expect(asked).toHaveLength(1);
});

test("nothing is posted once somebody has taken the key away, nor where that can't be read", async () => {
  for (const answer of [async () => false, () => Promise.reject(new Error("unreadable"))]) {
    isWanted = answer;
    expect(await post()).toEqual({ kind: "not_posted", code: "not_wanted" });
  }
  isWanted = async () => true;
  expect(await post()).toEqual({ kind: "posted" });
});
