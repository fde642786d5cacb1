import { menu } from "../../../src/slack/blocks/button";
import { message } from "../../../src/slack/blocks/message";
import { readMenu } from "../../../src/slack/payloads/click";

const confirm = { title: "Delete ci?", text: "This can't be undone.", yes: "Delete key" };
const remove = { label: "Delete key", actionId: "key_delete", value: "tid_one", style: "danger", confirm } as const;
const pause = { label: "Pause", actionId: "key_pause", value: "tid_one" };

/** A choice in a menu, as Slack sends it. */
const chosen = (value: string) => ({
  type: "overflow",
  action_id: "menu",
  block_id: "b",
  selected_option: { text: { type: "plain_text", text: "Pause" }, value },
  action_ts: "17.2",
});

test("what is chosen in a menu is a click on the button that the option stands for", () => {
  const [, option] = menu([remove, pause]).options;
  const action = chosen(option?.value ?? "");
  readMenu(action);
  expect(action).toMatchObject({ action_id: "key_pause", value: "tid_one" });
});

test("only a menu of one option asks before it acts: Slack has one dialog for all of them", () => {
  expect(menu([remove]).confirm).toMatchObject({ title: { text: "Delete ci?" }, style: "danger" });
  expect(menu([remove, pause]).confirm).toBeUndefined();
});

test.each([
  ["no separator", chosen("key_pause")],
  ["no button", chosen(":tid_one")],
  ["more than an option can hold", chosen(`key_pause:${"x".repeat(150)}`)],
  ["a select's choice", { ...chosen("key_pause:tid_one"), type: "static_select" }],
  ["a button", { type: "button", action_id: "key_pause", value: "tid_one" }],
])("%s stays as it is", (_what, action) => {
  const before = structuredClone(action);
  readMenu(action);
  expect(action).toEqual(before);
});

test.each([[null], [undefined], ["menu"], [7]])("no action at all (%p) is left alone", (action) => {
  expect(() => readMenu(action)).not.toThrow();
});

test("small print and a menu stand under the lines, and screen readers get the small print too", () => {
  const { text, blocks } = message({ lines: [["one"]], small: [["two"], ["three"]], buttons: [], menu: [remove] });
  expect(text).toBe("one\ntwo\nthree");
  expect(blocks.map(({ type }) => type)).toEqual(["rich_text", "context", "actions"]);
});
