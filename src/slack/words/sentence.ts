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
  /** A moment, in milliseconds since 1970, shown in the reader's own time zone. */
  | { kind: "time"; at: number };

export type Sentence = readonly Part[];

export const bold = (text: string): Part => ({ kind: "bold", text });
export const code = (text: string): Part => ({ kind: "code", text });
export const user = (id: string): Part => ({ kind: "user", id });
export const group = (id: string): Part => ({ kind: "group", id });
export const channel = (id: string): Part => ({ kind: "channel", id });
export const time = (at: number): Part => ({ kind: "time", at });

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
      return "id" in part ? part.id : "";
    })
    .join("");
}
