import type { Block } from "../workspace";

export type ShownButton = {
  label: string;
  style?: string;
  confirm?: { title: string; text: string; confirm: string; deny: string };
  url?: string;
};

/** A message on somebody's screen. */
export type ShownMessage = {
  ts: string;
  channelId: string;
  author: string;
  /** What the blocks say: mentions by name, moments in the reader's own zone. */
  text: string;
  /** What notifications and screen readers give. */
  notification: string;
  buttons: ShownButton[];
  /** Preformatted texts, exactly. */
  code: string[];
  isEphemeral: boolean;
  threadTs: string | null;
  isEdited: boolean;
  blocks: Block[];
};

export type ShownField = {
  kind: string;
  value: string | string[] | null;
  /** Texts of the options, where they are listed in the view. */
  options?: string[];
  hint?: string;
  error?: string;
  isRequired: boolean;
};

/** The modal on top of somebody's screen. */
export type ShownView = {
  id: string;
  title: string;
  text: string;
  submit: string | null;
  close: string;
  fields: Record<string, ShownField>;
  buttons: ShownButton[];
  isBusy: boolean;
  blocks: Block[];
};

/** All that one person sees. */
export type Screen = {
  personId: string;
  channels: { id: string; name: string; isDm: boolean; messages: ShownMessage[] }[];
  modal: ShownView | null;
  toasts: string[];
  /** Messages that ping this person. */
  pings: ShownMessage[];
};
