import { z } from "zod";
import { visible } from "../../domain/input-rules";
import { MAX_LIST_SEARCH } from "../../domain/limits";
import type { Actor } from "../../domain/person";
import type { Whose } from "../../workflow/list";
import { actorOf } from "../payloads/actor";
import { MALFORMED_INPUT, type Malformed } from "../payloads/malformed";
import { ALL, WORDS } from "../words/command";
import { nearestWord } from "./nearest-word";

export type CommandPayload = {
  kind: "command";
  actor: Actor;
  text: string;
  triggerId: string;
  responseUrl: string | null;
  /** Where it was typed. */
  channelId: string | null;
};

const payloadShape = z.object({
  text: z.string().max(10_000).nullish(),
  trigger_id: z.string().min(1).max(500),
  response_url: z.string().max(1_000).nullish(),
  channel_id: z.string().max(255).nullish(),
});

export function readCommandPayload(payload: unknown): CommandPayload | Malformed {
  const actor = actorOf(payload);
  const parsed = payloadShape.safeParse(payload);
  if (actor === null || !parsed.success) return MALFORMED_INPUT;
  const { text, trigger_id: triggerId, response_url: responseUrl, channel_id: channelId } = parsed.data;
  return {
    kind: "command",
    actor,
    text: text ?? "",
    triggerId,
    responseUrl: responseUrl ?? null,
    channelId: channelId ?? null,
  };
}

/** What the text after the command asks for. */
export type Command =
  | { kind: "help" }
  | { kind: "unknown"; word: string; nearest: string | null }
  | { kind: "create"; keyName: string }
  | { kind: "break_glass"; keyName: string }
  | { kind: "list"; whose: Whose; search: string | null }
  | { kind: "report" }
  | { kind: "delete"; named: string | null }
  | { kind: "rotate"; named: string | null };

/** Slack turns `@person` into `<@U…>` or `<@U…|name>` where the command is set to escape (`should_escape`). */
const MENTION = /^<@([UW][A-Z0-9]{2,63})(?:\|[^>]*)?>$/;

/** Reads the text of the command. Case and surplus spaces don't matter. */
export function readCommand(text: string): Command {
  const [first = "", ...rest] = text.trim().split(/\s+/);
  const word = first.toLowerCase();
  switch (word) {
    case "":
    case WORDS.help:
      return { kind: "help" };
    case WORDS.create:
      return { kind: "create", keyName: unescaped(rest.join(" ")) };
    case WORDS.breakGlass:
      return { kind: "break_glass", keyName: unescaped(rest.join(" ")) };
    case WORDS.list:
      return readList(rest);
    case WORDS.report:
      return readReport(rest);
    case WORDS.delete:
      return readNamed("delete", rest);
    case WORDS.rotate:
      return readNamed("rotate", rest);
    default:
      return { kind: "unknown", word: unescaped(first), nearest: nearestWord(word, Object.values(WORDS)) };
  }
}

/** It is about all keys, so nothing follows. */
function readReport(rest: readonly string[]): Command {
  if (rest.length === 0) return { kind: "report" };
  return { kind: "unknown", word: unescaped(`${WORDS.report} ${rest.join(" ")}`), nearest: WORDS.report };
}

/** Neither names nor ids of keys have spaces in them. */
function readNamed(kind: "delete" | "rotate", [named, ...more]: readonly string[]): Command {
  if (more.length > 0)
    return { kind: "unknown", word: unescaped(`${WORDS[kind]} ${named} ${more.join(" ")}`), nearest: WORDS[kind] };
  return { kind, named: named === undefined ? null : unescaped(named) };
}

/** Whose keys, and words to find in them: both may be missing. */
function readList(rest: readonly string[]): Command {
  const [first = "", ...more] = rest;
  if (first.toLowerCase() === ALL) return { kind: "list", whose: { kind: "all" }, search: searchOf(more) };
  const userId = MENTION.exec(first)?.[1];
  if (userId !== undefined) return { kind: "list", whose: { kind: "person", userId }, search: searchOf(more) };
  // Somebody whom Slack knows comes as a mention, and no key is called so.
  if (/^(?:<[@#!]|@)/.test(first))
    return { kind: "unknown", word: unescaped(`${WORDS.list} ${first}`), nearest: `${WORDS.list} ${ALL}` };
  return { kind: "list", whose: { kind: "own" }, search: searchOf(rest) };
}

function searchOf(words: readonly string[]): string | null {
  return words.length === 0 ? null : visible(unescaped(words.join(" ")).slice(0, MAX_LIST_SEARCH));
}

/** Slack escapes these three in a command's text; people typed the characters themselves. */
function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
