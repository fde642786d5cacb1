import { visible } from "../../domain/input-rules";
import { DATE_FORMAT, seconds, utc } from "../blocks/time";
import type { Part, Sentence } from "./sentence";

/** `chat.update` refuses a longer `text` (Slack, `msg_too_long`). */
const MAX_TEXT = 4_000;

/**
 * A sentence as the `text` of a message, for notifications and screen readers. Slack reads it as mrkdwn, so everything
 * typed is escaped, and its marks have no effect. It is cut between characters, never inside one of Slack's codes.
 */
export function sentenceText(sentence: Sentence): string {
  let text = "";
  for (const piece of sentence.flatMap(toPieces)) {
    if (text.length + piece.length >= MAX_TEXT) return `${text}…`;
    text += piece;
  }
  // Slack refuses a message without text (`no_text`).
  return text || " ";
}

function toPieces(part: Part): string[] {
  if (typeof part === "string") return literally(part);
  switch (part.kind) {
    case "bold":
    case "code":
      return literally(part.text);
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
  return [...withoutEffect(visible(text))].map((character) => ESCAPED[character] ?? character);
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
