import { deliver } from "../delivery/deliver";
import type { PersonData } from "../options";
import type { OpenView } from "../views";
import type { Block, Message, Workspace } from "../workspace";
import { actionTs, interactionBase, messagePart, viewPart } from "./payload";
import { visibleIn } from "./screen";

export type ButtonElement = {
  type: string;
  action_id?: string;
  text: { text: string };
  value?: string;
  confirm?: object;
};
type Found = { element: ButtonElement; block: Block };

/**
 * Somebody presses a button: of the open modal, or of the newest message that has it.
 * @param where a confirmation dialog is accepted, unless `confirm` is false
 * @throws when they see no such button
 */
export async function press(
  workspace: Workspace,
  person: PersonData,
  where: { label: string; channelId?: string; messageTs?: string; confirm?: boolean },
): Promise<void> {
  const top = workspace.stackOf(person.id).at(-1);
  const inView = top && !where.channelId && !where.messageTs ? findButton(top.payload.blocks, where.label) : null;
  if (top && inView) return click(workspace, person, inView, where.confirm, viewPart(workspace, top), top);
  const message = messageWith(workspace, person, where);
  const found = message && findButton(message.blocks, where.label);
  if (!message || !found) throw new Error(`${person.name} sees no button "${where.label}"`);
  await click(workspace, person, found, where.confirm, messagePart(workspace, message, person), null);
}

function messageWith(
  workspace: Workspace,
  person: PersonData,
  { label, channelId, messageTs }: { label: string; channelId?: string; messageTs?: string },
): Message | undefined {
  const channels = [...workspace.channels.values()].filter(
    ({ id, members }) => members.includes(person.id) && (channelId === undefined || id === channelId),
  );
  return channels
    .flatMap(({ id }) => visibleIn(workspace, id, person.id))
    .filter(({ ts }) => messageTs === undefined || ts === messageTs)
    .filter(({ blocks }) => findButton(blocks, label) !== null)
    .sort((one, other) => (one.ts < other.ts ? -1 : 1))
    .at(-1);
}

function findButton(blocks: readonly Block[], label: string): Found | null {
  for (const block of blocks) {
    const elements = block.type === "actions" ? block.elements : block.accessory ? [block.accessory] : [];
    const element = (elements as ButtonElement[]).find((one) => one.type === "button" && one.text.text === label);
    if (element) return { element, block };
  }
  return null;
}

async function click(
  workspace: Workspace,
  person: PersonData,
  { element, block }: Found,
  confirm: boolean | undefined,
  where: Record<string, unknown>,
  view: OpenView | null,
): Promise<void> {
  if (element.confirm && confirm === false) return;
  const taken = await deliver(workspace, "interaction", {
    type: "block_actions",
    ...interactionBase(workspace, person, view?.id ?? null),
    ...where,
    actions: [{ ...element, confirm: undefined, block_id: block.block_id, action_ts: actionTs(workspace) }],
  });
  if (taken.kind === "failed") workspace.toast(person.id, `"${element.text.text}" failed: ${taken.reason}`);
}
