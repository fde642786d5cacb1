import type { MrkdwnOption, PlainTextOption } from "@slack/types";
import type { Sentence } from "../words/sentence";
import { sentenceMrkdwn } from "../words/sentence-text";
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

/**
 * One of several radio buttons, whose label mentions people: those of menus can't (Slack, option object).
 * @param of `shorter` is the label where the first one is longer than Slack takes
 */
export function mentioningOption(of: {
  value: string;
  label: Sentence;
  shorter: string;
  description?: string;
}): MrkdwnOption | PlainTextOption {
  const { value, label, shorter, description } = of;
  const text = sentenceMrkdwn(label, Number.POSITIVE_INFINITY);
  const plainly = option({ value, label: shorter, ...(description === undefined ? {} : { description }) });
  return text.length > MAX_TEXT ? plainly : { ...plainly, text: { type: "mrkdwn", text, verbatim: true } };
}
