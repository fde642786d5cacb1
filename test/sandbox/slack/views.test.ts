import { WebClient } from "@slack/web-api";
import type { SlackStandIn } from "../../../sandbox/slack";
import { SILENT } from "./silent";
import { ANN, BOT_TOKEN, startWorkspace } from "./workspace";

let now = 1_700_000_000_000;
let slack: SlackStandIn;
let bot: WebClient;

beforeEach(async () => {
  slack = await startWorkspace({ now: () => now });
  bot = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT });
});
afterEach(() => slack.stop());

const plain = (text: string) => ({ type: "plain_text" as const, text });
const viewOf = (title: string, more: object = {}) => ({
  type: "modal" as const,
  title: plain(title),
  blocks: [{ type: "section" as const, text: plain("Something") }],
  ...more,
});

async function errorOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => ({ data: { error: "none" } }),
    (reason: { data: { error: string } }) => reason,
  );
  return error.data.error;
}

test("a trigger counts once, for three seconds", async () => {
  const trigger = slack.newTrigger(ANN);
  await bot.views.open({ trigger_id: trigger, view: viewOf("First") });
  expect(await errorOf(bot.views.open({ trigger_id: trigger, view: viewOf("Second") }))).toBe("exchanged_trigger_id");
  expect(await errorOf(bot.views.open({ trigger_id: "1.2.3", view: viewOf("Third") }))).toBe("invalid_trigger_id");
  const late = slack.newTrigger(ANN);
  now += 3_001;
  expect(await errorOf(bot.views.open({ trigger_id: late, view: viewOf("Fourth") }))).toBe("expired_trigger_id");
  expect(slack.person(ANN).modal()?.title).toBe("First");
});

test("a view is changed by id and hash as long as it is open", async () => {
  const { view } = await bot.views.open({ trigger_id: slack.newTrigger(ANN), view: viewOf("First") });
  const id = view?.id ?? "";
  await bot.views.update({ view_id: id, hash: view?.hash ?? "", view: viewOf("Second") });
  const stale = bot.views.update({ view_id: id, hash: view?.hash ?? "", view: viewOf("Third") });
  expect(await errorOf(stale)).toBe("hash_conflict");
  const ann = slack.person(ANN);
  await ann.until("the change", () => ann.modal()?.title === "Second");
  await ann.close();
  expect(await errorOf(bot.views.update({ view_id: id, view: viewOf("Fourth") }))).toBe("not_found");
});

test("a view that is opened takes the place of one that is open", async () => {
  const { view } = await bot.views.open({ trigger_id: slack.newTrigger(ANN), view: viewOf("First") });
  const second = await bot.views.open({ trigger_id: slack.newTrigger(ANN), view: viewOf("Second") });
  expect(second.view).toMatchObject({ root_view_id: second.view?.id, previous_view_id: null });
  expect(await errorOf(bot.views.update({ view_id: view?.id ?? "", view: viewOf("Third") }))).toBe("not_found");
  const ann = slack.person(ANN);
  await ann.until("the second", () => ann.modal()?.title === "Second");
  await ann.close();
  expect(ann.modal()).toBeNull();
});

test("a view is refused for its size and its fields", async () => {
  const open = (view: ReturnType<typeof viewOf>) => bot.views.open({ trigger_id: slack.newTrigger(ANN), view });
  const huge = viewOf("Huge", {
    blocks: Array.from({ length: 100 }, () => ({ type: "section", text: plain("x".repeat(2_900)) })),
  });
  expect(await errorOf(open(huge))).toBe("view_too_large");
  expect(await errorOf(open(viewOf("x".repeat(25))))).toBe("invalid_arguments");
});

test("what was typed stays where block and action are the same", async () => {
  const field = (blockId: string) => ({
    type: "input",
    block_id: blockId,
    label: plain("Name"),
    element: { type: "plain_text_input", action_id: "name", initial_value: "as given" },
  });
  const form = (blockId: string) => viewOf("Form", { submit: plain("Send"), blocks: [field(blockId)] });
  const { view } = await bot.views.open({ trigger_id: slack.newTrigger(ANN), view: form("a") });
  const ann = slack.person(ANN);
  await ann.until("the form", () => ann.modal());
  await ann.fill({ Name: "typed" });
  await bot.views.update({ view_id: view?.id ?? "", view: form("a") });
  expect(ann.modal()?.fields.Name?.value).toBe("typed");
  await bot.views.update({ view_id: view?.id ?? "", view: form("b") });
  await ann.until("a fresh field", () => ann.modal()?.fields.Name?.value === "as given");
});
