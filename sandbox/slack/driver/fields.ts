import { elementsOf, type Option } from "../elements";
import type { Choice, ShownField, ShownHome, ShownView } from "../person/shown";
import type { Client } from "./client";

/** What somebody fills in: a text, an option or several by their text or value, or whether a single box is ticked. */
export type Filling = string | string[] | boolean;

/** Where the fields are; `enter` ends each text with Enter. */
export type FillOptions = { home?: boolean; enter?: boolean };

/** Fills in a field of the open modal or of the Home tab, by its label. @throws when there is no such field or option */
export async function fill(client: Client, label: string, value: Filling, options: FillOptions = {}): Promise<void> {
  const { view, field } = fieldNamed(client, label, options);
  const given = await choiceOf(client, view, field, label, value);
  const choice = given.kind === "typed" && options.enter ? { ...given, isEntered: true } : given;
  await client.act("choose", { viewId: view.id, blockId: field.blockId, actionId: field.actionId, choice });
}

/** The texts of a field's options: those listed, or those that the app suggests for a search. */
export async function optionTexts(
  client: Client,
  label: string,
  search: string,
  options: FillOptions,
): Promise<string[]> {
  const { view, field } = fieldNamed(client, label, options);
  return (await optionsOf(client, view, field, search)).map(({ text }) => text.text);
}

async function optionsOf(client: Client, view: ShownHome, field: ShownField, search: string): Promise<Option[]> {
  const { blockId, actionId } = field;
  const block = view.blocks.find(({ block_id: id }) => id === blockId);
  const listed = block && elementsOf(block).find(({ action_id: id }) => id === actionId)?.options;
  if (listed) return listed;
  return (await client.act("suggest", { viewId: view.id, blockId, actionId, search })) as Option[];
}

function fieldNamed(
  client: Client,
  label: string,
  { home = false }: FillOptions,
): { view: ShownHome; field: ShownField } {
  const screen = client.screen();
  const view = home ? screen.home : screen.modal;
  if (!view) throw new Error(`there is no ${home ? "Home tab" : "modal"} with a field "${label}"`);
  const field = view.fields[label];
  if (!field) throw new Error(`there is no field "${label}", only ${Object.keys(view.fields).join(", ")}`);
  return { view, field };
}

async function choiceOf(
  client: Client,
  view: ShownHome,
  field: ShownField,
  label: string,
  value: Filling,
): Promise<Choice> {
  if (field.kind === "plain_text_input" || field.kind === "datepicker") return { kind: "typed", text: String(value) };
  const wanted = typeof value === "boolean" ? (value ? (field.options ?? []).slice(0, 1) : []) : [value].flat();
  const options: Option[] = [];
  for (const text of wanted) options.push(await optionNamed(client, view, field, { label, text }));
  return { kind: "chosen", options };
}

async function optionNamed(
  client: Client,
  view: ShownHome,
  field: ShownField,
  { label, text }: { label: string; text: string },
): Promise<Option> {
  const offered = await optionsOf(client, view, field, text);
  const option = offered.find((one) => one.text.text === text || one.value === text);
  if (option) return option;
  const texts = offered.map((one) => one.text.text).join(", ");
  throw new Error(`"${label}" of ${titleOf(view)} offers no "${text}", only: ${texts}`);
}

function titleOf(view: ShownHome | ShownView): string {
  return "title" in view ? `"${view.title}"` : "the Home tab";
}
