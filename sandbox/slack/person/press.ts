import { deliver } from "../delivery/deliver";
import { type Element, elementsOf } from "../elements";
import type { PersonData } from "../options";
import type { Block, Workspace } from "../workspace";
import { readyModal } from "./open-modal";
import { interactionBase, messagePart, viewPart } from "./payload";
import { Refused } from "./refused";
import { isFor } from "./screen";
import type { ElementAt, Target } from "./shown";

/**
 * Somebody presses a button. A confirmation dialog is the client's: it presses only after that.
 * @throws Refused when they have no such button
 */
export async function press(workspace: Workspace, person: PersonData, target: Target): Promise<void> {
  const { blocks, where } = place(workspace, person, target);
  const { element, block } = buttonAt(blocks, target);
  const { type, text, value, style, action_id } = element;
  const taken = await deliver(workspace, "interaction", {
    type: "block_actions",
    ...interactionBase(workspace, person),
    ...where,
    actions: [{ type, action_id, block_id: block.block_id, text, value, style, action_ts: workspace.nextTs() }],
  });
  if (taken.kind === "failed")
    workspace.toast(person.id, `"${(text as { text: string }).text}" failed: ${taken.reason}`);
}

function place(workspace: Workspace, person: PersonData, target: Target) {
  if ("viewId" in target) {
    const view = readyModal(workspace, person, target.viewId);
    return { blocks: view.payload.blocks, where: viewPart(workspace, view) };
  }
  const message = workspace.find(target.channelId, target.ts);
  if (!message || !isFor(workspace, message, person.id))
    throw new Refused(`${person.name} sees no message ${target.ts}`);
  // A click on an outdated copy reaches the app too.
  const blocks = [...message.blocks, ...message.earlierBlocks];
  return { blocks, where: messagePart(workspace, message, person) };
}

function buttonAt(blocks: readonly Block[], { blockId, actionId }: ElementAt): { element: Element; block: Block } {
  const block = blocks.find(({ block_id: id }) => id === blockId);
  const element = block && elementsOf(block).find(({ type, action_id: id }) => type === "button" && id === actionId);
  if (!block || !element) throw new Refused(`there is no button ${actionId} in ${blockId}`);
  return { element, block };
}
