import type { Sentence } from "./sentence";

/** The sentence of each code, from the data that comes with it. A code without one does not compile. */
export type WordsByCode<Data> = { readonly [Code in keyof Data]: (about: Data[Code]) => Sentence };

type Coded<Data, Code extends keyof Data> = { [One in Code]: { code: One; about: Data[One] } }[Code];

/** Looks a code up in its table. */
export function wordsOf<Data, Code extends keyof Data>(
  table: WordsByCode<Data>,
  { code, about }: Coded<Data, Code>,
): Sentence {
  return table[code](about);
}
