/** One call between two parties, as it is told to whoever watches. */
export type Happening = {
  id: string;
  from: string;
  to: string;
  /** Such as `chat.postMessage`. */
  name: string;
  /** Milliseconds since 1970. */
  at: number;
  /** When it was answered; null as long as it is not, or where the answer was lost. */
  endedAt: number | null;
  isOk: boolean | null;
  asked: unknown;
  answered: unknown;
};

/** Which texts are never told, and in which calls they are told all the same. */
export type Masks = {
  /** Sources of regular expressions. */
  patterns: string[];
  exceptIn: string[];
};

const NO_MASKS: Masks = { patterns: [], exceptIn: [] };

/** What came or was answered since a moment, oldest first, with secrets masked. @param since in milliseconds since 1970 */
export function told(
  happenings: readonly Happening[],
  since: number,
  { patterns, exceptIn }: Masks = NO_MASKS,
): Happening[] {
  const expressions = patterns.map((source) => new RegExp(source, "g"));
  return happenings
    .filter(({ at, endedAt }) => at >= since || (endedAt ?? 0) >= since)
    .slice(-MOST)
    .map((one) => (exceptIn.includes(one.name) ? one : masked(one, expressions)));
}

const MOST = 300;

function masked(one: Happening, expressions: readonly RegExp[]): Happening {
  return {
    ...one,
    asked: withoutSecrets(one.asked, expressions),
    answered: withoutSecrets(one.answered, expressions),
  };
}

function withoutSecrets(value: unknown, expressions: readonly RegExp[]): unknown {
  if (typeof value === "string") return expressions.reduce((text, one) => text.replace(one, "[secret]"), value);
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, expressions));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutSecrets(one, expressions)]));
}
