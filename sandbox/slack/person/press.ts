import { deliver } from "../delivery/deliver";
import { type Element, elementsOf } from "../elements";
import type { PersonData } from "../options";
import type { Block, Workspace } from "../workspace";
import { readyView } from "./open-view";
import { interactionBase, messagePart, viewPart } from "./payload";
import { Refused } from "./refused";
import { isFor } from "./screen";
import type { Pressed, Target } from "./shown";

/**
 * Somebody presses a button, or an option of an overflow menu. A confirmation dialog is the client's: it presses only after that.
 * @throws Refused when they have no such button
 */
export async function press(workspace: Workspace, person: PersonData, target: Target): Promise<void> {
  const { blocks, where } = place(workspace, person, target);
  const { label, action } = pressedAt(blocks, target);
  const taken = await deliver(workspace, "interaction", {
    type: "block_actions",
    ...interactionBase(workspace, person),
    ...where,
    actions: [{ ...action, block_id: target.blockId, action_ts: workspace.nextTs() }],
  });
  if (taken.kind === "failed") workspace.toast(person.id, `"${label}" failed: ${taken.reason}`);
}

function place(workspace: Workspace, person: PersonData, target: Target) {
  if ("viewId" in target) {
    const view = readyView(workspace, person, target.viewId);
    return { blocks: view.payload.blocks, where: viewPart(workspace, view) };
  }
  const message = workspace.find(target.channelId, target.ts);
  if (!message || !isFor(workspace, message, person.id))
    throw new Refused(`${person.name} sees no message ${target.ts}`);
  // A click on an outdated copy reaches the app too.
  const blocks = [...message.blocks, ...message.earlierBlocks];
  return { blocks, where: messagePart(workspace, message, person) };
}

/** What was pressed as the app hears of it: of a button its value, of a menu the option that was chosen. */
function pressedAt(
  blocks: readonly Block[],
  { blockId, actionId, option: chosen }: Pressed,
): { label: string; action: Record<string, unknown> } {
  const wanted = chosen === undefined ? "button" : "overflow";
  const block = blocks.find(({ block_id: id }) => id === blockId);
  const element = block && elementsOf(block).find(({ type, action_id: id }) => type === wanted && id === actionId);
  if (!element) throw new Refused(`there is no ${wanted} ${actionId} in ${blockId}`);
  if (chosen !== undefined) return chosenIn(element, chosen);
  const { type, action_id, value, style } = element;
  const text = element.text as { text: string };
  return { label: text.text, action: { type, action_id, text, value, style } };
}

function chosenIn({ type, action_id, options = [] }: Element, value: string) {
  const option = options.find((one) => one.value === value);
  if (!option) throw new Refused(`the menu ${action_id} offers no ${value}`);
  return { label: option.text.text, action: { type, action_id, selected_option: option } };
}
