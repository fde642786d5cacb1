import type { ContextBlock, KnownBlock } from "@slack/types";
import { joined, type Sentence } from "../words/sentence";
import { sentenceMrkdwn, sentenceText } from "../words/sentence-text";
import { type ButtonSpec, buttonsAndMenu } from "./button";
import { line, quote, richText } from "./rich";
import type { Row } from "./row";

/** A message: `text` is what notifications and screen readers give, and never holds a secret. */
export type Message = { text: string; blocks: KnownBlock[] };

/** A line of a message: a sentence, or what somebody typed, set apart. */
export type Line = Sentence | { quote: string };

/** Lines with the buttons under them; either may be missing. */
export type Section = {
  lines: readonly Line[];
  /** Times, ids and the reference, in small print under the lines. */
  small?: readonly Sentence[];
  buttons: readonly ButtonSpec[];
  /** What is needed seldom: the options of an overflow menu beside the buttons. */
  menu?: readonly ButtonSpec[];
  /** Comes back with a click on one of them; the only one of its kind in a message. */
  blockId?: string;
};

/** The longest text of a context element (Slack, text object). */
const MAX_SMALL = 3_000;

/** Sections and rows, one under the other. Screen readers get all lines: for them `text` replaces the blocks (Slack). */
export function message(...sections: (Section | Row)[]): Message {
  return {
    text: sentenceText(joined(sections.flatMap(sentencesOf), "\n")),
    blocks: sections.flatMap(blocksOf),
  };
}

function sentencesOf(section: Section | Row): Sentence[] {
  if ("block" in section) return [section.sentence];
  const { lines, small = [] } = section;
  return [...lines.map(spoken), ...small];
}

function blocksOf(section: Section | Row): KnownBlock[] {
  if ("block" in section) return [section.block];
  const { lines, small = [], buttons: specs, menu = [], blockId } = section;
  return [
    ...(lines.length === 0
      ? []
      : [richText(...lines.map((one) => ("quote" in one ? quote(one.quote) : line(...one))))]),
    ...(small.length === 0 ? [] : [context(...small)]),
    ...(specs.length + menu.length === 0
      ? []
      : [{ ...buttonsAndMenu(specs, menu), ...(blockId === undefined ? {} : { block_id: blockId }) }]),
  ];
}

/** Small print: ten sentences at most (Slack, context block). */
export function context(...sentences: Sentence[]): ContextBlock {
  return {
    type: "context",
    elements: sentences.map((sentence) => ({
      type: "mrkdwn",
      text: sentenceMrkdwn(sentence, MAX_SMALL),
      verbatim: true,
    })),
  };
}

function spoken(one: Line): Sentence {
  return "quote" in one ? ["“", one.quote, "”"] : one;
}

/** One sentence, as a reply or a notice. */
export function sentenceMessage(sentence: Sentence): Message {
  return message({ lines: [sentence], buttons: [] });
}
