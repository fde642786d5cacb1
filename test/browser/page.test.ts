import { join } from "node:path";
import { WebClient } from "@slack/web-api";
import type { Browser } from "playwright-core";
import { openWindow, startChromium, type Window } from "../../sandbox/browser/window";
import type { SlackStandIn } from "../../sandbox/slack";
import { SILENT } from "../sandbox/slack/silent";
import { startTinyApp } from "../sandbox/slack/tiny-app";
import { ANN, BEN, BOT_TOKEN, GENERAL, MANIFEST, optionsFor, startWorkspace } from "../sandbox/slack/workspace";
import { serious } from "./serious";
import { ROOT } from "./world";

const manifest = {
  ...MANIFEST,
  features: {
    ...MANIFEST.features,
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    slash_commands: [{ command: "/try", description: "Tries it", usage_hint: "create [name] | list" }],
    shortcuts: [
      { name: "Get a key", type: "global" as const, callback_id: "get", description: "Asks for a key" },
      { name: "This leaks", type: "message" as const, callback_id: "leak", description: "Looks for a key" },
    ],
  },
  settings: { event_subscriptions: { bot_events: ["app_home_opened"] } },
};

const plain = (text: string) => ({ type: "plain_text" as const, text });
const option = (text: string, more: object = {}) => ({ text: plain(text), value: text.toLowerCase(), ...more });
const button = (text: string) => ({ type: "button" as const, text: plain(text), action_id: text.toLowerCase() });
const confirm = { title: plain("Sure?"), text: plain("It goes"), confirm: plain("Yes"), deny: plain("No") };
const row = (text: string, more: object = {}) => ({
  type: "section",
  block_id: text,
  text: plain(text),
  accessory: { type: "overflow", action_id: "more", options: [option("Details"), option("Pause")], ...more },
});
const select = (more: object = {}) => ({
  type: "static_select",
  action_id: "which",
  placeholder: plain("Which"),
  options: ["Newest", "Middle", "Oldest"].map((text) => option(text, { description: plain(`the ${text} one`) })),
  ...more,
});
const input = (element: object, more: object = {}) => ({ type: "input", label: plain("Key"), element, ...more });

let slack: SlackStandIn;
let bot: WebClient;
let app: { stop(): Promise<void> };
let browser: Browser;
let ann: Window;

beforeAll(async () => {
  slack = await startWorkspace({
    patience: 5,
    page: { folder: join(ROOT, "build", "page") },
    app: { ...optionsFor().app, manifest },
  });
  bot = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT });
  app = await startTinyApp(slack, "socket", (bolt) => {
    bolt.action(/.*/, async ({ ack }) => ack());
    bolt.shortcut(/.*/, async ({ ack }) => ack());
    bolt.view("form", async ({ ack }) => ack());
    bolt.event("app_home_opened", async ({ event, client }) => {
      const search = input(
        { type: "plain_text_input", action_id: "search" },
        { block_id: "s", label: plain("Search"), dispatch_action: true },
      );
      const blocks = [row("ci"), search, { type: "actions", elements: [button("Next"), select()] }];
      await client.views.publish({ user_id: event.user, view: { type: "home", blocks: blocks as never[] } });
    });
  });
  browser = await startChromium();
  ann = await openWindow(browser, new URL("/", slack.url).href, "ann");
  ann.page.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await slack.stop();
});

type Action = { type: string; action_id: string; value?: string; selected_option?: { value: string } };
const sent = () => slack.deliveries.at(-1)?.payload as { type: string; actions?: Action[] } | undefined;
const action = () => sent()?.actions?.[0];

/** Waits until the app has heard of so many things. */
async function heard(count: number): Promise<void> {
  await slack.person(ANN).until(`delivery ${count}`, () => slack.deliveries.length >= count);
}

async function open(...blocks: object[]): Promise<void> {
  const view = { type: "modal" as const, callback_id: "form", title: plain("A form"), submit: plain("Send") };
  await bot.views.open({ trigger_id: slack.newTrigger(ANN), view: { ...view, blocks: blocks as never[] } });
  await ann.dialog.waitFor();
}

test("a fresh page has one thing to try", async () => {
  await ann.page.getByRole("button", { name: "Type /try create" }).click();
  expect(await ann.page.getByRole("combobox", { name: /^Message / }).inputValue()).toBe("/try create");
  expect(await ann.page.evaluate("document.activeElement?.getAttribute('role')")).toBe("combobox");
  await ann.page.keyboard.press("Control+A");
  await ann.page.keyboard.press("Delete");
});

describe("an overflow menu", () => {
  beforeAll(async () => {
    await ann.goTo("general");
    await bot.chat.postMessage({ channel: GENERAL, text: "x", blocks: [row("ci", { confirm })] as never[] });
    await ann.message("ci").waitFor();
  });
  const menu = () => ann.message("ci").getByRole("button", { name: "More actions" });

  test("with the keyboard: opened, moved in, left, picked from, and its question answered", async () => {
    const { keyboard } = ann.page;
    await menu().focus();
    await keyboard.press("Enter");
    await ann.page.getByRole("menuitem", { name: "Details" }).waitFor();
    await keyboard.press("Escape");
    await ann.page.getByRole("menu").waitFor({ state: "detached" });
    expect(await ann.page.evaluate("document.activeElement?.getAttribute('aria-label')")).toBe("More actions");
    await keyboard.press("ArrowDown");
    await ann.page.getByRole("menuitem", { name: "Details" }).waitFor();
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    const before = slack.deliveries.length;
    await ann.dialog.getByText("It goes").waitFor();
    expect(slack.deliveries).toHaveLength(before);
    await ann.dialog.getByRole("button", { name: "Yes" }).click();
    await heard(before + 1);
    expect(action()).toMatchObject({ type: "overflow", selected_option: { value: "pause" } });
  });

  test("with the mouse: a click beside it closes it", async () => {
    await menu().click();
    await ann.page.getByRole("menuitem", { name: "Pause" }).waitFor();
    expect(await serious(ann)).toEqual([]);
    await ann.page.getByRole("combobox", { name: /^Message / }).click();
    await ann.page.getByRole("menu").waitFor({ state: "detached" });
  });
});

test("shortcuts: on a message, none on one that only one person sees, and a global one", async () => {
  await slack.person(BEN).say("It is tid_1", { in: GENERAL });
  await ann.message("tid_1").hover();
  await ann.message("tid_1").getByRole("button", { name: "More message shortcuts" }).click();
  let before = slack.deliveries.length;
  await ann.page.getByRole("menuitem", { name: /^This leaks/ }).click();
  await heard(before + 1);
  expect(sent()).toMatchObject({ type: "message_action", callback_id: "leak", message: { text: "It is tid_1" } });
  await bot.chat.postEphemeral({ channel: GENERAL, user: ANN, text: "For you" });
  await ann.message("For you").waitFor();
  expect(await ann.message("For you").getByRole("button").count()).toBe(0);
  await ann.page.getByRole("button", { name: "Shortcuts", exact: true }).click();
  before = slack.deliveries.length;
  await ann.page.getByRole("menuitem", { name: /^Get a key/ }).click();
  await heard(before + 1);
  expect(sent()).toMatchObject({ type: "shortcut", callback_id: "get" });
});

test("Home: its menus, Enter in a text, a select, and back to the messages", async () => {
  await ann.goTo("Bot");
  await ann.page.getByRole("button", { name: "Home", exact: true }).click();
  const home = ann.page.getByRole("region", { name: "Home of Bot" });
  await home.getByRole("button", { name: "More actions" }).click();
  let before = slack.deliveries.length;
  await ann.page.getByRole("menuitem", { name: "Pause" }).click();
  await heard(before + 1);
  expect(action()).toMatchObject({ type: "overflow", selected_option: { value: "pause" } });
  before = slack.deliveries.length;
  await home.getByRole("textbox", { name: "Search" }).fill("ci");
  await ann.page.keyboard.press("Enter");
  await heard(before + 1);
  expect(action()).toMatchObject({ action_id: "search", value: "ci" });
  before = slack.deliveries.length;
  await home.getByRole("combobox", { name: "Which" }).click();
  await home.getByRole("option").first().waitFor();
  expect(await serious(ann)).toEqual([]);
  await ann.page.getByRole("option", { name: "Middle the Middle one" }).click();
  await heard(before + 1);
  expect(action()).toMatchObject({ action_id: "which", selected_option: { value: "middle" } });
  await ann.page.getByRole("button", { name: "Messages", exact: true }).click();
  await ann.page.getByRole("combobox", { name: "Message Bot" }).waitFor();
});

describe("a select in a form", () => {
  test("closes its list when somebody clicks beside it", async () => {
    await open(input(select(), { block_id: "k" }));
    await ann.dialog.getByRole("listbox").waitFor();
    await ann.dialog.getByRole("heading").click();
    await ann.dialog.getByRole("listbox").waitFor({ state: "detached" });
    await ann.page.keyboard.press("Escape");
    await ann.dialog.waitFor({ state: "detached" });
  });

  test("takes with Enter what was chosen already, and then what somebody moved to", async () => {
    await open(input(select({ initial_option: select().options[2] }), { block_id: "k" }));
    const field = ann.dialog.getByRole("combobox", { name: "Key" });
    await ann.dialog.getByRole("option", { name: /^Oldest/, selected: true }).waitFor();
    await field.press("Enter");
    await ann.dialog.getByRole("listbox").waitFor({ state: "detached" });
    expect(await ann.dialog.locator(".chosen").textContent()).toBe("Oldest");
    await field.press("ArrowDown");
    await field.press("ArrowUp");
    await field.press("Enter");
    await ann.dialog.locator(".chosen").getByText("Middle").waitFor();
    await ann.page.keyboard.press("Escape");
    await ann.dialog.waitFor({ state: "detached" });
  });

  test("does not swallow the first click beside its open list", async () => {
    await open(input(select(), { block_id: "k", optional: true }));
    await ann.dialog.getByRole("listbox").waitFor();
    const send = ann.dialog.getByRole("button", { name: "Send" });
    const before = await send.boundingBox();
    await send.hover();
    await ann.page.mouse.down();
    // Two frames, in which it would move.
    await ann.page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))");
    expect(await send.boundingBox()).toEqual(before);
    await ann.page.mouse.up();
    await ann.dialog.waitFor({ state: "detached" });
    expect(sent()).toMatchObject({ type: "view_submission" });
  });
});

test("what was read is remembered per window", async () => {
  const page = await ann.page.context().newPage();
  await page.goto(`${new URL("/", slack.url).href}?as=ann`);
  await page.getByRole("button", { name: /general.*unread/ }).click();
  await page.getByText("tid_1").waitFor();
  await page.getByRole("button", { name: /general.*unread/ }).waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("button", { name: "general" }).waitFor();
  expect(await page.getByRole("button", { name: /general.*unread/ }).count()).toBe(0);
  const other = await ann.page.context().newPage();
  await other.goto(`${new URL("/", slack.url).href}?as=ann`);
  await other.getByRole("button", { name: /general.*unread/ }).waitFor();
});
