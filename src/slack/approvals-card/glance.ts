import { MAX_CARD_WORDS, MIN_REASON_WORDS } from "../../domain/limits";
import type { Sentence } from "../words/sentence";
import { plainText } from "../words/sentence";

/** How many characters of a reason a glance takes in at most: not every script has spaces between its words. */
const MAX_GLANCE = 240;

/** A name as it is read may have two words, a moment six: "Nov 26, 2026 at 2:02 PM". */
const NAME = "first last";
const MOMENT = "Nov 26, 2026 at 2:02 PM";

/** How many words a sentence has as it is read. */
export function wordsIn(sentence: Sentence): number {
  const read = sentence.map((part) => {
    if (typeof part === "string" || "text" in part) return plainText([part]);
    if (part.kind === "time") return MOMENT;
    return part.kind === "user" ? NAME : "handle";
  });
  // Marks between them, as "·" and "→", are no words.
  return read.join("").match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}

/**
 * Cuts what people typed to what a glance has room for beside everything else, at words. Where there are several texts, the
 * shorter ones leave their room to the longest.
 * @param beside the other sentences of the card
 */
export function atAGlance(texts: readonly string[], beside: readonly Sentence[]): string[] {
  const taken = beside.reduce((sum, sentence) => sum + wordsIn(sentence), 0);
  const counted = texts.map((text, place) => ({ text, place, words: wordsIn([text]) }));
  counted.sort((one, other) => one.words - other.words);
  let left = MAX_CARD_WORDS - taken;
  const cut: string[] = [];
  for (const [index, { text, place, words }] of counted.entries()) {
    const share = Math.max(Math.floor(left / (texts.length - index)), MIN_REASON_WORDS);
    cut[place] = cutAtWord(firstWords(text, share), MAX_GLANCE);
    left -= Math.min(share, words);
  }
  return cut;
}

function firstWords(text: string, most: number): string {
  const words = [...text.matchAll(/\S+/g)];
  const last = words[most - 1];
  return words.length <= most || last === undefined
    ? text
    : `${text.slice(0, last.index + last[0].length).replace(/[.,;:]+$/, "")}…`;
}

/** Cuts a text to a number of characters, after a word where there is one, and says with an ellipsis that it is cut. */
export function cutAtWord(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "");
  const end = kept.search(/\s\S*$/);
  return `${(end > 0 ? kept.slice(0, end) : kept).trimEnd()}…`;
}
