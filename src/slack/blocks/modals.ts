import type { KnownBlock, ModalView } from "@slack/types";
import { BUTTONS } from "../words/labels";
import type { Sentence } from "../words/sentence";
import { plain } from "./plain";
import { line, richText } from "./rich";

/** The longest title and button of a view (Slack, views). */
const MAX_TITLE = 24;

/** The longest `private_metadata` (Slack, views). */
export const MAX_PRIVATE_METADATA = 3_000;

/** A view to fill in. */
export function formView(form: {
  callbackId: string;
  title: string;
  submit: string;
  /** What Slack gives back with the form; whoever sends it may have changed it. */
  privateMetadata?: string;
  blocks: KnownBlock[];
}): ModalView {
  const { callbackId, title, submit, privateMetadata, blocks } = form;
  return {
    type: "modal",
    callback_id: callbackId,
    ...(privateMetadata === undefined ? {} : { private_metadata: privateMetadata }),
    title: plain(title, MAX_TITLE),
    submit: plain(submit, MAX_TITLE),
    close: plain(BUTTONS.cancel, MAX_TITLE),
    blocks,
  };
}

/** A view to read. */
export function readingView(title: string, blocks: KnownBlock[]): ModalView {
  return { type: "modal", title: plain(title, MAX_TITLE), close: plain(BUTTONS.close, MAX_TITLE), blocks };
}

/** Shown at once, while it is found out what the form is to show. */
export function loadingView(title: string): ModalView {
  return workingView(title, "Loading…");
}

/** Shown while something is being done. */
export function workingView(title: string, what: string): ModalView {
  return readingView(title, [richText(line(what))]);
}

/** How it went. */
export function outcomeView(title: string, sentence: Sentence): ModalView {
  return readingView(title, [richText(line(...sentence))]);
}
