import { WebClient } from "@slack/web-api";
import type { Person, SlackStandIn } from "../../../sandbox/slack";
import { SILENT } from "./silent";
import { type Mode, startTinyApp } from "./tiny-app";
import {
  ANN,
  BEN,
  BOT,
  BOT_TOKEN,
  ELSEWHERE,
  GENERAL,
  MANIFEST,
  OLD_CHANNEL,
  OUTSIDER,
  optionsFor,
  SECRET_CHANNEL,
  startWorkspace,
} from "./workspace";

const SHORTCUTS = [
  { name: "Get a key", type: "global", callback_id: "get", description: "Asks for a key" },
  { name: "This leaks", type: "message", callback_id: "leak", description: "Looks for a key" },
];
const manifest = { ...MANIFEST, features: { ...MANIFEST.features, shortcuts: SHORTCUTS } } as const;

let slack: SlackStandIn;
let bot: WebClient;
let ann: Person;

async function start(): Promise<void> {
  slack = await startWorkspace({ app: { ...optionsFor().app, manifest: manifest as object } });
  bot = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT });
  ann = slack.person(ANN);
}
afterEach(() => slack.stop());

const payload = () => slack.deliveries.at(-1)?.payload as Record<string, unknown> | undefined;

describe.each<Mode>(["socket", "http"])("over %s", (mode) => {
  let app: { stop(): Promise<void> };
  beforeEach(async () => {
    await start();
    app = await startTinyApp(slack, mode, (bolt) => {
      bolt.shortcut("get", async ({ ack, client, shortcut }) => {
        await ack();
        const title = { type: "plain_text" as const, text: "Form" };
        await client.views.open({ trigger_id: shortcut.trigger_id, view: { type: "modal", title, blocks: [] } });
      });
      bolt.shortcut("leak", async ({ ack, respond }) => {
        await ack();
        await respond({ text: "Thank you" });
      });
    });
  });
  afterEach(() => app.stop());

  test("a global one names who used it, and neither a channel nor where to answer", async () => {
    await ann.shortcut("Get a key");
    await ann.until("the form", () => ann.modal()?.title === "Form");
    expect(payload()).toMatchObject({
      type: "shortcut",
      callback_id: "get",
      trigger_id: expect.any(String),
      action_ts: expect.any(String),
      user: { id: ANN, team_id: "TTEAM0001" },
      team: { id: "TTEAM0001", domain: "team" },
    });
    for (const absent of ["channel", "message", "message_ts", "response_url"])
      expect(payload()).not.toHaveProperty(absent);
  });

  test("one on a message gives the whole message, its channel, and where to answer", async () => {
    const ben = slack.person(BEN);
    const ts = await ben.say("It is tid_1", { in: GENERAL, attachments: [{ text: "and tid_2", footer: "log" }] });
    await ann.until("the message", () => ann.screen(GENERAL).some(({ text }) => text === "It is tid_1\nand tid_2"));
    await ann.shortcutOn("This leaks", { in: GENERAL });
    expect(payload()).toMatchObject({
      type: "message_action",
      callback_id: "leak",
      trigger_id: expect.any(String),
      action_ts: expect.any(String),
      message_ts: ts,
      channel: { id: GENERAL, name: "general" },
      message: { type: "message", user: BEN, ts, text: "It is tid_1", attachments: [{ id: 1, text: "and tid_2" }] },
      user: { id: ANN },
      response_url: expect.stringContaining("/response/"),
    });
    expect(payload()).not.toHaveProperty("container");
    await ann.until("the answer", () => ann.screen(GENERAL).some(({ text }) => text === "Thank you"));
    expect(ben.screen(GENERAL)).toHaveLength(1);
  });
});

describe("what can't be done", () => {
  beforeEach(start);

  test("a shortcut that there is not, of the wrong kind, or on a message that nobody sees", async () => {
    await ann.say("Hello", { in: GENERAL });
    await expect(ann.shortcut("Nothing")).rejects.toThrow('no global shortcut "Nothing"');
    await expect(ann.shortcut("This leaks")).rejects.toThrow('no global shortcut "This leaks"');
    await expect(ann.shortcutOn("Get a key", { in: GENERAL })).rejects.toThrow('no message shortcut "Get a key"');
    await expect(ann.shortcutOn("This leaks", { in: ELSEWHERE })).rejects.toThrow("there is no such message");
    const hidden = await ann.say("Hidden", { in: SECRET_CHANNEL });
    const seen = await fetch(`${slack.personApiUrl}/${BEN}/shortcut`, {
      method: "POST",
      body: JSON.stringify({ name: "This leaks", channelId: SECRET_CHANNEL, ts: hidden }),
    });
    expect(await seen.json()).toEqual({ error: `ben sees no message ${hidden}` });
    expect(slack.deliveries).toEqual([]);
  });

  test("one on a message that only one person sees", async () => {
    await bot.chat.postEphemeral({ channel: GENERAL, user: ANN, text: "For you" });
    await ann.until("the message", () => ann.screen(GENERAL).length === 1);
    await expect(ann.shortcutOn("This leaks", { in: GENERAL })).rejects.toThrow("only one person sees");
  });

  test("those of people of other organisations", async () => {
    const otto = slack.person(OUTSIDER);
    await otto.say("Hello", { in: GENERAL });
    await otto.shortcutOn("This leaks", { in: GENERAL });
    expect(otto.toasts().at(-1)).toContain("not available");
    expect(slack.deliveries).toEqual([]);
  });

  test("an app that is not there: the person reads that it failed", async () => {
    await ann.shortcut("Get a key");
    expect(ann.toasts()).toEqual(['"Get a key" failed: dispatch_failed']);
  });
});

describe("messages that people write", () => {
  beforeEach(start);
  const section = { type: "section", text: { type: "mrkdwn", text: "*only* blocks" } };

  test("may say nothing but in blocks or attachments, and are not the app's to change", async () => {
    await ann.say("", { in: GENERAL, blocks: [section] });
    const ts = await ann.say("", { in: GENERAL, attachments: [{ title: "A log", text: "tid_1" }] });
    await ann.until("both", () => ann.screen(GENERAL).length === 2);
    expect(ann.screen(GENERAL)).toMatchObject([
      { author: "ann", text: "only blocks", notification: "" },
      { author: "ann", text: "A log\ntid_1", attachments: [{ title: "A log" }] },
    ]);
    await expect(bot.chat.update({ channel: GENERAL, ts, text: "x" })).rejects.toMatchObject({
      data: { error: "cant_update_message" },
    });
    expect(slack.deliveries).toEqual([]);
  });

  test("ping whom they name, and go into the DM with the app too", async () => {
    await ann.say("<@UBEN00001> look", { in: GENERAL });
    const ben = slack.person(BEN);
    await ben.until("the ping", () => ben.mentionsOf().length === 1);
    await ann.say("Hello");
    await ann.until("the message", () => ann.screen(ann.dm()).length === 1);
    expect(ann.screen(ann.dm())[0]?.author).not.toBe(BOT);
  });

  test.each<[string, { in: string; blocks?: object[] }, string]>([
    ["", { in: GENERAL }, "nothing to send"],
    ["x".repeat(40_001), { in: GENERAL }, "too long"],
    ["Hello", { in: OLD_CHANNEL }, "archived"],
    ["Hello", { in: GENERAL, blocks: [{ type: "hologram" }] }, "unsupported type"],
  ])("%.10s in %p is refused", async (text, options, refusal) => {
    await expect(ann.say(text, options)).rejects.toThrow(refusal);
    await expect(slack.person(BEN).say("Hello", { in: SECRET_CHANNEL })).rejects.toThrow("is not in");
  });
});
