import { WebClient } from "@slack/web-api";
import type { SlackStandIn } from "../../../sandbox/slack";
import { SILENT } from "./silent";
import { startTinyApp } from "./tiny-app";
import { ANN, BOT, BOT_TOKEN, GENERAL, startWorkspace } from "./workspace";

const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const BUTTON = { type: "button" as const, action_id: "go", text: { type: "plain_text" as const, text: "Go" } };
const BLOCKS = [{ type: "actions" as const, block_id: "b", elements: [BUTTON] }];

/** What every message of the app has, as Slack sends it. */
const OF_APP = {
  type: "message",
  user: BOT,
  bot_id: "BBOT00001",
  app_id: "AAPP00001",
  team: "TTEAM0001",
  bot_profile: {
    id: "BBOT00001",
    app_id: "AAPP00001",
    user_id: BOT,
    name: "Bot",
    icons: { image_36: expect.any(String), image_48: expect.any(String), image_72: expect.any(String) },
    deleted: false,
    updated: Math.floor(START / 1_000),
    team_id: "TTEAM0001",
  },
};

let slack: SlackStandIn;
let bot: WebClient;
let now = START;
beforeEach(async () => {
  now = START;
  slack = await startWorkspace({ now: () => now });
  bot = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT });
});
afterEach(() => slack.stop());

test("a message that was posted, with all that Slack says of it", async () => {
  const { ts, message } = await bot.chat.postMessage({ channel: GENERAL, text: "Hello", blocks: BLOCKS });
  expect(message).toEqual({ ...OF_APP, ts, text: "Hello", blocks: BLOCKS });
});

test("one in a thread names whom it answers, and one that was changed says when", async () => {
  const { ts: thread_ts = "" } = await bot.chat.postMessage({ channel: GENERAL, text: "Hello" });
  const { ts = "", message } = await bot.chat.postMessage({ channel: GENERAL, text: "Inside", thread_ts });
  expect(message).toEqual({ ...OF_APP, ts, text: "Inside", thread_ts, parent_user_id: BOT });
  now += 5_000;
  const edited = { user: "BBOT00001", ts: `${Math.floor(now / 1_000)}.000000` };
  expect(await bot.chat.update({ channel: GENERAL, ts, text: "Again" })).toMatchObject({
    text: "Again",
    message: { ...OF_APP, ts, text: "Again", thread_ts, parent_user_id: BOT, edited },
  });
});

test("a click brings the same message", async () => {
  const clicked: unknown[] = [];
  const app = await startTinyApp(slack, "socket", (tiny) =>
    tiny.action("go", async ({ ack, body }) => {
      clicked.push("message" in body ? body.message : null);
      await ack();
    }),
  );
  const { message } = await bot.chat.postMessage({ channel: GENERAL, text: "Hello", blocks: BLOCKS });
  const ann = slack.person(ANN);
  await ann.until("the button", () => ann.screen(GENERAL).at(-1)?.buttons.length === 1);
  await ann.press("Go");
  expect(clicked).toEqual([message]);
  await app.stop();
});
