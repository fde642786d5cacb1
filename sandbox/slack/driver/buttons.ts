import type { Screen, ShownButton, ShownMessage, Target } from "../person/shown";

/** Which button: of the modal, or of a message. */
export type PressOptions = {
  /** The channel of the message. */
  in?: string;
  /** The message, by its time stamp or by what it shows. */
  message?: string | ((message: ShownMessage) => boolean);
  /** A copy of a message that was seen before and is outdated by now, as on a client that is behind. */
  outdated?: ShownMessage;
  /** Whether the confirmation dialog is accepted; true where left out. */
  confirm?: boolean;
};

/**
 * Finds a button by its label, or by what a screen reader says for it: in the open modal, where neither channel nor message
 * is named, else in the newest message that has it.
 * @throws when there is none
 */
export function findButton(
  { modal, channels }: Screen,
  label: string,
  { in: channelId, message: meant, outdated }: PressOptions,
): { button: ShownButton; target: Target } {
  if (outdated) return inMessage(outdated, label);
  const inModal = channelId === undefined && meant === undefined ? named(modal?.buttons ?? [], label) : undefined;
  if (modal && inModal) return { button: inModal, target: { viewId: modal.id, ...placeOf(inModal) } };
  const message = channels
    .filter(({ id }) => channelId === undefined || id === channelId)
    .flatMap(({ messages }) => messages)
    .filter((one) => named(one.buttons, label) && isMeant(one, meant))
    .reduce<ShownMessage | null>((newest, one) => (newest && newest.ts > one.ts ? newest : one), null);
  if (!message) throw new Error(`there is no button "${label}" to see`);
  return inMessage(message, label);
}

function inMessage({ buttons, channelId, ts }: ShownMessage, label: string) {
  const button = named(buttons, label);
  if (!button) throw new Error(`the message ${ts} has no button "${label}"`);
  return { button, target: { channelId, ts, ...placeOf(button) } };
}

function named(buttons: readonly ShownButton[], label: string): ShownButton | undefined {
  return buttons.find((button) => button.label === label || button.spoken === label);
}

function isMeant(message: ShownMessage, meant: PressOptions["message"]): boolean {
  if (meant === undefined) return true;
  return typeof meant === "string" ? message.ts === meant : meant(message);
}

function placeOf({ blockId, actionId }: ShownButton) {
  return { blockId, actionId };
}
