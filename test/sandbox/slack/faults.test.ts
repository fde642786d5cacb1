import { WebClient } from "@slack/web-api";
import type { SlackStandIn } from "../../../sandbox/slack";
import { reached } from "../../kit/stand-ins";
import { SILENT } from "./silent";
import { ANN, BOT_TOKEN, GENERAL, startWorkspace } from "./workspace";

let slack: SlackStandIn;
let bot: WebClient;
beforeEach(async () => {
  slack = await startWorkspace();
  bot = new WebClient(BOT_TOKEN, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
});
afterEach(() => slack.stop());

const say = (text: string) => bot.chat.postMessage({ channel: GENERAL, text });
const said = () =>
  slack
    .person(ANN)
    .screen(GENERAL)
    .map(({ text }) => text);
const POST = { call: "chat.postMessage" };

test("a call is refused in the form that a test wants", async () => {
  slack.faults.arm(POST, { kind: "refuse", status: 200, body: { ok: false, error: "fatal_error" } });
  await expect(say("a")).rejects.toMatchObject({ data: { error: "fatal_error" } });
  slack.faults.arm(POST, {
    kind: "refuse",
    status: 429,
    headers: { "retry-after": "7" },
    body: { ok: false, error: "ratelimited" },
  });
  await expect(say("b")).rejects.toMatchObject({ retryAfter: 7 });
  slack.faults.arm(POST, { kind: "refuse", status: 500, body: {} });
  await expect(say("c")).rejects.toMatchObject({ statusCode: 500 });
  expect(said()).toEqual([]);
});

test("an ephemeral message gets an ok, and nobody sees it", async () => {
  slack.faults.arm(
    { call: "chat.postEphemeral" },
    { kind: "refuse", status: 200, body: { ok: true, message_ts: "1700000000.000100" } },
  );
  const show = (text: string) => bot.chat.postEphemeral({ channel: GENERAL, user: ANN, text });
  expect(await show("a")).toMatchObject({ ok: true, message_ts: "1700000000.000100" });
  await show("b");
  await slack.person(ANN).until("the second", () => said().includes("b"));
  expect(said()).toEqual(["b"]);
});

test.each([
  ["before", []],
  ["after", ["a"]],
] as const)("an answer is lost %s the effect", async (when, left) => {
  slack.faults.arm(POST, { kind: "lose", when });
  await expect(say("a")).rejects.toMatchObject({ code: "slack_webapi_request_error" });
  await say("b");
  await slack.person(ANN).until("the second", () => said().includes("b"));
  expect(said()).toEqual([...left, "b"]);
});

test("an answer is garbled after the effect", async () => {
  slack.faults.arm(POST, { kind: "garble", when: "after", body: "<html>" });
  await expect(say("a")).rejects.toThrow();
  await slack.person(ANN).until("the message", () => said().includes("a"));
});

test.each([
  ["before", 0],
  ["after", 1],
] as const)("a call is held %s the effect, which takes place though its caller has gone", async (when, shown) => {
  const impatient = new WebClient(BOT_TOKEN, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    timeout: 1_000,
    logger: SILENT,
  });
  const held = slack.faults.arm(POST, { kind: "hold", when });
  const call = impatient.chat.postMessage({ channel: GENERAL, text: "a" });
  await reached(held);
  await expect(call).rejects.toMatchObject({ code: "slack_webapi_request_error" });
  const ann = slack.person(ANN);
  if (shown) await ann.until("the message", () => said().length === 1);
  expect(said()).toHaveLength(shown);
  held.release();
  await ann.until("the message", () => said().length === 1);
});

test("the n-th call that matches is hit", async () => {
  const match = (params: Record<string, unknown>) => params.text === "b";
  slack.faults.arm({ ...POST, nth: 2, match }, { kind: "refuse", status: 200, body: { ok: false, error: "no" } });
  await say("a");
  await say("b");
  await expect(say("b")).rejects.toMatchObject({ data: { error: "no" } });
  await say("b");
});

test("an answer to a response_url is lost too", async () => {
  const url = slack.newResponseUrl(ANN, GENERAL);
  slack.faults.arm({ call: "response_url" }, { kind: "lose", when: "after" });
  await expect(fetch(url, { method: "POST", body: JSON.stringify({ text: "a" }) })).rejects.toThrow();
  await slack.person(ANN).until("the answer", () => said().includes("a"));
});
