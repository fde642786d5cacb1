const ANY = "*";

/**
 * Whether a bucket's name fits a pattern, in which `*` stands for any characters, none included. Takes as many steps as the name
 * is long, times the pieces of the pattern, whatever they hold.
 */
export function isBucketMatch(pattern: string, bucket: string): boolean {
  const [first = "", ...others] = pattern.split(ANY);
  const last = others.pop();
  if (last === undefined) return bucket === first;
  if (!bucket.startsWith(first) || bucket.length < first.length + last.length || !bucket.endsWith(last)) return false;
  let at = first.length;
  const end = bucket.length - last.length;
  for (const piece of others) {
    const found = bucket.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/**
 * Whether whatever fits one pattern fits another too. Where it says no, that may still be so: only patterns that plainly hold
 * each other are found.
 */
export function isPatternWithin(inner: string, outer: string): boolean {
  // A name can't hold `*`, so that one in the inner pattern is held by nothing but one of the outer.
  return isBucketMatch(outer, inner);
}

/** Whether some text fits both patterns. */
export function doPatternsMeet(one: string, other: string): boolean {
  if (!one.includes(ANY)) return isBucketMatch(other, one);
  if (!other.includes(ANY)) return isBucketMatch(one, other);
  // Each has a place for whatever the other wants in its middle, so only their ends have to agree.
  const [first, second] = [endsOf(one), endsOf(other)];
  const isStart = first.start.startsWith(second.start) || second.start.startsWith(first.start);
  return isStart && (first.end.endsWith(second.end) || second.end.endsWith(first.end));
}

/** A name that fits both patterns; null where none is found, though there may be one. */
export function nameInBoth(one: string, other: string): string | null {
  const [first, second] = [one, other].map((pattern) => pattern.split(ANY));
  if (first === undefined || second === undefined) return null;
  const longer = (a = "", b = "") => (a.length < b.length ? b : a);
  const middle = [...first.slice(1, -1), ...second.slice(1, -1)].filter((piece) => piece !== "");
  const [start, end] = [longer(first[0], second[0]), longer(first.at(-1), second.at(-1))];
  const names = [`${start}${end}`, [start, ...middle, end].join(""), [start, ...middle, end].join("x"), one, other];
  return (
    names.find(
      (name) => name !== "" && !name.includes(ANY) && [one, other].every((each) => isBucketMatch(each, name)),
    ) ?? null
  );
}

function endsOf(pattern: string): { start: string; end: string } {
  return { start: pattern.slice(0, pattern.indexOf(ANY)), end: pattern.slice(pattern.lastIndexOf(ANY) + 1) };
}
