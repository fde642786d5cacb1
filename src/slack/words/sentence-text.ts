import { visible } from "../../domain/input-rules";
import { DATE_FORMAT, seconds, utc } from "../blocks/time";
import { OPERATOR_MARK, type Part, type Sentence } from "./sentence";

/** `chat.update` refuses a longer `text` (Slack, `msg_too_long`). */
const MAX_TEXT = 4_000;

/**
 * A sentence as the `text` of a message, for notifications and screen readers. Slack reads it as mrkdwn, so everything
 * typed is escaped, and its marks have no effect. It is cut between characters, never inside one of Slack's codes.
 */
export function sentenceText(sentence: Sentence): string {
  return joinedWithin(sentence.flatMap(toPieces), MAX_TEXT);
}

function joinedWithin(pieces: readonly string[], limit: number): string {
  let text = "";
  for (const piece of pieces) {
    if (text.length + piece.length >= limit) return `${text}…`;
    text += piece;
  }
  // Slack refuses a message without text (`no_text`), and a block without it.
  return text || " ";
}

/**
 * A sentence as the mrkdwn of a block, where bold, code and links show as such. Whatever somebody typed has no effect, as in
 * `sentenceText`; code stays free of characters that nobody sees, since it is copied.
 * @param limit of Slack's for the text of that block; it is cut between characters
 */
export function sentenceMrkdwn(sentence: Sentence, limit: number): string {
  return joinedWithin(sentence.flatMap(toMarked), limit);
}

function toMarked(part: Part): string[] {
  if (typeof part === "string") return literally(part);
  switch (part.kind) {
    case "bold":
      return part.text === "" ? [] : [`*${literally(part.text).join("")}*`];
    case "code":
      return [`\`${escaped(visible(part.text).replaceAll("`", "'"))}\``];
    case "link":
      return [`<${part.url.replace(/[<>|\s]/g, encodeURIComponent)}|${literally(part.text).join("")}>`];
    default:
      return toPieces(part);
  }
}

function toPieces(part: Part): string[] {
  if (typeof part === "string") return literally(part);
  switch (part.kind) {
    case "bold":
    case "code":
    case "link":
      return literally(part.text);
    case "operator":
      return [OPERATOR_MARK];
    case "user":
      return [`<@${idOnly(part.id)}>`];
    case "group":
      return [`<!subteam^${idOnly(part.id)}>`];
    case "channel":
      return [`<#${idOnly(part.id)}>`];
    case "time":
      return [`<!date^${seconds(part.at)}^${DATE_FORMAT}|${utc(part.at)}>`];
  }
}

function literally(text: string): string[] {
  return [...withoutEffect(visible(text))].map(escaped);
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPED[character] ?? character);
}

/** Exactly the three characters that open Slack's own codes (Slack, "Formatting text"). */
const ESCAPED: Partial<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** A zero-width space: nobody sees it, and a mark between two of them is beside nothing that it could format. */
const APART = "\u200B";

/** Bold, italic, struck and code marks stay what was typed, and so do links, addresses and the names of emoji. */
function withoutEffect(text: string): string {
  return text
    .replace(/[*~`]|(?<![\p{L}\p{N}])_/gu, `${APART}$&${APART}`)
    .replace(/:(?=\S)|(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, `$&${APART}`);
}

/** Ids of Slack's are capitals and digits: anything else in one is none of Slack's. */
function idOnly(id: string): string {
  return id.replace(/[^A-Z0-9]/g, "");
}
