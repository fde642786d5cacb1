/** How many letters may differ for a word to count as meant. */
const MAX_DISTANCE = 2;

/** The word that somebody who mistyped probably meant, or null. */
export function nearestWord(typed: string, words: readonly string[]): string | null {
  const short = typed.slice(0, 20);
  const starts = words.find((word) => short.length >= 2 && word.startsWith(short));
  if (starts) return starts;
  const [best] = words
    .map((word) => ({ word, distance: distanceBetween(short, word) }))
    .sort((one, other) => one.distance - other.distance);
  return best && best.distance <= MAX_DISTANCE ? best.word : null;
}

/** Levenshtein's distance: letters to add, drop or replace. */
function distanceBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
