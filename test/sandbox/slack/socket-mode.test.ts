import { once } from "node:events";
import { WebClient } from "@slack/web-api";
import { type RawData, WebSocket } from "ws";
import type { SlackStandIn } from "../../../sandbox/slack";
import { connected, reached } from "../../kit/stand-ins";
import { emitted } from "../../kit/until";
import { SILENT } from "./silent";
import { ANN, APP_TOKEN, startWorkspace } from "./workspace";

let slack: SlackStandIn;
let app: WebClient;
beforeEach(async () => {
  slack = await startWorkspace();
  app = new WebClient(APP_TOKEN, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT });
});
afterEach(() => slack.stop());

type Frame = { type: string; envelope_id: string; reason?: string; [field: string]: unknown };
type Link = { socket: WebSocket; frames: Frame[]; frame(index: number): Promise<Frame> };

async function address(): Promise<string> {
  return (await app.apps.connections.open()).url ?? "";
}

/** A connection that keeps what it gets. */
async function link(url?: string): Promise<Link> {
  const socket = new WebSocket(url ?? (await address()));
  const frames: Frame[] = [];
  let look = () => {};
  socket.on("message", (data: RawData) => {
    frames.push(JSON.parse(String(data)) as Frame);
    look();
  });
  const frame = (index: number) =>
    new Promise<Frame>((resolve) => {
      look = () => {
        const found = frames[index];
        if (found) resolve(found);
      };
      look();
    });
  await Promise.race([frame(0), once(socket, "error").then(([error]) => Promise.reject(error as Error))]);
  return { socket, frames, frame };
}

function ack({ socket }: Link, { envelope_id }: Frame, payload?: unknown): void {
  socket.send(JSON.stringify({ envelope_id, ...(payload === undefined ? {} : { payload }) }));
}

test("a ticket opens one connection, which begins with a hello", async () => {
  const url = await address();
  const { frames } = await link(url);
  expect(frames[0]).toEqual({
    type: "hello",
    num_connections: 1,
    debug_info: {
      host: expect.any(String),
      started: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
      build_number: expect.any(Number),
      approximate_connection_time: expect.any(Number),
    },
    connection_info: { app_id: "AAPP00001" },
  });
  await expect(link(url)).rejects.toThrow("404");
});

test("an eleventh connection is turned away", async () => {
  for (let count = 0; count < 10; count += 1) await link();
  const { frames } = await link();
  expect(frames[0]).toMatchObject({ type: "disconnect", reason: "too_many_websockets" });
  expect(slack.sockets.count()).toBe(10);
});

test("an envelope goes to one connection, and is taken once acknowledged over it", async () => {
  const [one, other] = [await link(), await link()];
  const typed = slack.person(ANN).command("/try it");
  const got = await Promise.race([one.frame(1), other.frame(1)]);
  expect(got).toMatchObject({ type: "slash_commands", accepts_response_payload: true, payload: { text: "it" } });
  const [right, wrong] = one.frames.includes(got) ? [one, other] : [other, one];
  ack(wrong, got, { text: "over the wrong one" });
  ack(right, got, { text: "taken" });
  await typed;
  expect(one.frames.length + other.frames.length).toBe(3);
  expect(slack.deliveries[0]).toMatchObject({ ackBody: { text: "taken" } });
  expect(
    slack
      .person(ANN)
      .screen()
      .map(({ text }) => text),
  ).toEqual(["taken"]);
});

test("the connections take turns", async () => {
  const links = [await link(), await link()];
  for (const one of links) void one.frame(1).then((envelope) => ack(one, envelope));
  await slack.person(ANN).command("/try 1");
  await slack.person(ANN).command("/try 2");
  expect(links.map(({ frames }) => frames.length)).toEqual([2, 2]);
});

test("without a connection or an acknowledgement the person reads why", async () => {
  const ann = slack.person(ANN);
  await ann.command("/try it");
  expect(ann.toasts()).toEqual(['/try failed with the error "dispatch_failed"']);
  await link();
  await ann.command("/try again");
  expect(ann.toasts().at(-1)).toBe('/try failed with the error "operation_timeout"');
});

test("a refresh says so, takes what is still acknowledged, and closes", async () => {
  const old = await link();
  const typed = slack.person(ANN).command("/try it");
  const envelope = await old.frame(1);
  slack.sockets.disconnectAll("refresh_requested");
  expect(await old.frame(2)).toMatchObject({ type: "disconnect", reason: "refresh_requested" });
  const fresh = await link();
  const closed = emitted(old.socket, "close");
  ack(old, envelope, { text: "taken" });
  await typed;
  await closed;
  expect(slack.person(ANN).screen().at(-1)?.text).toBe("taken");
  const next = slack.person(ANN).command("/try more");
  ack(fresh, await fresh.frame(1));
  await next;
});

test("what was delivered is delivered again, as it was", async () => {
  const only = await link();
  const typed = slack.person(ANN).command("/try it");
  const first = await only.frame(1);
  ack(only, first);
  await typed;
  const again = slack.redeliver(0);
  const second = await only.frame(2);
  expect(second).toMatchObject({ envelope_id: first.envelope_id, payload: first.payload, retry_attempt: 1 });
  ack(only, second, { text: "twice" });
  expect(await again).toEqual({ kind: "acked", body: { text: "twice" } });
});

test("a cut ends every connection", async () => {
  const { socket } = await link();
  const closed = emitted(socket, "close");
  slack.sockets.cut();
  await closed;
  await connected(slack, 0);
});

test("an acknowledgement is lost with its connection, or held until it is late", async () => {
  const first = await link();
  const lost = slack.faults.arm({ call: "ack" }, { kind: "lose", when: "before" });
  const closed = emitted(first.socket, "close");
  const typed = slack.person(ANN).command("/try it");
  ack(first, await first.frame(1));
  await reached(lost);
  await closed;
  const second = await link();
  const held = slack.faults.arm({ call: "ack" }, { kind: "hold", when: "before" });
  const other = slack.person(ANN).command("/try more");
  ack(second, await second.frame(1));
  await reached(held);
  await Promise.all([typed, other]);
  held.release();
  const failed = '/try failed with the error "operation_timeout"';
  expect(slack.person(ANN).toasts()).toEqual([failed, failed]);
});

test("what is no acknowledgement is ignored", async () => {
  const only = await link();
  only.socket.send("not JSON");
  only.socket.send("null");
  only.socket.send(JSON.stringify({ envelope_id: "unknown" }));
  const typed = slack.person(ANN).command("/try it");
  ack(only, await only.frame(1));
  await typed;
  expect(slack.person(ANN).toasts()).toEqual([]);
});

test("the app's token counts in the header alone", async () => {
  const answer = await fetch(`${slack.url}apps.connections.open`, {
    method: "POST",
    body: new URLSearchParams({ token: APP_TOKEN }),
  });
  expect(await answer.json()).toMatchObject({ ok: false, error: "not_authed" });
});
