import type {
  RichTextBlock,
  RichTextElement,
  RichTextPreformatted,
  RichTextQuote,
  RichTextSection,
} from "@slack/types";
import { visible } from "../../domain/input-rules";
import { OPERATOR_MARK, type Part, type Sentence } from "../words/sentence";
import { cut } from "./plain";
import { DATE_FORMAT, seconds, utc } from "./time";

type Row = RichTextSection | RichTextPreformatted | RichTextQuote;

/** The longest text of one element: Slack's limit for text objects; it names none for rich text. */
const MAX_ELEMENT = 3_000;

/** One block of lines. Rich text has no markup: whatever somebody typed shows as they typed it. */
export function richText(...rows: Row[]): RichTextBlock {
  return { type: "rich_text", elements: rows };
}

export function line(...sentence: Sentence): RichTextSection {
  return { type: "rich_text_section", elements: sentence.filter((part) => part !== "").map(toElement) };
}

/** What somebody typed, set apart. */
export function quote(text: string): RichTextQuote {
  return { type: "rich_text_quote", elements: [{ type: "text", text: shown(text) }] };
}

/** Text to be copied exactly as it is. */
export function preformatted(text: string): RichTextPreformatted {
  return { type: "rich_text_preformatted", elements: [{ type: "text", text }] };
}

function toElement(part: Part): RichTextElement {
  if (typeof part === "string") return { type: "text", text: shown(part) };
  switch (part.kind) {
    case "bold":
      return { type: "text", text: shown(part.text), style: { bold: true } };
    case "code":
      return { type: "text", text: shown(part.text), style: { code: true } };
    case "operator":
      return { type: "text", text: OPERATOR_MARK };
    case "link":
      return { type: "link", url: part.url, text: shown(part.text) };
    case "user":
      return { type: "user", user_id: part.id };
    case "group":
      return { type: "usergroup", usergroup_id: part.id };
    case "channel":
      return { type: "channel", channel_id: part.id };
    case "time":
      return { type: "date", timestamp: seconds(part.at), format: DATE_FORMAT, fallback: utc(part.at) };
  }
}

/** Slack refuses elements without text. */
function shown(text: string): string {
  return cut(visible(text), MAX_ELEMENT) || " ";
}
