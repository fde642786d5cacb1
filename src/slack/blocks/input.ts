import type { PlainTextElement } from "@slack/types";
import { plain } from "./plain";

/** The longest label and hint of an input (Slack, input block). */
const MAX_LABEL = 2_000;

/** The longest text in an empty select (Slack, `external_select`). */
const MAX_PLACEHOLDER = 150;

/** What stands above an input. */
export function inputLabel(text: string): PlainTextElement {
  return plain(text, MAX_LABEL);
}

/** What stands below an input. */
export function inputHint(text: string): PlainTextElement {
  return plain(text, MAX_LABEL);
}

/** What stands in a select as long as nothing is chosen. */
export function placeholder(text: string): PlainTextElement {
  return plain(text, MAX_PLACEHOLDER);
}
