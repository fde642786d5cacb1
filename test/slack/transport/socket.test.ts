import { Secret } from "../../../src/domain/secret";
import { createSocketTransport } from "../../../src/slack/transport/socket";
import type { Transport } from "../../../src/slack/transport/transport";
import { createManualClock, type ManualClock } from "../../kit/manual-clock";
import { findSecrets } from "../../kit/secret-search";
import { type FakeSlack, type Link, startFakeSlack } from "./fake-slack";
import { capturedLog, command, createListeningApp, gate, type OnCommand } from "./listening-app";

const APP_TOKEN = "xapp-1-socket-test-token";
let slack: FakeSlack;
let clock: ManualClock;
let captured: ReturnType<typeof capturedLog>;
let transport: Transport;

beforeEach(async () => {
  slack = await startFakeSlack();
  clock = createManualClock();
  captured = capturedLog(() => slack.changed());
});
afterEach(async () => {
  await transport.close();
  await slack.stop();
  expect(findSecrets([APP_TOKEN, "said-by-somebody"], [{ name: "log", content: captured.lines }])).toEqual([]);
});

function build(onCommand: OnCommand = ({ text, ack }) => ack(`took ${text}`), openTimeoutMs?: number): Transport {
  const { log, logger } = captured;
  const shared = { appToken: new Secret(APP_TOKEN), apiUrl: slack.apiUrl, clock, log, logger };
  transport = createSocketTransport({ ...shared, ...(openTimeoutMs ? { openTimeoutMs } : {}) });
  createListeningApp(transport, onCommand);
  return transport;
}

async function startBoth(): Promise<[Link, Link]> {
  await transport.start();
  await slack.until(() => captured.events().filter((event) => event === "transport.connected").length === 2);
  const [one, other] = slack.links;
  if (!one || !other) throw new Error("there are not two connections");
  return [one, other];
}

function envelope(id: string, text = "said-by-somebody"): Record<string, unknown> {
  return { envelope_id: id, type: "slash_commands", payload: command(text), accepts_response_payload: true };
}

const acked = (link: Link) => link.received.map((frame) => (frame as { envelope_id: string }).envelope_id);
const open = () => slack.links.filter((link) => link.isOpen()).length;
const logged = (event: string) => captured.lines.filter((line) => line.event === event);

test("two connections, opened with the app token; each envelope is acknowledged over the one that it came on", async () => {
  build();
  expect(transport.isConnected()).toBe(false);
  const [one, other] = await startBoth();
  expect(transport.isConnected()).toBe(true);
  expect(slack.authorizations).toEqual([`Bearer ${APP_TOKEN}`, `Bearer ${APP_TOKEN}`]);
  one.send(envelope("e1", "a"));
  other.send(envelope("e2", "b"));
  await slack.until(() => one.received.length + other.received.length === 2);
  expect(one.received).toEqual([{ envelope_id: "e1", payload: { text: "took a" } }]);
  expect(other.received).toEqual([{ envelope_id: "e2", payload: { text: "took b" } }]);
});

test("when Slack recycles both, both are replaced at once, and what is under way is acknowledged over the old one", async () => {
  const decided = gate();
  build(async ({ text, ack }) => {
    if (text === "slow") await decided.opened;
    await ack();
  });
  const [one, other] = await startBoth();
  one.send(envelope("e1", "slow"));
  for (const link of [one, other]) link.send({ type: "disconnect", reason: "refresh_requested" });
  await slack.until(() => slack.links.length === 4 && !other.isOpen());
  expect(one.isOpen()).toBe(true);
  slack.links[3]?.send(envelope("e2", "quick"));
  await slack.until(() => slack.links[3]?.received.length === 1);
  decided.open();
  await slack.until(() => !one.isOpen());
  expect(acked(one)).toEqual(["e1"]);
});

test("after a warning the old connection goes on until Slack ends it, beside its successor", async () => {
  build();
  const [one] = await startBoth();
  one.send({ type: "disconnect", reason: "warning" });
  await slack.until(() => logged("transport.connected").length === 3);
  one.send(envelope("e1"));
  await slack.until(() => one.received.length === 1);
  one.send({ type: "disconnect", reason: "refresh_requested" });
  await slack.until(() => !one.isOpen());
  expect(slack.links).toHaveLength(3);
});

test.each<[string, (link: Link) => void]>([
  ["closed", (link) => link.end()],
  ["cut", (link) => link.cut()],
])(
  "a connection that is %s is replaced, and an acknowledgement that can't go out any more harms nothing",
  async (_how, lose) => {
    const decided = gate();
    const taken = gate();
    build(async ({ text, ack }) => {
      if (text !== "slow") return ack();
      taken.open();
      await decided.opened;
      await ack();
    });
    const [one] = await startBoth();
    one.send(envelope("e1", "slow"));
    await taken.opened;
    lose(one);
    await slack.until(() => logged("transport.connected").length === 3);
    decided.open();
    await slack.until(() => logged("transport.not_acknowledged").length === 1);
    slack.links[2]?.send(envelope("e2"));
    await slack.until(() => slack.links[2]?.received.length === 1);
  },
);

test("frames that are not as they should be do no harm", async () => {
  build();
  const [one] = await startBoth();
  const odd = ["", "{", "null", "[]", '"disconnect"', "7", "{}", '{"type":"error"}', '{"type":"disconnected"}'];
  for (const text of odd) one.sendText(text);
  one.sendText('{"type":"events_api","envelope_id":"e0","payload":{}}');
  one.sendText('{"type":"slash_commands","envelope_id":"e0","payload":null}');
  one.sendText("[".repeat(100_000));
  one.sendBytes(Buffer.from(JSON.stringify(envelope("e0"))));
  one.send(envelope("e1"));
  await slack.until(() => one.received.length === 1);
  expect(acked(one)).toEqual(["e1"]);
  expect(logged("transport.odd_frame")).toHaveLength(odd.length + 4);
  expect(slack.links).toHaveLength(2);
});

test("where a new connection is refused, the pauses grow, and a Retry-After is kept", async () => {
  build();
  const [one] = await startBoth();
  slack.answers.push({ error: "internal_error" }, { error: "internal_error" }, { retryAfterS: 30 });
  one.cut();
  for (const [failures, pauseMs] of [
    [1, 1_000],
    [2, 2_000],
    [3, 30_000],
  ] as const) {
    await slack.until(() => logged("transport.not_connected").length === failures);
    await settled();
    clock.advance(pauseMs - 1);
    await settled();
    expect(slack.opened()).toBe(2 + failures);
    clock.advance(1);
  }
  await slack.until(() => logged("transport.connected").length === 3);
  expect(logged("transport.not_connected").map(({ code }) => code)).toEqual([
    "internal_error",
    "internal_error",
    "ratelimited",
  ]);
  expect(transport.isConnected()).toBe(true);
});

test("a Slack that ends each connection at once is not asked for new ones in a tight loop", async () => {
  build();
  await startBoth();
  const end = (count: number) => {
    for (const link of slack.links) if (link.isOpen()) link.send({ type: "disconnect", reason: "too_many_websockets" });
    return slack.until(() => logged("transport.disconnected").length === count);
  };
  for (const round of [1, 2, 3]) {
    await end(round * 2);
    await slack.until(() => logged("transport.connected").length === 2 + round * 2);
  }
  await end(8);
  await settled();
  expect(slack.opened()).toBe(8);
  expect(transport.isConnected()).toBe(false);
  clock.advance(1_000);
  await slack.until(() => logged("transport.connected").length === 10);
});

test("Socket Mode turned off is told as an error, and tried again only now and then", async () => {
  build();
  const [one] = await startBoth();
  one.send({ type: "disconnect", reason: "link_disabled" });
  await slack.until(() => logged("transport.socket_mode_is_off").length === 1);
  expect(logged("transport.socket_mode_is_off")[0]?.level).toBe("error");
  await settled();
  clock.advance(59_999);
  await settled();
  expect(slack.opened()).toBe(2);
  clock.advance(1);
  await slack.until(() => logged("transport.connected").length === 3);
});

describe("at the start", () => {
  test.each(["invalid_auth", "missing_scope"])(
    "a wrong token ends it with a sentence that says so: %s",
    async (error) => {
      slack.answers.push({ error }, { error });
      await expect(build().start()).rejects.toMatchObject({
        name: "StartError",
        code: "slack_app_token",
        exitCode: 78,
        message: expect.stringContaining(`SLACK_APP_TOKEN (${error})`),
      });
      expect(slack.opened()).toBe(2);
    },
  );

  test("a Slack that does not answer ends it after three tries", async () => {
    slack.answers.push(...Array.from({ length: 6 }, () => "silence" as const));
    const started = build(undefined, 100).start();
    const failed = expect(started).rejects.toMatchObject({ code: "slack_unreachable", exitCode: 1 });
    for (const [failures, pauseMs] of [
      [2, 1_000],
      [4, 2_000],
    ] as const) {
      await slack.until(() => logged("transport.not_connected").length === failures);
      await settled();
      clock.advance(pauseMs);
    }
    await failed;
    expect(logged("transport.not_connected").map(({ code }) => code)).toEqual(Array(6).fill("no_answer"));
  });

  test("a connection without a hello is no connection, and is not left open", async () => {
    slack.saysHello = false;
    const started = build(undefined, 200).start();
    await slack.until(() => logged("transport.not_connected").length === 2);
    await slack.until(() => open() === 0);
    slack.saysHello = true;
    await settled();
    clock.advance(1_000);
    await started;
  });

  test("one connection is enough, and the other is still tried for", async () => {
    slack.answers.push(
      "connect",
      { error: "internal_error" },
      { error: "internal_error" },
      { error: "internal_error" },
    );
    await build().start();
    expect(transport.isConnected()).toBe(true);
    for (const [failures, pauseMs] of [
      [1, 1_000],
      [2, 2_000],
      [3, 4_000],
    ] as const) {
      await slack.until(() => logged("transport.not_connected").length === failures);
      await settled();
      clock.advance(pauseMs);
    }
    await slack.until(() => logged("transport.connected").length === 2);
  });
});

test("draining takes nothing new, lets the acknowledgements out, and then closes", async () => {
  const decided = gate();
  const taken = gate();
  build(async ({ ack }) => {
    taken.open();
    await decided.opened;
    await ack();
  });
  const [one, other] = await startBoth();
  one.send(envelope("e1"));
  await taken.opened;
  const drained = transport.drain();
  other.send(envelope("e2"));
  one.send({ type: "disconnect", reason: "warning" });
  decided.open();
  await drained;
  await slack.until(() => open() === 0);
  expect(acked(one)).toEqual(["e1"]);
  expect(other.received).toEqual([]);
  expect(transport.isConnected()).toBe(false);
});

/** Lets everything go on that waits for nothing from outside. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
