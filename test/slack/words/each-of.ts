import type { Sentence } from "../../../src/slack/words/sentence";
import { plainText } from "./plain-text";

/** Each code of a set with what it is about, and what people read. */
type Rows<Data> = { [Code in keyof Data]: [about: Data[Code], text: string] };

/** A test for each row. */
export function eachOf<Data, Coded>(rows: Rows<Data>, words: (coded: Coded) => Sentence): void {
  test.each(Object.entries<[unknown, string]>(rows))("%s", (code, [about, text]) => {
    // Only an outcome has a kind.
    expect(plainText(words({ kind: "done", code, about } as Coded))).toBe(text);
  });
}
