import type { KnownBlock } from "@slack/types";
import type { Sentence } from "../../domain/sentence";
import { line, richText, sentenceText } from "./rich";

/** A message: `text` is what notifications and screen readers give, and never holds a secret. */
export type Message = { text: string; blocks: KnownBlock[] };

/** One sentence, as an answer or a notice. */
export function answer(sentence: Sentence): Message {
  return { text: sentenceText(sentence), blocks: [richText(line(...sentence))] };
}
