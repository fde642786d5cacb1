import { elementsOf, type Option } from "../elements";
import type { Choice, ShownField, ShownView } from "../person/shown";
import type { Client } from "./client";

/** What somebody fills in: a text, the text of an option or several, or whether a single box is ticked. */
export type Filling = string | string[] | boolean;

/** Fills in a field of the open modal, by its label. @throws when there is no such field or option */
export async function fill(client: Client, label: string, value: Filling): Promise<void> {
  const { view, field } = fieldNamed(client, label);
  const choice = await choiceOf(client, view, field, label, value);
  await client.act("choose", { viewId: view.id, blockId: field.blockId, actionId: field.actionId, choice });
}

/** The options of a field: those listed, or those that the app suggests for a search. */
export async function optionsOf(client: Client, label: string, search: string): Promise<Option[]> {
  const { view, field } = fieldNamed(client, label);
  const { blockId, actionId } = field;
  const block = view.blocks.find(({ block_id: id }) => id === blockId);
  const listed = block && elementsOf(block).find(({ action_id: id }) => id === actionId)?.options;
  if (listed) return listed;
  return (await client.act("suggest", { viewId: view.id, blockId, actionId, search })) as Option[];
}

function fieldNamed(client: Client, label: string): { view: ShownView; field: ShownField } {
  const view = client.screen().modal;
  if (!view) throw new Error(`there is no modal with a field "${label}"`);
  const field = view.fields[label];
  if (!field) throw new Error(`there is no field "${label}", only ${Object.keys(view.fields).join(", ")}`);
  return { view, field };
}

async function choiceOf(
  client: Client,
  view: ShownView,
  field: ShownField,
  label: string,
  value: Filling,
): Promise<Choice> {
  if (field.kind === "plain_text_input") return { kind: "typed", text: String(value) };
  const wanted = typeof value === "boolean" ? (value ? (field.options ?? []).slice(0, 1) : []) : [value].flat();
  const options: Option[] = [];
  for (const text of wanted) options.push(await optionNamed(client, view, label, text));
  return { kind: "chosen", options };
}

async function optionNamed(client: Client, view: ShownView, label: string, text: string): Promise<Option> {
  const offered = await optionsOf(client, label, text);
  const option = offered.find((one) => one.text.text === text);
  if (option) return option;
  const texts = offered.map((one) => one.text.text).join(", ");
  throw new Error(`"${label}" of "${view.title}" offers no "${text}", only: ${texts}`);
}
