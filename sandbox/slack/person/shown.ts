import type { Option } from "../elements";
import type { Attachment, Block } from "../workspace";

/** Where an element stands, in a message or a modal. */
export type ElementAt = { blockId: string; actionId: string };

/** What is pressed: a button, or one option of an overflow menu, by its value. */
export type Pressed = ElementAt & { option?: string };

/** A button, or an option of an overflow menu, which is pressed in the same way. */
export type ShownButton = Pressed & {
  label: string;
  /** What a screen reader says instead of the label. */
  spoken?: string;
  style?: string;
  confirm?: { title: string; text: string; confirm: string; deny: string };
  url?: string;
  /** It shows only once its menu is open. */
  isInMenu?: true;
  /** A menu's option may say more below its label. */
  description?: string;
};

export type ShownMessage = {
  ts: string;
  channelId: string;
  author: string;
  /** What the blocks and attachments say: mentions by name, moments as ISO in the reader's own zone. */
  text: string;
  /** What notifications and screen readers give. */
  notification: string;
  buttons: ShownButton[];
  /** Preformatted texts, exactly. */
  code: string[];
  /** Where links lead, those of the notification included; buttons apart. */
  links: string[];
  /** Who is mentioned, by id, whether it pings or not; `channel`, `here` and `everyone` too. */
  mentions: string[];
  /** Whether it pinged the reader when it was posted. */
  pings: boolean;
  isEphemeral: boolean;
  threadTs: string | null;
  isEdited: boolean;
  blocks: Block[];
  attachments: Attachment[];
};

export type ShownField = ElementAt & {
  kind: string;
  value: string | string[] | null;
  /** Texts of the options, where they are listed in the view. */
  options?: string[];
  hint?: string;
  error?: string;
  isRequired: boolean;
  /** The options that are chosen, where it has options. */
  chosen: Option[];
};

/** What a view holds; all that a Home tab has. */
export type ShownHome = {
  id: string;
  text: string;
  /** By label; elements outside of input blocks by their placeholder, else by the text of their section or their id. */
  fields: Record<string, ShownField>;
  buttons: ShownButton[];
  /** Who is mentioned in it and where its links lead, as in messages. */
  mentions: string[];
  links: string[];
  blocks: Block[];
};

/** A modal. */
export type ShownView = ShownHome & { title: string; submit: string | null; close: string; isBusy: boolean };

export type ShownChannel = { id: string; name: string; isDm: boolean; messages: ShownMessage[] };

/** All that one person sees. */
export type Screen = {
  personId: string;
  /** They have left, and can do nothing. */
  isSignedOut: boolean;
  channels: ShownChannel[];
  modal: ShownView | null;
  /** The app's Home tab; null as long as the app has published none. */
  home: ShownHome | null;
  /** What Slack tells them about what went wrong, newest last. */
  toasts: string[];
};

/**
 * What the feed of a person sends: their whole screen at first and when people or channels have changed, then what is new.
 * `version` counts what happens in the workspace: an action's answer names the one that it led to.
 */
export type Frame =
  | { kind: "screen"; version: number; screen: Screen }
  | {
      kind: "change";
      version: number;
      messages: ShownMessage[];
      removed: { channelId: string; ts: string }[];
      modal?: ShownView | null;
      home?: ShownHome | null;
      toasts?: string[];
    };

/** What somebody chose or typed into an element; a text may have been ended with Enter. */
export type Choice = { kind: "typed"; text: string; isEntered?: boolean } | { kind: "chosen"; options: Option[] };

/** What to press, and where: in a message, in a modal or in the Home tab. */
export type Target = Pressed & ({ channelId: string; ts: string } | { viewId: string });
