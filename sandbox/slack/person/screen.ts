import { type Element, type FieldState, fieldsOf, type Option } from "../elements";
import { mentionsAndLinks } from "../mentions";
import type { PersonData } from "../options";
import { blockText, codeOf, mrkdwnText } from "../render";
import type { OpenView } from "../views";
import type { Attachment, Block, Message, Workspace } from "../workspace";
import { buttonsOf } from "./buttons";
import type { Screen, ShownField, ShownHome, ShownMessage, ShownView } from "./shown";

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
    isSignedOut: person.isSignedOut ?? false,
    channels,
    modal: modalOf(workspace, person),
    home: homeOf(workspace, person),
    toasts: workspace.toasts.get(person.id) ?? [],
  };
}

/** Whether somebody is where a message stands, and it is for them. */
export function isFor(workspace: Workspace, message: Message, personId: string): boolean {
  const isThere = workspace.channels.get(message.channelId)?.members.includes(personId) ?? false;
  return isThere && (message.onlyTo === null || message.onlyTo === personId);
}

export function shownMessage(workspace: Workspace, message: Message, reader: PersonData): ShownMessage {
  const { ts, channelId, blocks, text, attachments, threadTs, editedTs } = message;
  const notification = mrkdwnText(workspace, text, reader);
  return {
    ts,
    channelId,
    author: workspace.people.get(message.authorId)?.name ?? message.authorId,
    text: [
      blocks.length === 0 ? notification : textOfBlocks(workspace, blocks, reader),
      ...attachments.map((attachment) => attachmentText(workspace, attachment, reader)),
    ]
      .filter((part) => part !== "")
      .join("\n"),
    notification,
    attachments,
    buttons: blocks.flatMap((block) => buttonsOf({ workspace, reader }, block)),
    code: codeOf(blocks),
    ...mentionsAndLinks(text, blocks),
    pings: message.pinged.has(reader.id),
    isEphemeral: message.onlyTo !== null,
    threadTs,
    isEdited: editedTs !== null,
    blocks,
  };
}

function attachmentText(workspace: Workspace, { pretext, title, text }: Attachment, reader: PersonData): string {
  const parts = [pretext, title, text].filter((part) => part !== undefined);
  return parts.map((part) => mrkdwnText(workspace, part, reader)).join("\n");
}

function textOfBlocks(workspace: Workspace, blocks: readonly Block[], reader: PersonData): string {
  const lines = blocks.map((block) => blockText(workspace, block, reader));
  return lines.filter((line) => line !== "").join("\n");
}

/** The modal that is open, or null. */
export function modalOf(workspace: Workspace, reader: PersonData): ShownView | null {
  const view = workspace.modals.get(reader.id);
  if (!view) return null;
  const { payload, isBusy } = view;
  return {
    ...contentOf(workspace, view, reader),
    title: payload.title.text,
    submit: payload.submit?.text ?? null,
    close: payload.close?.text ?? "Close",
    isBusy,
  };
}

/** The Home tab, or null where the app has published none. */
export function homeOf(workspace: Workspace, reader: PersonData): ShownHome | null {
  const view = workspace.homes.get(reader.id);
  return view ? contentOf(workspace, view, reader) : null;
}

function contentOf(workspace: Workspace, view: OpenView, reader: PersonData): ShownHome {
  const { blocks } = view.payload;
  const fields = blocks.flatMap((block) =>
    fieldsOf(block).map((element) => [
      labelOf(workspace, block, element, reader),
      shownField(workspace, view, block, element),
    ]),
  );
  return {
    id: view.id,
    text: textOfBlocks(workspace, blocks, reader),
    fields: Object.fromEntries(fields) as Record<string, ShownField>,
    buttons: blocks.flatMap((block) => buttonsOf({ workspace, reader }, block)),
    ...mentionsAndLinks("", blocks),
    blocks,
  };
}

function labelOf(workspace: Workspace, block: Block, element: Element, reader: PersonData): string {
  if (block.type === "input") return (block.label as { text: string }).text;
  const placeholder = element.placeholder as { text: string } | undefined;
  return placeholder?.text ?? (blockText(workspace, block, reader) || element.action_id);
}

function shownField(workspace: Workspace, view: OpenView, block: Block, element: Element): ShownField {
  const state = view.values[block.block_id]?.[element.action_id];
  const hint = (block.hint as { text: string } | undefined)?.text;
  const error = view.errors[block.block_id];
  return {
    kind: element.type,
    blockId: block.block_id,
    actionId: element.action_id,
    value: state ? (nameOf(workspace, state) ?? valueOfField(state)) : null,
    chosen: state ? chosenIn(state) : [],
    isRequired: block.type === "input" && block.optional !== true,
    ...(element.options ? { options: element.options.map(({ text }) => text.text) } : {}),
    ...(hint ? { hint } : {}),
    ...(error ? { error } : {}),
  };
}

/** The name of the person that is chosen. */
function nameOf({ people }: Workspace, { selected_user: id }: FieldState): string | null {
  return id ? (people.get(id)?.name ?? id) : null;
}

function chosenIn({ selected_options: many, selected_option: one }: FieldState): Option[] {
  return many ?? (one ? [one] : []);
}

/** What is typed or chosen, as text. */
export function valueOfField(state: FieldState): string | string[] | null {
  if (state.selected_options) return state.selected_options.map(({ text }) => text.text);
  if (state.selected_option !== undefined) return state.selected_option?.text.text ?? null;
  return state.selected_date ?? state.value ?? null;
}
