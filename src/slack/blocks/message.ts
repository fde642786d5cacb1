import type { KnownBlock } from "@slack/types";
import { joined, type Sentence } from "../words/sentence";
import { sentenceText } from "../words/sentence-text";
import { type ButtonSpec, buttons } from "./button";
import { line, quote, richText } from "./rich";

/** A message: `text` is what notifications and screen readers give, and never holds a secret. */
export type Message = { text: string; blocks: KnownBlock[] };

/** A line of a message: a sentence, or what somebody typed, set apart. */
export type Line = Sentence | { quote: string };

/** Lines with the buttons under them; either may be missing. */
export type Section = { lines: readonly Line[]; buttons: readonly ButtonSpec[] };

/** Sections, one under the other. Screen readers get all lines: for them `text` replaces the blocks (Slack). */
export function message(...sections: Section[]): Message {
  return {
    text: sentenceText(
      joined(
        sections.flatMap(({ lines }) => lines.map(spoken)),
        "\n",
      ),
    ),
    blocks: sections.flatMap(blocksOf),
  };
}

function blocksOf({ lines, buttons: specs }: Section): KnownBlock[] {
  return [
    ...(lines.length === 0
      ? []
      : [richText(...lines.map((one) => ("quote" in one ? quote(one.quote) : line(...one))))]),
    ...(specs.length === 0 ? [] : [buttons(...specs)]),
  ];
}

function spoken(one: Line): Sentence {
  return "quote" in one ? ["“", one.quote, "”"] : one;
}

/** One sentence, as a reply or a notice. */
export function sentenceMessage(sentence: Sentence): Message {
  return message({ lines: [sentence], buttons: [] });
}
