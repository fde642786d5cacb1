import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket, WebSocketServer } from "ws";
import type { SlackStandIn } from "../../../sandbox/slack";
import { emitted, until } from "../../kit/until";
import { ANN, BOT_TOKEN, GENERAL, startWorkspace } from "./workspace";

let slack: SlackStandIn;
let folder: string;
let beside: Server;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "page-"));
  writeFileSync(join(folder, "index.html"), "<p>The page</p>");
  writeFileSync(join(folder, "notes.txt"), "not a part of a page");
  beside = createServer((request, response) => response.end(JSON.stringify([request.method, request.url])));
  await new Promise<void>((resolve) => beside.listen(0, "127.0.0.1", resolve));
  const { port } = beside.address() as AddressInfo;
  slack = await startWorkspace({
    page: { folder, beside: { "/sandbox/other": `http://127.0.0.1:${port}/there` } },
    masks: { patterns: ["secret-\\d+"], exceptIn: ["chat.postEphemeral"] },
    historyFile: join(folder, "history.json"),
  });
});
afterEach(async () => {
  await slack.stop();
  await new Promise((resolve) => beside.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const at = (path: string): string => new URL(path, slack.url).href;

async function call(method: string, params: Record<string, string>): Promise<void> {
  const headers = { authorization: `Bearer ${BOT_TOKEN}`, "content-type": "application/json" };
  await fetch(`${slack.url}${method}`, { method: "POST", headers, body: JSON.stringify(params) });
}

type Happened = { name: string; isOk: boolean | null; asked: { text?: string } };
type Told = { happenings: Happened[] };

test("serves the files of a page, with a policy that lets nothing else in", async () => {
  const answer = await fetch(at("/"));
  expect(await answer.text()).toBe("<p>The page</p>");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect((await fetch(at("/notes.txt"))).status).toBe(404);
  expect((await fetch(at("/..%2fhistory.json"))).status).toBe(404);
});

test("passes calls on to servers beside it", async () => {
  const answer = await fetch(at("/sandbox/other/keys?since=1"), { method: "POST", body: "{}" });
  expect(await answer.json()).toEqual(["POST", "/there/keys?since=1"]);
  beside.closeAllConnections();
  await new Promise((resolve) => beside.close(resolve));
  expect((await fetch(at("/sandbox/other/keys"))).status).toBe(502);
});

test.each(["/", "/api/auth.test", "/response/none", "/sandbox/people", "/sandbox/happened", "/sandbox/other/keys"])(
  "keeps others away from %s",
  async (path) => {
    expect((await fetch(at(path), { headers: { origin: "http://elsewhere.example" } })).status).toBe(403);
  },
);

test("tells what passed, with secrets hidden but in the call that delivers them", async () => {
  await call("chat.postMessage", { channel: GENERAL, text: "it is secret-1" });
  await call("chat.postEphemeral", { channel: GENERAL, user: ANN, text: "it is secret-2" });
  await call("chat.postMessage", { channel: "CNOWHERE1", text: "lost" });
  const { happenings } = (await (await fetch(at("/sandbox/happened"))).json()) as Told;
  expect(happenings.map(({ name, isOk, asked }) => [name, isOk, asked.text])).toEqual([
    ["chat.postMessage", true, "it is [secret]"],
    ["chat.postEphemeral", true, "it is secret-2"],
    ["chat.postMessage", false, "lost"],
  ]);
  const later = (await (await fetch(at(`/sandbox/happened?since=${Date.now() + 1_000}`))).json()) as Told;
  expect(later.happenings).toEqual([]);
});

test("tells whoever watches what was told before, and then each call and its answer", async () => {
  await call("chat.postMessage", { channel: GENERAL, text: "before" });
  const fault = { kind: "refuse", status: 200, body: { ok: false, error: "fatal_error" } } as const;
  slack.faults.arm({ call: "chat.postMessage", times: 1 }, fault);
  const told: Happened[] = [];
  const watching = new WebSocket(at("/sandbox/happened").replace("http", "ws"));
  watching.on("message", (data) => told.push(...(JSON.parse(String(data)) as Happened[])));
  await until("what was told before", () => told.some(({ asked }) => asked.text === "before"));
  await call("chat.postMessage", { channel: GENERAL, text: "it is secret-1" });
  slack.faults.arm({ call: "chat.postMessage", times: 1 }, { kind: "lose", when: "after" });
  await call("chat.postMessage", { channel: GENERAL, text: "lost" }).catch(() => {});
  const states = () => Object.fromEntries(told.map(({ asked, isOk }) => [asked.text, isOk]));
  await until("what is told of the lost call", () => "lost" in states() && states()["it is [secret]"] !== null);
  expect(states()).toEqual({ before: true, "it is [secret]": false, lost: null });
  watching.close();
});

test("what is posted to a response_url is told too", async () => {
  await fetch(at("/response/none"), { method: "POST", body: JSON.stringify({ text: "late" }) });
  const { happenings } = (await (await fetch(at("/sandbox/happened"))).json()) as Told;
  expect(happenings).toMatchObject([{ name: "response_url", isOk: false, answered: "expired_url" }]);
});

test("passes on what a server beside it tells", async () => {
  const feeds = new WebSocketServer({ server: beside });
  feeds.on("connection", (socket, { url }) => socket.send(JSON.stringify({ url })));
  const watching = new WebSocket(at("/sandbox/other/happened").replace("http", "ws"));
  const [data] = await emitted(watching, "message");
  expect(String(data)).toBe('{"url":"/there/happened"}');
  const closed = emitted(watching, "close");
  for (const socket of feeds.clients) socket.terminate();
  await closed;
});

test.each(["/sandbox/happened", "/sandbox/other/happened", `/sandbox/people/${ANN}`])(
  "lets no other page watch %s",
  async (path) => {
    const watching = new WebSocket(at(path).replace("http", "ws"), { origin: "http://elsewhere.example" });
    const [error] = await emitted(watching, "error");
    expect(String(error)).toContain("404");
  },
);

test("arms a fault for a page, and disarms it", async () => {
  const fault = { kind: "refuse", status: 200, body: { ok: false, error: "fatal_error" } };
  const arm = () =>
    fetch(at("/sandbox/faults"), { method: "POST", body: JSON.stringify({ call: "chat.postMessage", fault }) });
  const waiting = async () => (await (await fetch(at("/sandbox/faults"))).json()) as unknown;
  await arm();
  expect(await waiting()).toEqual({ waiting: [{ call: "chat.postMessage", fault }] });
  await call("chat.postMessage", { channel: GENERAL, text: "refused" });
  expect(await waiting()).toEqual({ waiting: [] });
  await arm();
  await fetch(at("/sandbox/faults"), { method: "DELETE" });
  await call("chat.postMessage", { channel: GENERAL, text: "posted" });
  const ann = slack.person(ANN);
  await ann.until("the second message", () => ann.screen(GENERAL).some(({ text }) => text === "posted"));
  expect(ann.screen(GENERAL).map(({ text }) => text)).toEqual(["posted"]);
});

test("ends although somebody still looks", async () => {
  const watching = new WebSocket(at(`/sandbox/people/${ANN}`).replace("http", "ws"));
  await emitted(watching, "message");
  const closed = emitted(watching, "close");
  await slack.stop();
  await closed;
});

test("keeps who has left for the next start", async () => {
  await fetch(`${slack.personApiUrl}/${ANN}/leave`, { method: "POST", body: "{}" });
  await slack.stop();
  slack = await startWorkspace({ historyFile: join(folder, "history.json") });
  await expect(slack.person(ANN).command("/try it")).rejects.toThrow("has left");
});

test("keeps what was posted for the next start, but nothing ephemeral", async () => {
  await call("chat.postMessage", { channel: GENERAL, text: "kept" });
  await call("chat.postEphemeral", { channel: GENERAL, user: ANN, text: "not kept" });
  await slack.stop();
  slack = await startWorkspace({ historyFile: join(folder, "history.json") });
  expect(
    slack
      .person(ANN)
      .screen(GENERAL)
      .map(({ text }) => text),
  ).toEqual(["kept"]);
});
