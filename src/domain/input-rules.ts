import { MAX_KEY_NAME, MAX_REASON, MIN_REASON } from "./limits";

const KEY_NAME = /^[A-Za-z0-9._-]+$/;

/**
 * Characters that change how others are shown without being seen: controls (but line feed), soft hyphen, zero-width
 * space and marks, line and paragraph separators, bidirectional embeddings, overrides and isolates, byte order mark.
 * The zero-width joiner stays: emoji are built with it.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/gu;

/** Shows what would be unseen: each such character becomes U+FFFD, so nobody can reverse or hide a part of a text. */
export function visible(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(UNSEEN, "\uFFFD");
}

/** A text as the database can keep it: SQLite ends texts at U+0000. */
export function storable(text: string): string {
  return text.replaceAll("\u0000", "\uFFFD");
}

/** Shortens a text to `limit` characters of what people see, with an ellipsis in place of what was cut. */
export function shortened(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join("")}…`;
}

/** What is wrong with one field of a form; each surface puts it into words. */
export type FieldProblem =
  /** `instead`: the same name with characters that fit; null where nothing is left of it. */
  | { code: "name_characters"; instead: string | null }
  | { code: "too_long"; max: number; length: number }
  | { code: "reason_too_short"; min: number }
  | { code: "bucket_count"; max: number }
  | { code: "buckets_gone"; names: readonly string[] }
  /** Such keys live for no longer than that, in milliseconds. */
  | { code: "life_too_long"; longestMs: number }
  | { code: "day_over" };

/** @returns what is wrong with a key's name, or null; one that is left empty is no mistake, since there is `nameAfter` */
export function keyNameProblem(name: string): FieldProblem | null {
  const { length } = [...name];
  if (length > MAX_KEY_NAME) return { code: "too_long", max: MAX_KEY_NAME, length };
  if (name !== "" && !KEY_NAME.test(name)) return { code: "name_characters", instead: fittingName(name) };
  return null;
}

/** "my key!" as "my-key". */
function fittingName(name: string): string | null {
  const fitting = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9._]+/g, "-")
    .replace(/^-|-$/g, "");
  return fitting === "" ? null : fitting;
}

/** What leaves no ink: white space, what `visible` has marked, what Unicode ignores, the blank of Braille. */
const BLANK = /[\uFFFD\s\u2800]|\p{Default_Ignorable_Code_Point}/gu;

/** @returns what is wrong with a reason, or null */
export function reasonProblem(reason: string | null, required: boolean): FieldProblem | null {
  const length = reason === null ? 0 : [...reason].length;
  const seen = reason === null ? 0 : [...visible(reason).replace(BLANK, "")].length;
  if (length > MAX_REASON) return { code: "too_long", max: MAX_REASON, length };
  if (required && Math.min(length, seen) < MIN_REASON) return { code: "reason_too_short", min: MIN_REASON };
  return null;
}
