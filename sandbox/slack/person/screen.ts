import type { PersonData } from "../options";
import { blockText, codeOf, mrkdwnText } from "../render";
import type { Element, FieldState, OpenView } from "../views";
import type { Block, Message, Workspace } from "../workspace";
import type { Screen, ShownButton, ShownField, ShownMessage, ShownView } from "./shown";

/** What somebody sees at this moment. @throws for nobody */
export function screenOf(workspace: Workspace, personId: string): Screen {
  const person = workspace.people.get(personId);
  if (!person) throw new Error(`there is no person ${personId}`);
  const channels = [...workspace.channels.values()]
    .filter(({ members }) => members.includes(personId))
    .map(({ id, name }) => ({
      id,
      name: workspace.isDm(id) ? (workspace.people.get(workspace.app.botUserId)?.realName ?? name) : name,
      isDm: workspace.isDm(id),
      messages: visibleIn(workspace, id, personId).map((message) => shownMessage(workspace, message, person)),
    }));
  const top = workspace.stackOf(personId).at(-1);
  return {
    personId,
    channels,
    modal: top ? shownView(workspace, top, person) : null,
    toasts: workspace.toasts.get(personId) ?? [],
    pings: workspace.messages
      .filter(({ pinged }) => pinged.has(personId))
      .map((message) => shownMessage(workspace, message, person)),
  };
}

/** Messages of a channel that somebody sees: their own ephemeral ones too. */
export function visibleIn(workspace: Workspace, channelId: string, personId: string): Message[] {
  return workspace.messages.filter(
    (message) => message.channelId === channelId && (message.onlyTo === null || message.onlyTo === personId),
  );
}

function shownMessage(workspace: Workspace, message: Message, reader: PersonData): ShownMessage {
  const { ts, channelId, blocks, text, threadTs, isEdited } = message;
  const notification = mrkdwnText(workspace, text, reader);
  const lines = blocks.map((block) => blockText(workspace, block, reader)).filter((line) => line !== "");
  return {
    ts,
    channelId,
    author: workspace.people.get(message.authorId)?.name ?? message.authorId,
    text: blocks.length === 0 ? notification : lines.join("\n"),
    notification,
    buttons: blocks.flatMap(buttonsOf),
    code: codeOf(blocks),
    isEphemeral: message.onlyTo !== null,
    threadTs,
    isEdited,
    blocks,
  };
}

type ButtonElement = {
  type: string;
  text: { text: string };
  style?: string;
  url?: string;
  confirm?: { title: { text: string }; text: { text: string }; confirm: { text: string }; deny: { text: string } };
};

function buttonsOf(block: Block): ShownButton[] {
  const elements = block.type === "actions" ? block.elements : block.accessory ? [block.accessory] : [];
  return (elements as ButtonElement[])
    .filter(({ type }) => type === "button")
    .map(({ text, style, url, confirm }) => ({
      label: text.text,
      ...(style ? { style } : {}),
      ...(url ? { url } : {}),
      ...(confirm
        ? {
            confirm: {
              title: confirm.title.text,
              text: confirm.text.text,
              confirm: confirm.confirm.text,
              deny: confirm.deny.text,
            },
          }
        : {}),
    }));
}

function shownView(workspace: Workspace, view: OpenView, reader: PersonData): ShownView {
  const { payload } = view;
  const inputs = payload.blocks.filter(({ type }) => type === "input");
  return {
    id: view.id,
    title: payload.title.text,
    text: payload.blocks
      .map((block) => blockText(workspace, block, reader))
      .filter((line) => line !== "")
      .join("\n"),
    submit: payload.submit?.text ?? null,
    close: payload.close?.text ?? "Close",
    fields: Object.fromEntries(inputs.map((block) => [labelOf(block), shownField(view, block)])),
    buttons: payload.blocks.flatMap(buttonsOf),
    isBusy: view.isBusy,
    blocks: payload.blocks,
  };
}

export function labelOf(block: Block): string {
  return (block.label as { text: string }).text;
}

function shownField(view: OpenView, block: Block): ShownField {
  const element = block.element as Element;
  const state = view.values[block.block_id]?.[element.action_id];
  const hint = (block.hint as { text: string } | undefined)?.text;
  const error = view.errors[block.block_id];
  return {
    kind: element.type,
    value: state ? valueOfField(state) : null,
    isRequired: block.optional !== true,
    ...(element.options ? { options: element.options.map(({ text }) => text.text) } : {}),
    ...(hint ? { hint } : {}),
    ...(error ? { error } : {}),
  };
}

/** What is typed or chosen, as text. */
export function valueOfField(state: FieldState): string | string[] | null {
  if (state.selected_options) return state.selected_options.map(({ text }) => text.text);
  if (state.selected_option !== undefined) return state.selected_option?.text.text ?? null;
  return state.value ?? null;
}
