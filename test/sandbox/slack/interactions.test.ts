import type { App } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import type { Person, SlackStandIn } from "../../../sandbox/slack";
import { reached } from "../../kit/stand-ins";
import { SILENT } from "./silent";
import { startTinyApp } from "./tiny-app";
import { ANN, BOT, BOT_TOKEN, GENERAL, OUTSIDER, SECRET_CHANNEL, startWorkspace } from "./workspace";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const button = (text: string) => ({ type: "button" as const, text: plain(text), action_id: "act", value: "v1" });
const actions = (...elements: object[]) => ({
  type: "actions" as const,
  block_id: "row",
  elements: elements as never[],
});
const viewOf = (title: string) => ({
  type: "modal" as const,
  title: plain(title),
  submit: plain("Send"),
  callback_id: "form",
  private_metadata: "kept",
  blocks: [
    {
      type: "input" as const,
      block_id: "name",
      optional: true,
      label: plain("Name"),
      element: { type: "plain_text_input" as const, action_id: "name", max_length: 5, min_length: 2 },
    },
    actions(button("Act")),
  ],
});

let slack: SlackStandIn;
let app: { stop(): Promise<void> };
let bot: WebClient;
let ann: Person;
/** How the app acknowledges a form. */
let answer: object | undefined;

beforeEach(async () => {
  answer = undefined;
  slack = await startWorkspace();
  bot = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT });
  app = await startTinyApp(slack, "http", (bolt: App) => {
    bolt.command("/try", async ({ ack }) => ack());
    bolt.action("act", async ({ ack }) => ack());
    bolt.view("form", async ({ ack }) => ack(answer as never));
  });
  ann = slack.person(ANN);
});
afterEach(async () => {
  await app.stop();
  await slack.stop();
});

async function openForm(): Promise<string> {
  const { view } = await bot.views.open({ trigger_id: slack.newTrigger(ANN), view: viewOf("First") });
  await ann.until("the form", () => ann.modal()?.title === "First");
  return view?.id ?? "";
}

const payload = () => slack.deliveries.at(-1)?.payload;

describe("a click", () => {
  test("on a message says where, what and who", async () => {
    const { ts } = await bot.chat.postMessage({ channel: GENERAL, text: "Hi", blocks: [actions(button("Go"))] });
    await ann.until("the button", () => ann.screen(GENERAL)[0]?.buttons.length);
    await ann.press("Go", { in: GENERAL });
    expect(payload()).toMatchObject({
      type: "block_actions",
      user: { id: ANN, team_id: "TTEAM0001" },
      team: { id: "TTEAM0001", domain: "team" },
      api_app_id: "AAPP00001",
      container: { type: "message", message_ts: ts, channel_id: GENERAL, is_ephemeral: false },
      channel: { id: GENERAL, name: "general" },
      message: { ts, text: "Hi", user: BOT },
      response_url: expect.stringContaining("/response/"),
      trigger_id: expect.any(String),
      actions: [{ type: "button", block_id: "row", action_id: "act", value: "v1", action_ts: expect.any(String) }],
    });
    expect(payload()).not.toHaveProperty("view");
  });

  test("of an outsider names their own team", async () => {
    await bot.chat.postMessage({ channel: GENERAL, text: "Hi", blocks: [actions(button("Go"))] });
    const otto = slack.person(OUTSIDER);
    await otto.until("the button", () => otto.screen(GENERAL)[0]?.buttons.length);
    await otto.press("Go");
    expect(payload()).toMatchObject({ user: { team_id: "TOTHER001" }, team: { id: "TTEAM0001" } });
    await otto.command("/try it", { in: GENERAL });
    expect(slack.deliveries).toHaveLength(1);
    expect(otto.toasts().at(-1)).toContain("not available");
  });

  test("on an outdated copy reaches the app, one that never was does not", async () => {
    const { ts = "" } = await bot.chat.postMessage({ channel: GENERAL, text: "Hi", blocks: [actions(button("Go"))] });
    const copy = await ann.until("the button", () => ann.screen(GENERAL).find(({ buttons }) => buttons.length > 0));
    await bot.chat.update({ channel: GENERAL, ts, text: "Over" });
    await ann.until("the update", () => ann.screen(GENERAL)[0]?.text === "Over");
    await expect(ann.press("Go")).rejects.toThrow('there is no button "Go"');
    await ann.press("Go", { outdated: copy });
    expect(payload()).toMatchObject({ message: { text: "Over" }, actions: [{ value: "v1" }] });
    const made = { ...copy, buttons: [{ label: "Go", blockId: "none", actionId: "none" }] };
    await expect(ann.press("Go", { outdated: made })).rejects.toThrow("there is no button");
  });

  test("in a modal has the view and no address to answer to", async () => {
    const id = await openForm();
    await ann.fill({ Name: "Ann" });
    await ann.press("Act");
    expect(payload()).toMatchObject({
      container: { type: "view", view_id: id },
      view: {
        id,
        hash: expect.any(String),
        root_view_id: id,
        private_metadata: "kept",
        app_installed_team_id: "TTEAM0001",
        state: { values: { name: { name: { type: "plain_text_input", value: "Ann" } } } },
      },
    });
    expect(payload()).not.toHaveProperty("response_url");
    expect(payload()).not.toHaveProperty("channel");
  });
});

describe("a form that is sent", () => {
  test("holds null where nothing was typed, and closes", async () => {
    await openForm();
    await ann.submit();
    expect(payload()).toMatchObject({
      type: "view_submission",
      response_urls: [],
      view: { callback_id: "form", state: { values: { name: { name: { value: null } } } } },
    });
    expect(ann.modal()).toBeNull();
  });

  test("is checked by the client first", async () => {
    await openForm();
    for (const [typed, error] of [
      ["a", "Must be at least 2 characters."],
      ["abcdef", "Must be at most 5 characters."],
    ] as const) {
      await ann.fill({ Name: typed });
      await ann.submit();
      expect(ann.modal()?.fields.Name?.error).toBe(error);
    }
    expect(slack.deliveries).toHaveLength(0);
  });

  test("can be redrawn", async () => {
    const id = await openForm();
    answer = { response_action: "update", view: viewOf("Second") };
    await ann.submit();
    expect(ann.modal()).toMatchObject({ title: "Second", id });
    answer = undefined;
    await ann.submit();
    expect(ann.modal()).toBeNull();
  });

  test.each([
    ["an error for a block that is no input", { response_action: "errors", errors: { row: "No" } }],
    ["a view that is too much", { response_action: "update", view: viewOf("x".repeat(25)) }],
    ["an unknown action", { response_action: "push", view: viewOf("Above") }],
  ])("answered with %s: the person reads that there was trouble", async (_name, bad) => {
    await openForm();
    answer = bad;
    await ann.submit();
    expect(ann.toasts().at(-1)).toContain("We had some trouble connecting. Try again?");
    expect(ann.modal()).toMatchObject({ title: "First", isBusy: false });
  });

  test("can't be sent a second time meanwhile", async () => {
    await openForm();
    const hold = slack.faults.arm({ call: "ack" }, { kind: "hold", when: "before" });
    const sent = ann.submit();
    await reached(hold);
    await ann.until("the wait", () => ann.modal()?.isBusy);
    await expect(ann.submit()).rejects.toThrow("being sent");
    hold.release();
    await sent;
    expect(ann.modal()).toBeNull();
  });
});

test("the app does not hear of a modal that is closed", async () => {
  await openForm();
  await ann.close();
  expect(ann.modal()).toBeNull();
  expect(slack.deliveries).toHaveLength(0);
});

test("channels have the names that payloads give them", async () => {
  for (const [channel, name] of [
    [GENERAL, "general"],
    [SECRET_CHANNEL, "privategroup"],
    [undefined, "directmessage"],
  ] as const) {
    await ann.command("/try it", channel ? { in: channel } : {});
    expect(payload()).toMatchObject({ command: "/try", channel_name: name, is_enterprise_install: "false" });
  }
});
