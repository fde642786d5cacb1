import type { App } from "@slack/bolt";
import type { Person, SlackStandIn } from "../../../sandbox/slack";
import { type Mode, startTinyApp } from "./tiny-app";
import { ANN, BEN, GENERAL, startWorkspace } from "./workspace";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });

const form = (extra: object[] = []) => ({
  type: "modal" as const,
  callback_id: "form",
  title: plain("A form"),
  submit: plain("Send"),
  blocks: [
    {
      type: "input" as const,
      block_id: "name",
      label: plain("Name"),
      element: { type: "plain_text_input" as const, action_id: "name", max_length: 10 },
    },
    {
      type: "input" as const,
      block_id: "size",
      label: plain("Size"),
      dispatch_action: true,
      element: { type: "radio_buttons" as const, action_id: "size", options: [option("Small"), option("Large")] },
    },
    {
      type: "input" as const,
      block_id: "places",
      label: plain("Places"),
      optional: true,
      element: { type: "multi_external_select" as const, action_id: "places", min_query_length: 0 },
    },
    ...extra,
  ] as never[],
});

const button = (text: string, more: object = {}) => ({
  type: "button" as const,
  text: plain(text),
  action_id: text.toLowerCase(),
  ...more,
});
const actions = (...elements: object[]) => ({ type: "actions" as const, elements: elements as never[] });

/** An app that has a form and a message with a button. */
function register(app: App, seen: unknown[]): void {
  app.command("/try", async ({ ack, command, client }) => {
    if (command.text === "say") return ack({ text: "Only for you" });
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: form() });
  });
  app.action("size", async ({ ack, body, client }) => {
    await ack();
    if (body.type !== "block_actions" || !body.view) return;
    const note = { type: "section", text: plain("Redrawn") };
    await client.views.update({ view_id: body.view.id, hash: body.view.hash, view: form([note]) });
  });
  app.options("places", async ({ ack, payload }) => {
    const all = ["Berlin", "Bern", "Rome"].filter((one) => one.startsWith(payload.value));
    await ack({ options: all.map(option) });
  });
  app.view("form", async ({ ack, body, client, view }) => {
    seen.push(view.state.values);
    if (view.state.values.name?.name?.value === "bad")
      return ack({ response_action: "errors", errors: { name: "Not this one" } });
    await ack();
    const opened = await client.conversations.open({ users: body.user.id });
    await client.chat.postMessage({
      channel: opened.channel?.id ?? "",
      text: `Hello <@${body.user.id}>`,
      blocks: [
        { type: "section", text: { type: "mrkdwn", text: `Hello <@${body.user.id}>` } },
        actions(
          button("Peek"),
          button("Drop", {
            confirm: { title: plain("Sure?"), text: plain("It goes"), confirm: plain("Yes"), deny: plain("No") },
          }),
        ),
      ],
    });
  });
  app.action("peek", async ({ ack, body, client }) => {
    await ack();
    const channel = body.channel?.id ?? "";
    await client.chat.postEphemeral({
      channel,
      user: body.user.id,
      text: "A secret",
      blocks: [
        {
          type: "rich_text",
          elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: "s3cr3t" }] }],
        },
        actions(button("Hide")),
      ] as never[],
    });
  });
  app.action("hide", async ({ ack, body, respond }) => {
    seen.push(body);
    await ack();
    await respond({ delete_original: true });
  });
  app.action("drop", async ({ ack, respond }) => {
    await ack();
    await respond({ text: "Dropped", replace_original: true });
  });
}

describe.each<Mode>(["socket", "http"])("a person and an app over %s", (mode) => {
  let slack: SlackStandIn;
  let app: { stop(): Promise<void> };
  let ann: Person;
  const seen: unknown[] = [];

  beforeEach(async () => {
    seen.length = 0;
    slack = await startWorkspace();
    app = await startTinyApp(slack, mode, (bolt) => register(bolt, seen));
    ann = slack.person(ANN);
  });
  afterEach(async () => {
    await app.stop();
    await slack.stop();
  });

  test("a command is answered in its acknowledgement, to its sender alone", async () => {
    await ann.command("/try say", { in: GENERAL });
    await ann.until("the answer", () => ann.screen(GENERAL).some(({ text }) => text === "Only for you"));
    expect(slack.person(BEN).screen(GENERAL)).toEqual([]);
    await ann.reload();
    expect(ann.screen(GENERAL)).toEqual([]);
  });

  test("a form: filled in by labels, redrawn, refused, sent", async () => {
    await ann.command("/try form");
    await ann.until("the form", () => ann.modal());
    await ann.submit();
    expect(ann.modal()?.fields.Name?.error).toBe("Please complete this required field.");
    await ann.fill({ Name: "bad", Places: ["Berlin", "Rome"], Size: "Large" });
    await ann.until("the form redrawn", () => ann.modal()?.text.includes("Redrawn"));
    expect(ann.modal()?.fields.Name?.value).toBe("bad");
    await ann.submit();
    await ann.until("the problem", () => ann.modal()?.fields.Name?.error === "Not this one");
    await ann.fill({ Name: "good" });
    await ann.submit();
    await ann.until("the message", () => ann.screen().length === 1);
    expect(ann.modal()).toBeNull();
    expect(seen.at(-1)).toMatchObject({
      name: { name: { type: "plain_text_input", value: "good" } },
      size: { size: { selected_option: { value: "large" } } },
      places: { places: { selected_options: [{ value: "berlin" }, { value: "rome" }] } },
    });
    expect(await ann.screen()[0]?.text).toBe("Hello @ann");
    expect(ann.mentionsOf()).toHaveLength(1);
  });

  test("buttons, ephemeral messages and their removal", async () => {
    await ann.command("/try form");
    await ann.until("the form", () => ann.modal());
    await ann.fill({ Name: "good", Size: "Small" });
    await ann.submit();
    await ann.until("the message", () => ann.screen().length === 1);
    await ann.press("Peek");
    await ann.until("the secret", () => ann.screen().some(({ code }) => code[0] === "s3cr3t"));
    await ann.press("Hide");
    await ann.until("no secret", () => ann.screen().length === 1);
    expect(seen.at(-1)).toMatchObject({ container: { is_ephemeral: true } });
    expect(seen.at(-1)).not.toHaveProperty("message");
    await ann.press("Drop", { confirm: false });
    expect(ann.screen()[0]?.text).toBe("Hello @ann");
    await ann.press("Drop");
    await ann.until("the replacement", () => ann.screen()[0]?.text === "Dropped");
    expect(ann.screen()[0]?.isEdited).toBe(true);
  });
});
