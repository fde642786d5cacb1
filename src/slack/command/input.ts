import { z } from "zod";
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
};

const payloadShape = z.object({
  text: z.string().max(10_000).nullish(),
  trigger_id: z.string().min(1).max(500),
  response_url: z.string().max(1_000).nullish(),
});

export function readCommandPayload(payload: unknown): CommandPayload | Malformed {
  const actor = actorOf(payload);
  const parsed = payloadShape.safeParse(payload);
  if (actor === null || !parsed.success) return MALFORMED_INPUT;
  const { text, trigger_id: triggerId, response_url: responseUrl } = parsed.data;
  return { kind: "command", actor, text: text ?? "", triggerId, responseUrl: responseUrl ?? null };
}

/** What the text after the command asks for. */
export type Command =
  | { kind: "help" }
  | { kind: "unknown"; word: string; nearest: string | null }
  | { kind: "create"; keyName: string }
  | { kind: "list"; whose: Whose }
  | { kind: "delete"; named: string | null };

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
    case WORDS.list:
      return readList(rest);
    case WORDS.delete:
      return readDelete(rest);
    default:
      return { kind: "unknown", word: unescaped(first), nearest: nearestWord(word, Object.values(WORDS)) };
  }
}

/** Neither names nor ids of keys have spaces in them. */
function readDelete([named, ...more]: readonly string[]): Command {
  if (more.length > 0)
    return { kind: "unknown", word: unescaped(`${WORDS.delete} ${named} ${more.join(" ")}`), nearest: WORDS.delete };
  return { kind: "delete", named: named === undefined ? null : unescaped(named) };
}

function readList(rest: readonly string[]): Command {
  const [whose, ...more] = rest;
  if (more.length > 0)
    return { kind: "unknown", word: unescaped(`${WORDS.list} ${rest.join(" ")}`), nearest: WORDS.list };
  if (whose === undefined) return { kind: "list", whose: { kind: "own" } };
  if (whose.toLowerCase() === ALL) return { kind: "list", whose: { kind: "all" } };
  const userId = MENTION.exec(whose)?.[1];
  if (userId !== undefined) return { kind: "list", whose: { kind: "person", userId } };
  return { kind: "unknown", word: unescaped(`${WORDS.list} ${whose}`), nearest: `${WORDS.list} ${ALL}` };
}

/** Slack escapes these three in a command's text; people typed the characters themselves. */
function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
