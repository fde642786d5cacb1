import type { PlainTextElement } from "@slack/types";
import { visible } from "../../domain/input-rules";

/** Text without any markup, cut to a limit of Slack's; never empty, which Slack refuses. */
export function plain(text: string, limit: number): PlainTextElement {
  return { type: "plain_text", text: cut(visible(text), limit) || " ", emoji: false };
}

/**
 * Cuts a text to a limit of Slack's, with an ellipsis in place of what is left out. Slack does not say what it counts:
 * what is short enough in UTF-16 units is short enough in any case.
 */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept}…`;
}
