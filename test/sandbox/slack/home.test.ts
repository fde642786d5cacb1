import type { App } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import type { Person, SlackStandIn } from "../../../sandbox/slack";
import { SILENT } from "./silent";
import { type Mode, startTinyApp } from "./tiny-app";
import { ANN, BEN, BOT, BOT_TOKEN, MANIFEST, optionsFor, startWorkspace } from "./workspace";

const WITH_HOME = {
  ...MANIFEST,
  features: { ...MANIFEST.features, app_home: { home_tab_enabled: true, messages_tab_enabled: true } },
  settings: { event_subscriptions: { bot_events: ["app_home_opened"] } },
};

const plain = (text: string) => ({ type: "plain_text" as const, text });
const section = (text: string, more: object = {}) => ({ type: "section" as const, text: plain(text), ...more });
const option = (text: string) => ({ text: plain(text), value: text });
const button = (text: string) => ({ type: "button" as const, text: plain(text), action_id: text.toLowerCase() });
const actions = (...elements: object[]) => ({ type: "actions" as const, block_id: "row", elements });
const SEARCH = {
  type: "input",
  block_id: "search",
  label: plain("Search"),
  dispatch_action: true,
  element: { type: "plain_text_input", action_id: "search" },
};
const FILTER = {
  type: "static_select",
  action_id: "filter",
  placeholder: plain("State"),
  options: [option("on"), option("off")],
};
const homeOf = (...blocks: object[]) => ({
  type: "home" as const,
  blocks: blocks as never[],
  private_metadata: "page 1",
});

let slack: SlackStandIn;
let bot: WebClient;
let ann: Person;

async function start(manifest: object): Promise<void> {
  slack = await startWorkspace({ app: { ...optionsFor().app, manifest } });
  bot = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT });
  ann = slack.person(ANN);
}
afterEach(() => slack.stop());

const payload = () => slack.deliveries.at(-1)?.payload as Record<string, unknown> | undefined;

async function errorOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => ({ data: { error: "none" } }),
    (reason: { data: { error: string } }) => reason,
  );
  return error.data.error;
}

describe("views.publish", () => {
  beforeEach(() => start(WITH_HOME));
  const publish = (view: object, more: object = {}) =>
    bot.views.publish({ user_id: ANN, view: view as ReturnType<typeof homeOf>, ...more });

  test("puts a Home tab before one person, and another in its place", async () => {
    expect(ann.home()).toBeNull();
    const first = await publish(homeOf(section("Hello")));
    expect(first.view).toMatchObject({ type: "home", private_metadata: "page 1", submit: null, state: { values: {} } });
    await ann.until("the tab", () => ann.home()?.text === "Hello");
    expect(slack.person(BEN).home()).toBeNull();
    const second = await publish(homeOf(section("Hello again")), { hash: first.view?.hash });
    expect(second.view?.id).toBe(first.view?.id);
    expect(await errorOf(publish(homeOf(section("Late")), { hash: first.view?.hash }))).toBe("hash_conflict");
    await ann.until("the change", () => ann.home()?.text === "Hello again");
  });

  test.each<[string, object, string]>([
    ["101 blocks", homeOf(...Array.from({ length: 101 }, () => ({ type: "divider" }))), "invalid_arguments"],
    ["more than 250 kB", homeOf(...Array.from({ length: 100 }, () => section("x".repeat(2_900)))), "view_too_large"],
    ["a modal", { type: "modal", title: plain("a"), blocks: [] }, "invalid_arguments"],
    ["a title", { ...homeOf(), title: plain("a") }, "invalid_arguments"],
    ["a button to submit", { ...homeOf(), submit: plain("a") }, "invalid_arguments"],
    ["a text that is too long", homeOf(section("x".repeat(3_001))), "invalid_arguments"],
    ["an id twice", homeOf(section("a", { block_id: "a" }), section("b", { block_id: "a" })), "invalid_arguments"],
  ])("refuses %s", async (_name, view, error) => {
    expect(await errorOf(publish(view))).toBe(error);
  });

  test("takes 100 blocks, and fields without a button to submit", async () => {
    await publish(homeOf(SEARCH, actions(FILTER), ...Array.from({ length: 98 }, () => ({ type: "divider" }))));
    await ann.until("the tab", () => ann.home()?.blocks.length === 100);
    expect(await errorOf(bot.views.open({ trigger_id: slack.newTrigger(ANN), view: homeOf() }))).toBe(
      "invalid_arguments",
    );
  });

  test("needs somebody who is there", async () => {
    expect(await errorOf(bot.views.publish({ user_id: "UNOBODY01", view: homeOf() }))).toBe("invalid_arguments");
    expect(await errorOf(bot.apiCall("views.publish", { view: homeOf() }))).toBe("invalid_arguments");
  });
});

test("without a Home tab in its manifest, an app can neither publish nor have one opened", async () => {
  await start({ ...WITH_HOME, features: MANIFEST.features });
  expect(await errorOf(bot.views.publish({ user_id: ANN, view: homeOf() }))).toBe("not_enabled");
  await expect(ann.openHome()).rejects.toThrow("no tab home");
});

test("an app that did not ask for it hears nothing", async () => {
  await start({ ...WITH_HOME, settings: {} });
  await ann.openHome();
  expect(slack.deliveries).toEqual([]);
});

describe.each<Mode>(["socket", "http"])("an app over %s", (mode) => {
  let app: { stop(): Promise<void> };
  const heard: object[] = [];

  beforeEach(async () => {
    heard.length = 0;
    await start(WITH_HOME);
    app = await startTinyApp(slack, mode, (bolt: App) => {
      bolt.event("app_home_opened", async ({ event, context, client }) => {
        heard.push({ event, retryNum: context.retryNum });
        if (event.tab === "home")
          await client.views.publish({
            user_id: event.user,
            view: homeOf(section("Keys", { accessory: button("New") }), SEARCH, actions(button("Next"), FILTER)),
          });
      });
      bolt.action(/.*/, async ({ ack }) => ack());
    });
  });
  afterEach(() => app.stop());

  test("hears of who opens it, with the view that they see", async () => {
    await ann.openHome({ tab: "messages" });
    await ann.openHome();
    await ann.until("the tab", () => ann.home()?.text.includes("Keys"));
    await ann.openHome();
    await ann.until("the third event", () => heard.length === 3);
    const seen = { type: "app_home_opened", user: ANN, channel: ann.dm(), event_ts: expect.any(String) };
    expect(heard).toMatchObject([
      { event: { ...seen, tab: "messages" }, retryNum: mode === "socket" ? 0 : undefined },
      { event: { ...seen, tab: "home" } },
      { event: { ...seen, tab: "home", view: { id: ann.home()?.id, type: "home", private_metadata: "page 1" } } },
    ]);
    expect(heard[1]).not.toHaveProperty("event.view");
    expect(payload()).toMatchObject({
      type: "event_callback",
      team_id: "TTEAM0001",
      api_app_id: "AAPP00001",
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ team_id: "TTEAM0001", user_id: BOT, is_bot: true }],
    });
    await slack.redeliver(-1);
    await ann.until("the event again", () => heard.length === 4);
    expect(heard.at(-1)).toMatchObject({ retryNum: 1 });
  });

  test("hears of buttons, choices and Enter in it, with the view and without a channel", async () => {
    await ann.openHome();
    const home = await ann.until("the tab", () => ann.home());
    await ann.press("New", { home: true });
    const where = {
      type: "block_actions",
      user: { id: ANN },
      container: { type: "view", view_id: home.id },
      trigger_id: expect.any(String),
      view: { id: home.id, type: "home", hash: expect.any(String), private_metadata: "page 1" },
    };
    expect(payload()).toMatchObject({ ...where, actions: [{ type: "button", action_id: "new" }] });
    for (const absent of ["channel", "message", "response_url"]) expect(payload()).not.toHaveProperty(absent);

    await ann.fillHome({ Search: "ci" });
    expect(payload()).toMatchObject({ actions: [{ type: "button" }] });
    await ann.fillHome({ Search: "ci-" }, { enter: true });
    expect(payload()).toMatchObject({
      ...where,
      view: { state: { values: { search: { search: { type: "plain_text_input", value: "ci-" } } } } },
      actions: [{ type: "plain_text_input", block_id: "search", action_id: "search", value: "ci-" }],
    });
    expect(await ann.options("State", "", { home: true })).toEqual(["on", "off"]);
    await ann.fillHome({ State: "off" });
    expect(payload()).toMatchObject({
      view: { state: { values: { row: { filter: { selected_option: option("off") } } } } },
      actions: [{ type: "static_select", action_id: "filter", selected_option: option("off") }],
    });
    expect(ann.home()?.fields).toMatchObject({ Search: { value: "ci-" }, State: { value: "off" } });
    await expect(ann.fillHome({ State: [] })).rejects.toThrow("can't be emptied");
    await expect(ann.press("New")).rejects.toThrow('there is no button "New"');
    await expect(ann.press("Gone", { home: true })).rejects.toThrow('the Home tab has no button "Gone"');
  });

  test("opens a modal from it", async () => {
    await ann.openHome();
    await ann.until("the tab", () => ann.home());
    await ann.press("Next", { home: true });
    const view = { type: "modal" as const, title: plain("Form"), blocks: [section("x")] };
    await bot.views.open({ trigger_id: String(payload()?.trigger_id), view });
    await ann.until("the modal", () => ann.modal()?.title === "Form");
    expect(ann.home()?.text).toContain("Keys");
  });
});
