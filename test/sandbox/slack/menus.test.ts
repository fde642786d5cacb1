import { WebClient } from "@slack/web-api";
import type { Person, SlackStandIn } from "../../../sandbox/slack";
import { SILENT } from "./silent";
import { startTinyApp } from "./tiny-app";
import { ANN, BOT_TOKEN, GENERAL, startWorkspace } from "./workspace";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const option = (text: string, more: object = {}) => ({ text: plain(text), value: `${text} it`, ...more });
const button = (text: string) => ({ type: "button" as const, text: plain(text), action_id: `b-${text}`, value: "v1" });
const actions = (...elements: object[]) => ({ type: "actions" as const, elements: elements as never[] });
const confirm = { title: plain("Sure?"), text: plain("It goes"), confirm: plain("Yes"), deny: plain("No") };
const menu = (more: object = {}) => ({
  type: "overflow" as const,
  action_id: "more",
  options: [option("Pause", { description: plain("For a while") }), option("Delete")],
  ...more,
});
const row = (text: string, more: object = {}) => ({
  type: "section" as const,
  block_id: text,
  text: plain(text),
  accessory: menu(more),
});

let slack: SlackStandIn;
let app: { stop(): Promise<void> };
let bot: WebClient;
let ann: Person;

beforeEach(async () => {
  slack = await startWorkspace();
  bot = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT });
  app = await startTinyApp(slack, "http", (bolt) => {
    bolt.action(/.*/, async ({ ack }) => ack());
  });
  ann = slack.person(ANN);
});
afterEach(async () => {
  await app.stop();
  await slack.stop();
});

const payload = () => slack.deliveries.at(-1)?.payload as { actions: object[] } | undefined;

async function post(...blocks: object[]): Promise<void> {
  const { ts = "" } = await bot.chat.postMessage({ channel: GENERAL, text: "x", blocks: blocks as never[] });
  await ann.until("the message", () => ann.screen(GENERAL).some((one) => one.ts === ts));
}

test("an option of a menu is pressed like a button, and the app hears which one was chosen", async () => {
  await post(row("ci"), actions(menu({ action_id: "others", confirm })));
  expect(ann.screen(GENERAL)[0]?.buttons).toMatchObject([
    { label: "Pause", blockId: "ci", actionId: "more", option: "Pause it", isInMenu: true, description: "For a while" },
    { label: "Delete", option: "Delete it" },
    { label: "Pause", actionId: "others", confirm: { title: "Sure?", text: "It goes", confirm: "Yes", deny: "No" } },
    { label: "Delete", actionId: "others" },
  ]);
  await ann.press("Pause");
  expect(payload()).toMatchObject({ type: "block_actions", channel: { id: GENERAL } });
  expect(payload()?.actions).toEqual([
    {
      type: "overflow",
      action_id: "more",
      block_id: "ci",
      selected_option: { text: plain("Pause"), value: "Pause it", description: plain("For a while") },
      action_ts: expect.any(String),
    },
  ]);
  await ann.press("Delete", { message: ({ blocks }) => blocks.length === 2, confirm: false });
  expect(payload()?.actions).toMatchObject([{ selected_option: { value: "Delete it" } }]);
});

test("a question of the menu's is asked before any of its options", async () => {
  await post(row("ci", { confirm }));
  await ann.press("Delete", { confirm: false });
  expect(slack.deliveries).toEqual([]);
  await ann.press("Delete");
  expect(slack.deliveries).toHaveLength(1);
});

test("a button of the same name goes before a menu's option, and a row is told by its text", async () => {
  await post(actions(button("Pause")));
  await post(row("ci"), row("deploy"));
  await ann.press("Pause");
  expect(payload()?.actions).toMatchObject([{ type: "button", action_id: "b-Pause" }]);
  await ann.press("Pause", { beside: "deploy" });
  expect(payload()?.actions).toMatchObject([{ type: "overflow", block_id: "deploy" }]);
  await expect(ann.press("Pause", { beside: "nowhere" })).rejects.toThrow('there is no button "Pause"');
});

test("what a menu does not offer is refused, also where a button has that id", async () => {
  await post(row("ci"), actions(button("Go")));
  const [shown] = ann.screen(GENERAL);
  if (!shown) throw new Error("there is no message");
  for (const [pressed, refusal] of [
    [{ blockId: "ci", actionId: "more", option: "Burn it" }, "the menu more offers no Burn it"],
    [{ blockId: "ci", actionId: "more" }, "there is no button more"],
    [{ blockId: shown.blocks[1]?.block_id ?? "", actionId: "b-Go", option: "v1" }, "there is no overflow b-Go"],
  ] as const) {
    const outdated = { ...shown, buttons: [{ label: "Made up", ...pressed }] };
    await expect(ann.press("Made up", { outdated })).rejects.toThrow(refusal);
  }
  expect(slack.deliveries).toEqual([]);
});

describe("a modal", () => {
  const input = (element: object, more: object = {}) => ({ type: "input", label: plain("Field"), element, ...more });

  async function open(...blocks: object[]): Promise<void> {
    const view = { type: "modal" as const, title: plain("Form"), submit: plain("Send"), blocks: blocks as never[] };
    await bot.views.open({ trigger_id: slack.newTrigger(ANN), view });
    await ann.until("the form", () => ann.modal());
  }

  test("has menus too", async () => {
    await post(actions(button("Pause")));
    await open(row("ci"));
    await ann.press("Pause");
    expect(payload()).toMatchObject({ container: { type: "view" }, actions: [{ type: "overflow", block_id: "ci" }] });
  });

  test("has selects of listed options, and choices with descriptions", async () => {
    const options = [option("Small", { description: plain("10 at most") }), option("Large")];
    await open(
      input({ type: "static_select", action_id: "s", options }, { block_id: "s", label: plain("Size") }),
      input({ type: "radio_buttons", action_id: "r", options }, { block_id: "r", dispatch_action: true }),
    );
    await ann.fill({ Size: "Large", Field: "Small" });
    expect(payload()?.actions).toMatchObject([{ type: "radio_buttons", selected_option: options[0] }]);
    await expect(ann.fill({ Size: "Huge" })).rejects.toThrow('offers no "Huge", only: Small, Large');
    await ann.submit();
    expect(payload()).toMatchObject({
      view: {
        state: { values: { s: { s: { selected_option: options[1] } }, r: { r: { selected_option: options[0] } } } },
      },
    });
  });

  test("tells of a text with Enter, unless it asks for every character", async () => {
    const text = (id: string, config?: string[]) =>
      input(
        {
          type: "plain_text_input",
          action_id: id,
          ...(config ? { dispatch_action_config: { trigger_actions_on: config } } : {}),
        },
        { block_id: id, label: plain(id), dispatch_action: true },
      );
    await open(text("plain"), text("eager", ["on_character_entered"]));
    await ann.fill({ plain: "a" });
    expect(slack.deliveries).toEqual([]);
    await ann.fill({ plain: "ab" }, { enter: true });
    expect(payload()?.actions).toMatchObject([{ type: "plain_text_input", block_id: "plain", value: "ab" }]);
    await ann.fill({ eager: "a" });
    expect(payload()?.actions).toMatchObject([{ type: "plain_text_input", block_id: "eager", value: "a" }]);
  });
});
