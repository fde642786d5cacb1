import type { PlainTextOption } from "@slack/types";
import { plain } from "./plain";

/** The longest text and description of an option (Slack, option object). */
const MAX_TEXT = 75;

/** The longest value of an option (Slack, option object). */
export const MAX_OPTION_VALUE = 150;

/** The most options that a select takes (Slack, `external_select`). */
export const MAX_OPTIONS = 100;

/** One thing to choose. Its value stands for its label where it has none. */
export function option(of: { value: string; label?: string; description?: string }): PlainTextOption {
  const { value, label = value, description } = of;
  return {
    text: plain(label, MAX_TEXT),
    ...(description === undefined ? {} : { description: plain(description, MAX_TEXT) }),
    value,
  };
}
