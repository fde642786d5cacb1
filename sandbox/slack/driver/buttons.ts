import type { Pressed, Screen, ShownButton, ShownHome, ShownMessage, Target } from "../person/shown";
import type { Block } from "../workspace";

/** Which button: of the modal, of the Home tab, or of a message. */
export type PressOptions = {
  /** The channel of the message. */
  in?: string;
  /** The message, by its time stamp or by what it shows. */
  message?: string | ((message: ShownMessage) => boolean);
  /** In the app's Home tab. */
  home?: boolean;
  /** Only beside a text: in a block that says this. */
  beside?: string;
  /** A copy of a message that was seen before and is outdated by now, as on a client that is behind. */
  outdated?: ShownMessage;
  /** Whether the confirmation dialog is accepted; true where left out. */
  confirm?: boolean;
};

type Buttons = { buttons: readonly ShownButton[]; blocks: readonly Block[] };
type Asked = { label: string; beside: string | undefined };
type Found = { button: ShownButton; target: Target };

/**
 * Finds a button by its label, or by what a screen reader says for it: in the open modal, where neither channel nor message
 * is named, else in the newest message that has it. Options of menus are found as buttons are, after those.
 * @throws when there is none
 */
export function findButton(screen: Screen, label: string, options: PressOptions): Found {
  const { outdated, in: channelId, message: meant } = options;
  const asked = { label, beside: options.beside };
  if (outdated) return inMessage(outdated, named(outdated, asked), label);
  const { modal, home } = screen;
  if (options.home) return inView(home, label, asked);
  const inModal = modal && channelId === undefined && meant === undefined ? named(modal, asked) : undefined;
  if (modal && inModal) return { button: inModal, target: { viewId: modal.id, ...placeOf(inModal) } };
  const found = meantIn(screen, options)
    .map((message) => ({ message, button: named(message, asked) }))
    .filter(({ button }) => button)
    .sort((one, other) => rankOf(one) - rankOf(other) || (one.message.ts < other.message.ts ? 1 : -1))[0];
  if (!found) throw new Error(`there is no button "${label}" to see`);
  return inMessage(found.message, found.button, label);
}

/** The message that is meant, the newest where several are. @throws when there is none */
export function findMessage(screen: Screen, options: Pick<PressOptions, "in" | "message">): ShownMessage {
  const [newest] = meantIn(screen, options).sort((one, other) => (one.ts < other.ts ? 1 : -1));
  if (!newest) throw new Error("there is no such message to see");
  return newest;
}

function meantIn({ channels }: Screen, { in: channelId, message }: PressOptions): ShownMessage[] {
  return channels
    .filter(({ id }) => channelId === undefined || id === channelId)
    .flatMap(({ messages }) => messages)
    .filter((one) => isMeant(one, message));
}

function inView(view: ShownHome | null, label: string, asked: Asked): Found {
  const button = view && named(view, asked);
  if (!button) throw new Error(`the Home tab has no button "${label}"`);
  return { button, target: { viewId: view.id, ...placeOf(button) } };
}

function rankOf({ button }: { button: ShownButton | undefined }): number {
  return button?.isInMenu ? 1 : 0;
}

function inMessage({ channelId, ts }: ShownMessage, button: ShownButton | undefined, label: string): Found {
  if (!button) throw new Error(`the message ${ts} has no button "${label}"`);
  return { button, target: { channelId, ts, ...placeOf(button) } };
}

/** A button of that name, else an option of a menu. */
function named({ buttons, blocks }: Buttons, { label, beside }: Asked) {
  const all = buttons.filter(
    ({ label: shown, spoken, blockId }) =>
      (shown === label || spoken === label) && (beside === undefined || says(blocks, blockId, beside)),
  );
  return all.find(({ isInMenu }) => !isInMenu) ?? all[0];
}

function says(blocks: readonly Block[], blockId: string, text: string): boolean {
  return JSON.stringify(blocks.find(({ block_id: id }) => id === blockId) ?? {}).includes(text);
}

function isMeant(message: ShownMessage, meant: PressOptions["message"]): boolean {
  if (meant === undefined) return true;
  return typeof meant === "string" ? message.ts === meant : meant(message);
}

function placeOf({ blockId, actionId, option }: ShownButton): Pressed {
  return { blockId, actionId, ...(option === undefined ? {} : { option }) };
}
