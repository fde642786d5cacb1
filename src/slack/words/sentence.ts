import type { People } from "../../domain/person";

/**
 * What a person reads, as parts with a meaning instead of markup. Text that somebody typed stays a plain string until it
 * is drawn, so it can become neither a mention nor a link.
 */
export type Part =
  | string
  | { kind: "bold"; text: string }
  | { kind: "code"; text: string }
  | { kind: "user"; id: string }
  | { kind: "group"; id: string }
  | { kind: "channel"; id: string }
  /** Whoever runs the bot. Only what goes to Slack knows who that is. */
  | { kind: "operator" }
  /** An address of ours or Tigris's to go to, never one that somebody typed. */
  | { kind: "link"; text: string; url: string }
  /** A moment, in milliseconds since 1970, shown in the reader's own time zone. */
  | { kind: "time"; at: number };

export type Sentence = readonly Part[];

export const bold = (text: string): Part => ({ kind: "bold", text });
export const code = (text: string): Part => ({ kind: "code", text });
export const user = (id: string): Part => ({ kind: "user", id });
export const group = (id: string): Part => ({ kind: "group", id });
export const OPERATOR: Part = { kind: "operator" };
export const channel = (id: string): Part => ({ kind: "channel", id });
export const link = (text: string, url: string): Part => ({ kind: "link", text, url });
export const time = (at: number): Part => ({ kind: "time", at });

/** How whoever runs the bot is called where no name is set. */
export const ANONYMOUS_OPERATOR = "whoever runs this bot";

/**
 * The same, with word joiners that nobody sees: what is drawn for the operator. `visible` takes them out of all that people
 * type, so that nobody can write it; where no edge puts a name in its place, it still reads right.
 */
export const OPERATOR_MARK = ANONYMOUS_OPERATOR.replaceAll(" ", " \u2060");

/** "@key-approvers, @ann". */
export function people({ groups, users }: People): Sentence {
  return joined(
    [...groups.map(group), ...users.map(user)].map((part) => [part]),
    ", ",
  );
}

/** "@ann and @bob". */
export function usersNamed(ids: readonly string[]): Sentence {
  const others = ids.slice(0, -1).map((id) => [user(id)]);
  const last = ids.slice(-1).map(user);
  return others.length === 0 ? last : [...joined(others, ", "), " and ", ...last];
}

/** Who, on a card that its owner alone reads: "you", or the name. */
export const youOr = (id: string, ownerId: string): Part => (id === ownerId ? "you" : user(id));

/** Puts `separator` between sentences, as `join` does for strings. */
export function joined(sentences: readonly Sentence[], separator: Part): Sentence {
  return sentences.flatMap((sentence, index) => (index === 0 ? [...sentence] : [separator, ...sentence]));
}

/** A sentence without any marks, for a terminal: ids stand for people, groups and channels, and moments are left out. */
export function plainText(sentence: Sentence): string {
  return sentence
    .map((part) => {
      if (typeof part === "string") return part;
      if ("text" in part) return part.text;
      if (part.kind === "operator") return ANONYMOUS_OPERATOR;
      return "id" in part ? part.id : "";
    })
    .join("");
}
