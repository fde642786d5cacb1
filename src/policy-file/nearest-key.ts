/** Every key that a policy's file may have. */
const KEYS = [
  ...["rules", "maxKeysPerUser", "breakGlass", "tests"],
  ...["name", "when", "ask", "decide", "lasts", "escalate"],
  ...["permission", "buckets", "allBuckets", "users", "groups", "count", "default", "longest", "after", "to"],
  ...["who", "tell", "person", "expect"],
] as const;

/** Two slips of the finger. */
const MOST_SLIPS = 2;

/** The known key that differs least from what was written: by two letters at most, in whatever case; null where none does. */
export function nearestKey(written: string): string | null {
  // What is much longer than any key is none of them, and would take long to compare.
  if (written.length > 30) return null;
  const near = KEYS.map((key) => ({ key, slips: slipsBetween(written.toLowerCase(), key.toLowerCase()) }));
  const [best] = near.toSorted((a, b) => a.slips - b.slips);
  return best && best.slips <= Math.min(MOST_SLIPS, written.length / 2) ? best.key : null;
}

/** How many letters have to be put in, taken out or changed to make one text of the other (Levenshtein). */
function slipsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1];
    for (const [column, wanted] of [...other].entries()) {
      const changed = (above[column] ?? 0) + (letter === wanted ? 0 : 1);
      line.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
