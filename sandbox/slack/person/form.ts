import { deliver } from "../delivery/deliver";
import type { PersonData } from "../options";
import type { Element, FieldState, OpenView, Option } from "../views";
import type { Block, Workspace } from "../workspace";
import { actionTs, interactionBase, viewPart } from "./payload";
import { labelOf } from "./screen";

export type Filling = string | string[] | boolean;

/** Somebody fills in fields of the open modal, by their labels. @throws when there is no such field or option */
export async function fill(workspace: Workspace, person: PersonData, values: Record<string, Filling>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const { view, block, element } = fieldNamed(workspace, person, label);
    const state = await filledState(workspace, person, label, element, value);
    view.values[block.block_id] = { ...view.values[block.block_id], [element.action_id]: state };
    workspace.changed({ kind: "modal", userId: person.id });
    if (block.dispatch_action === true) await dispatch(workspace, person, view, block, element, state);
  }
}

function fieldNamed(workspace: Workspace, person: PersonData, label: string) {
  const view = workspace.stackOf(person.id).at(-1);
  if (!view) throw new Error(`${person.name} has no modal open`);
  const block = view.payload.blocks.find((one) => one.type === "input" && labelOf(one) === label);
  if (!block) throw new Error(`the modal of ${person.name} has no field "${label}"`);
  return { view, block, element: block.element as Element };
}

async function filledState(
  workspace: Workspace,
  person: PersonData,
  label: string,
  element: Element,
  value: Filling,
): Promise<FieldState> {
  const { type } = element;
  if (type === "plain_text_input") return { type, value: String(value) === "" ? null : String(value) };
  const texts = typeof value === "boolean" ? (value ? [element.options?.[0]?.text.text ?? ""] : []) : [value].flat();
  const chosen: Option[] = [];
  for (const text of texts) chosen.push(await optionNamed(workspace, person, label, element, text));
  const isMany = type === "checkboxes" || type === "multi_external_select";
  return isMany ? { type, selected_options: chosen } : { type, selected_option: chosen[0] ?? null };
}

async function optionNamed(
  workspace: Workspace,
  person: PersonData,
  label: string,
  element: Element,
  text: string,
): Promise<Option> {
  const offered = element.options ?? (await suggestions(workspace, person, label, text.slice(0, 50)));
  const option = offered.find((one) => one.text.text === text);
  if (!option)
    throw new Error(`"${label}" offers no "${text}", only ${offered.map((one) => one.text.text).join(", ")}`);
  return option;
}

/** The options that the app suggests for what somebody has typed into a select. */
export async function suggestions(
  workspace: Workspace,
  person: PersonData,
  label: string,
  search: string,
): Promise<Option[]> {
  const { view, block, element } = fieldNamed(workspace, person, label);
  const taken = await deliver(workspace, "interaction", {
    type: "block_suggestion",
    ...interactionBase(workspace, person, view.id),
    ...viewPart(workspace, view),
    action_id: element.action_id,
    block_id: block.block_id,
    value: search,
  });
  const options = taken.kind === "acked" ? (taken.body as { options?: Option[] } | undefined)?.options : undefined;
  if (!options) workspace.toast(person.id, `"${label}" could not be loaded`);
  return options ?? [];
}

async function dispatch(
  workspace: Workspace,
  person: PersonData,
  view: OpenView,
  block: Block,
  element: Element,
  state: FieldState,
): Promise<void> {
  const taken = await deliver(workspace, "interaction", {
    type: "block_actions",
    ...interactionBase(workspace, person, view.id),
    ...viewPart(workspace, view),
    actions: [{ ...state, action_id: element.action_id, block_id: block.block_id, action_ts: actionTs(workspace) }],
  });
  if (taken.kind === "failed") workspace.toast(person.id, `"${labelOf(block)}" failed: ${taken.reason}`);
}
