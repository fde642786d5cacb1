import { isDeepStrictEqual } from "node:util";
import { deliver } from "../delivery/deliver";
import { type Element, type FieldState, fieldsOf, type Option } from "../elements";
import { optionProblems } from "../limits/blocks";
import type { PersonData } from "../options";
import type { OpenView } from "../views";
import type { Block, Workspace } from "../workspace";
import { readyView } from "./open-view";
import { interactionBase, viewPart } from "./payload";
import { Refused } from "./refused";
import type { Choice, ElementAt } from "./shown";

type Field = { view: OpenView; block: Block; element: Element };

/**
 * Somebody fills in an element of the modal or of the Home tab. The app hears of it at once where the block dispatches.
 * @throws Refused when there is no such element, or it does not offer that
 */
export async function choose(
  workspace: Workspace,
  person: PersonData,
  at: ElementAt & { viewId: string; choice: Choice },
): Promise<void> {
  const field = fieldAt(workspace, person, at);
  const { view, block, element } = field;
  const state = stateOf(workspace, field, at.choice);
  view.values[block.block_id] = { ...view.values[block.block_id], [element.action_id]: state };
  delete view.errors[block.block_id];
  workspace.changed({ kind: view.payload.type, userId: person.id });
  if (!isTold(field, at.choice)) return;
  const taken = await deliver(workspace, "interaction", {
    type: "block_actions",
    ...interactionBase(workspace, person),
    ...viewPart(workspace, view),
    actions: [{ ...state, action_id: element.action_id, block_id: block.block_id, action_ts: workspace.nextTs() }],
  });
  if (taken.kind === "failed") workspace.toast(person.id, `Your choice did not arrive: ${taken.reason}`);
}

type DispatchConfig = { trigger_actions_on?: string[] };

/** Whether the app hears of it at once: of a text with Enter, where it asks for nothing else. */
function isTold({ block, element }: Field, choice: Choice): boolean {
  if (block.type !== "input") return true;
  if (block.dispatch_action !== true) return false;
  if (choice.kind === "chosen") return true;
  const { trigger_actions_on: on = ["on_enter_pressed"] } = (element.dispatch_action_config ?? {}) as DispatchConfig;
  return on.includes("on_character_entered") || (choice.isEntered === true && on.includes("on_enter_pressed"));
}

function fieldAt(workspace: Workspace, person: PersonData, at: ElementAt & { viewId: string }): Field {
  const view = readyView(workspace, person, at.viewId);
  const block = view.payload.blocks.find(({ block_id: id }) => id === at.blockId);
  const element = block && fieldsOf(block).find(({ action_id: id }) => id === at.actionId);
  if (!block || !element) throw new Refused(`the view has no field ${at.actionId} in ${at.blockId}`);
  return { view, block, element };
}

const MANY = ["checkboxes", "multi_external_select"];

function stateOf(workspace: Workspace, { view, block, element }: Field, choice: Choice): FieldState {
  const { type } = element;
  if (choice.kind === "typed") {
    if (type === "datepicker") return { type, selected_date: dayOf(choice.text) };
    if (type !== "plain_text_input") throw new Refused(`nobody can type into a ${type}`);
    return { type, value: choice.text === "" ? null : choice.text };
  }
  if (type === "plain_text_input" || type === "datepicker") throw new Refused("a text is typed, not chosen");
  const isOfPeople = type === "users_select";
  const offered = isOfPeople
    ? peopleOptions(workspace, "")
    : (element.options ?? [...view.offered, ...filledIn(element)]);
  for (const option of choice.options)
    if (!offered.some((one) => isDeepStrictEqual(one, option)))
      throw new Refused(`"${option.text.text}" is not offered`);
  const most = MANY.includes(type) ? ((element.max_selected_items as number | undefined) ?? 100) : 1;
  if (choice.options.length > most) throw new Refused(`no more than ${most} can be chosen`);
  if (!MANY.includes(type) && block.type !== "input" && choice.options.length === 0)
    throw new Refused(`a ${type} among actions can't be emptied`);
  if (isOfPeople) return { type, selected_user: choice.options[0]?.value ?? null };
  return MANY.includes(type)
    ? { type, selected_options: choice.options }
    : { type, selected_option: choice.options[0] ?? null };
}

/** What the app has chosen in its own select: whoever chooses more keeps it. */
function filledIn({ initial_option: one, initial_options: several }: Field["element"]): Option[] {
  return [...(one ? [one] : []), ...(several ?? [])];
}

/** A day, as a date picker has it. @throws Refused where there is no such day */
function dayOf(text: string): string | null {
  if (text === "") return null;
  const [day] = Number.isNaN(Date.parse(text)) ? [] : new Date(text).toISOString().split("T");
  if (day !== text) throw new Refused(`${text} is no day`);
  return text;
}

/** The people that Slack's own client offers for what somebody has typed. */
function peopleOptions({ people }: Workspace, search: string): Option[] {
  return [...people.values()]
    .filter(({ name }) => name.includes(search))
    .map(({ id, name }) => ({ text: { type: "plain_text", text: name }, value: id }));
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
  if (element.type === "users_select") return peopleOptions(workspace, at.search);
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
