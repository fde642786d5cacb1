import type {
  RichTextBlock,
  RichTextElement,
  RichTextPreformatted,
  RichTextQuote,
  RichTextSection,
} from "@slack/types";
import type { Part, Sentence } from "../../domain/sentence";
import { visible } from "../../domain/text";

type Row = RichTextSection | RichTextPreformatted | RichTextQuote;

/** How a moment is shown: in the reader's own zone (Slack, date formatting). */
const DATE_FORMAT = "{date_short_pretty} at {time}";

/** One block of lines. Rich text has no markup: whatever somebody typed shows as they typed it. */
export function richText(...rows: Row[]): RichTextBlock {
  return { type: "rich_text", elements: rows };
}

export function line(...sentence: Sentence): RichTextSection {
  return { type: "rich_text_section", elements: sentence.filter((part) => part !== "").map(toElement) };
}

/** What somebody typed, set apart. */
export function quote(text: string): RichTextQuote {
  return { type: "rich_text_quote", elements: [{ type: "text", text: visible(text) || " " }] };
}

/** Text to be copied exactly as it is. */
export function preformatted(text: string): RichTextPreformatted {
  return { type: "rich_text_preformatted", elements: [{ type: "text", text }] };
}

function toElement(part: Part): RichTextElement {
  if (typeof part === "string") return { type: "text", text: visible(part) };
  switch (part.kind) {
    case "bold":
      return { type: "text", text: visible(part.text) || " ", style: { bold: true } };
    case "code":
      return { type: "text", text: visible(part.text) || " ", style: { code: true } };
    case "user":
      return { type: "user", user_id: part.id };
    case "group":
      return { type: "usergroup", usergroup_id: part.id };
    case "channel":
      return { type: "channel", channel_id: part.id };
    case "time":
      return {
        type: "date",
        timestamp: seconds(part.at),
        format: DATE_FORMAT,
        fallback: utc(part.at),
      };
  }
}

/** A sentence as the `text` of a message, which Slack reads as mrkdwn: everything typed is escaped. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map(toText).join("");
}

function toText(part: Part): string {
  if (typeof part === "string") return escaped(part);
  switch (part.kind) {
    case "bold":
    case "code":
      return escaped(part.text);
    case "user":
      return `<@${part.id}>`;
    case "group":
      return `<!subteam^${part.id}>`;
    case "channel":
      return `<#${part.id}>`;
    case "time":
      return `<!date^${seconds(part.at)}^${DATE_FORMAT}|${utc(part.at)}>`;
  }
}

/** Exactly the three characters that open Slack's own codes (Slack, "Formatting text"). */
function escaped(text: string): string {
  return visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function seconds(at: number): number {
  return Math.floor(at / 1_000);
}

/** A moment for those whose client shows no dates: "2026-11-25 14:02 UTC". */
export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
