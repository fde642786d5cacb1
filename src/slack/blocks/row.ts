import type { SectionBlock } from "@slack/types";
import type { Sentence } from "../words/sentence";
import { sentenceMrkdwn } from "../words/sentence-text";
import { type ButtonSpec, menu } from "./button";

/** One line with a menu beside it: what it says, and how it is drawn. */
export type Row = { sentence: Sentence; block: SectionBlock };

/** The longest text of a section (Slack, section block). */
const MAX_TEXT = 3_000;

/** @param how `menu` may be empty; `blockId` comes back with a click, and is the only one of its kind in a message */
export function row(sentence: Sentence, how: { menu: readonly ButtonSpec[]; blockId?: string | undefined }): Row {
  const { menu: specs, blockId } = how;
  return {
    sentence,
    block: {
      type: "section",
      ...(blockId === undefined ? {} : { block_id: blockId }),
      text: { type: "mrkdwn", text: sentenceMrkdwn(sentence, MAX_TEXT), verbatim: true },
      ...(specs.length === 0 ? {} : { accessory: menu(specs) }),
    },
  };
}
