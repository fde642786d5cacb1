import { isDeepStrictEqual } from "node:util";
import { deliver } from "../delivery/deliver";
import { type Element, type FieldState, fieldsOf, type Option } from "../elements";
import { optionProblems } from "../limits/blocks";
import type { PersonData } from "../options";
import type { OpenView } from "../views";
import type { Block, Workspace } from "../workspace";
import { readyModal } from "./open-modal";
import { interactionBase, viewPart } from "./payload";
import { Refused } from "./refused";
import type { Choice, ElementAt } from "./shown";

type Field = { view: OpenView; block: Block; element: Element };

/**
 * Somebody fills in an element of the modal. The app hears of it at once where the block dispatches.
 * @throws Refused when there is no such element, or it does not offer that
 */
export async function choose(
  workspace: Workspace,
  person: PersonData,
  at: ElementAt & { viewId: string; choice: Choice },
): Promise<void> {
  const field = fieldAt(workspace, person, at);
  const { view, block, element } = field;
  const state = stateOf(field, at.choice);
  view.values[block.block_id] = { ...view.values[block.block_id], [element.action_id]: state };
  delete view.errors[block.block_id];
  workspace.changed({ kind: "modal", userId: person.id });
  if (block.type === "input" && block.dispatch_action !== true) return;
  const taken = await deliver(workspace, "interaction", {
    type: "block_actions",
    ...interactionBase(workspace, person),
    ...viewPart(workspace, view),
    actions: [{ ...state, action_id: element.action_id, block_id: block.block_id, action_ts: workspace.nextTs() }],
  });
  if (taken.kind === "failed") workspace.toast(person.id, `Your choice did not arrive: ${taken.reason}`);
}

function fieldAt(workspace: Workspace, person: PersonData, at: ElementAt & { viewId: string }): Field {
  const view = readyModal(workspace, person, at.viewId);
  const block = view.payload.blocks.find(({ block_id: id }) => id === at.blockId);
  const element = block && fieldsOf(block).find(({ action_id: id }) => id === at.actionId);
  if (!block || !element) throw new Refused(`the modal has no field ${at.actionId} in ${at.blockId}`);
  return { view, block, element };
}

const MANY = ["checkboxes", "multi_external_select"];

function stateOf({ view, element }: Field, choice: Choice): FieldState {
  const { type } = element;
  if (choice.kind === "typed") {
    if (type !== "plain_text_input") throw new Refused(`nobody can type into a ${type}`);
    return { type, value: choice.text === "" ? null : choice.text };
  }
  if (type === "plain_text_input") throw new Refused("a text is typed, not chosen");
  const offered = element.options ?? view.offered;
  for (const option of choice.options)
    if (!offered.some((one) => isDeepStrictEqual(one, option)))
      throw new Refused(`"${option.text.text}" is not offered`);
  const most = MANY.includes(type) ? ((element.max_selected_items as number | undefined) ?? 100) : 1;
  if (choice.options.length > most) throw new Refused(`no more than ${most} can be chosen`);
  return MANY.includes(type)
    ? { type, selected_options: choice.options }
    : { type, selected_option: choice.options[0] ?? null };
}

/** The default of `min_query_length`. */
const MIN_QUERY = 3;

/** The options that the app suggests for what somebody has typed into an external select. */
export async function suggest(
  workspace: Workspace,
  person: PersonData,
  at: ElementAt & { viewId: string; search: string },
): Promise<Option[]> {
  const { view, block, element } = fieldAt(workspace, person, at);
  if (!element.type.includes("external")) throw new Refused(`a ${element.type} is not searched`);
  if (at.search.length < ((element.min_query_length as number | undefined) ?? MIN_QUERY)) return [];
  const taken = await deliver(workspace, "interaction", {
    type: "block_suggestion",
    ...interactionBase(workspace, person),
    ...viewPart(workspace, view),
    action_id: element.action_id,
    block_id: block.block_id,
    value: at.search,
  });
  const options = taken.kind === "acked" ? (taken.body as { options?: unknown } | undefined)?.options : undefined;
  if (options === undefined || optionProblems(options).length > 0) {
    workspace.toast(person.id, `Options could not be loaded: ${taken.kind === "failed" ? taken.reason : "invalid"}`);
    return [];
  }
  view.offered.push(...(options as Option[]));
  return options as Option[];
}
