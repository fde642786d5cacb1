import { WebClient } from "@slack/web-api";
import type { SlackStandIn } from "../../../sandbox/slack";
import { until } from "../../kit/until";
import { SILENT } from "./silent";
import { ANN, BOT_TOKEN, GENERAL, startWorkspace } from "./workspace";

const MINUTE_MS = 60_000;

let slack: SlackStandIn;
afterEach(() => slack.stop());

test("a message is there a minute after the answer to it was lost, before one that is posted then", async () => {
  let now = Date.now();
  slack = await startWorkspace({ now: () => now });
  const retryConfig = { retries: 0 };
  const bot = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, retryConfig, logger: SILENT });
  const say = (text: string) => bot.chat.postMessage({ channel: GENERAL, text });
  const screen = () => slack.person(ANN).screen(GENERAL);
  const said = () => screen().map(({ text }) => text);

  slack.faults.arm({ call: "chat.postMessage" }, { kind: "late", ms: MINUTE_MS });
  await expect(say("late")).rejects.toMatchObject({ code: "slack_webapi_request_error" });
  await say("first");
  await until("the first message", () => said().includes("first"));
  expect(said()).toEqual(["first"]);
  now += MINUTE_MS;
  await say("last");
  await until("the last message", () => said().includes("last"));
  expect(said()).toEqual(["first", "late", "last"]);
});
