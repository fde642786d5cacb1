import { type Element, elementsOf, type FieldState, fieldsOf, type Option } from "../elements";
import { mentionsAndLinks } from "../mentions";
import type { PersonData } from "../options";
import { blockText, codeOf, mrkdwnText } from "../render";
import type { OpenView } from "../views";
import type { Block, Message, Workspace } from "../workspace";
import type { Screen, ShownButton, ShownField, ShownMessage, ShownView } from "./shown";

/** What somebody sees at this moment. @param kept the ephemeral messages that their client still has */
export function screenOf(workspace: Workspace, person: PersonData, kept: ReadonlySet<Message>): Screen {
  const channels = [...workspace.channels.values()]
    .filter(({ members }) => members.includes(person.id))
    .map(({ id, name }) => ({
      id,
      name: workspace.isDm(id) ? (workspace.people.get(workspace.app.botUserId)?.realName ?? name) : name,
      isDm: workspace.isDm(id),
      messages: workspace.messages
        .filter((message) => message.channelId === id && (message.onlyTo === null || kept.has(message)))
        .map((message) => shownMessage(workspace, message, person)),
    }));
  return {
    personId: person.id,
    channels,
    modal: modalOf(workspace, person),
    toasts: workspace.toasts.get(person.id) ?? [],
  };
}

/** Whether somebody is where a message stands, and it is for them. */
export function isFor(workspace: Workspace, message: Message, personId: string): boolean {
  const isThere = workspace.channels.get(message.channelId)?.members.includes(personId) ?? false;
  return isThere && (message.onlyTo === null || message.onlyTo === personId);
}

export function shownMessage(workspace: Workspace, message: Message, reader: PersonData): ShownMessage {
  const { ts, channelId, blocks, text, threadTs, isEdited } = message;
  const notification = mrkdwnText(workspace, text, reader);
  return {
    ts,
    channelId,
    author: workspace.people.get(message.authorId)?.name ?? message.authorId,
    text: blocks.length === 0 ? notification : textOfBlocks(workspace, blocks, reader),
    notification,
    buttons: blocks.flatMap(buttonsOf),
    code: codeOf(blocks),
    ...mentionsAndLinks(text, blocks),
    pings: message.pinged.has(reader.id),
    isEphemeral: message.onlyTo !== null,
    threadTs,
    isEdited,
    blocks,
  };
}

function textOfBlocks(workspace: Workspace, blocks: readonly Block[], reader: PersonData): string {
  const lines = blocks.map((block) => blockText(workspace, block, reader));
  return lines.filter((line) => line !== "").join("\n");
}

type ButtonElement = Element & {
  text: { text: string };
  accessibility_label?: string;
  style?: string;
  url?: string;
  confirm?: Record<"title" | "text" | "confirm" | "deny", { text: string }>;
};

function buttonsOf(block: Block): ShownButton[] {
  const elements = elementsOf(block).filter(({ type }) => type === "button") as ButtonElement[];
  return elements.map(({ text, style, url, confirm, accessibility_label: spoken, action_id: actionId }) => ({
    label: text.text,
    blockId: block.block_id,
    actionId,
    ...(spoken ? { spoken } : {}),
    ...(style ? { style } : {}),
    ...(url ? { url } : {}),
    ...(confirm ? { confirm: dialogOf(confirm) } : {}),
  }));
}

function dialogOf({ title, text, confirm, deny }: NonNullable<ButtonElement["confirm"]>) {
  return { title: title.text, text: text.text, confirm: confirm.text, deny: deny.text };
}

/** The modal that is open, or null. */
export function modalOf(workspace: Workspace, reader: PersonData): ShownView | null {
  const view = workspace.modals.get(reader.id);
  if (!view) return null;
  const { payload, id, isBusy } = view;
  const fields = payload.blocks.flatMap((block) =>
    fieldsOf(block).map((element) => [labelOf(workspace, block, element, reader), shownField(view, block, element)]),
  );
  return {
    id,
    title: payload.title.text,
    text: textOfBlocks(workspace, payload.blocks, reader),
    submit: payload.submit?.text ?? null,
    close: payload.close?.text ?? "Close",
    fields: Object.fromEntries(fields) as Record<string, ShownField>,
    buttons: payload.blocks.flatMap(buttonsOf),
    ...mentionsAndLinks("", payload.blocks),
    isBusy,
    blocks: payload.blocks,
  };
}

function labelOf(workspace: Workspace, block: Block, element: Element, reader: PersonData): string {
  if (block.type === "input") return (block.label as { text: string }).text;
  const placeholder = element.placeholder as { text: string } | undefined;
  return placeholder?.text ?? (blockText(workspace, block, reader) || element.action_id);
}

function shownField(view: OpenView, block: Block, element: Element): ShownField {
  const state = view.values[block.block_id]?.[element.action_id];
  const hint = (block.hint as { text: string } | undefined)?.text;
  const error = view.errors[block.block_id];
  return {
    kind: element.type,
    blockId: block.block_id,
    actionId: element.action_id,
    value: state ? valueOfField(state) : null,
    chosen: state ? chosenIn(state) : [],
    isRequired: block.type === "input" && block.optional !== true,
    ...(element.options ? { options: element.options.map(({ text }) => text.text) } : {}),
    ...(hint ? { hint } : {}),
    ...(error ? { error } : {}),
  };
}

function chosenIn({ selected_options: many, selected_option: one }: FieldState): Option[] {
  return many ?? (one ? [one] : []);
}

/** What is typed or chosen, as text. */
export function valueOfField(state: FieldState): string | string[] | null {
  if (state.selected_options) return state.selected_options.map(({ text }) => text.text);
  if (state.selected_option !== undefined) return state.selected_option?.text.text ?? null;
  return state.value ?? null;
}
