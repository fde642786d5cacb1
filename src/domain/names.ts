import { MAX_KEY_NAME } from "./limits";
import type { Access } from "./permission";

/** The longest text that is taken for an access key's id; Tigris's have about sixty characters. */
const MAX_KEY_ID = 124;

/** Whether a text may be an access key's id, and holds nothing that may be a secret: what may is neither kept nor shown. */
export function mayBeKeyId(text: string): boolean {
  return /^tid_[\w-]+$/.test(text) && text.length <= MAX_KEY_ID && !text.includes("tsec_");
}

/** An id without marks at its end that may not be its own: mrkdwn puts `_` around what is in italics. */
export function withoutMarks(id: string): string {
  let end = id.length;
  while (end > 0 && (id[end - 1] === "_" || id[end - 1] === "-")) end -= 1;
  return id.slice(0, end);
}

/** What an id may be that was met with marks at its end: all of it, without one or two of them, or without any. */
export function withFewerMarks(id: string): string[] {
  const bare = withoutMarks(id);
  const ends = [id.length, id.length - 1, id.length - 2].filter((end) => end > bare.length);
  return [...ends.map((end) => id.slice(0, end)), bare];
}

/** RFC 4648 base32: no 0, 1, 8 or 9, so that a reference can be read aloud. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LENGTH = 8;

/**
 * A request's reference: 8 base32 characters (40 bits), which people read and the key's name in Tigris carries.
 * @param randomByte gives a random integer from 0 to 255
 */
export function newReference(randomByte: () => number): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomByte() % ALPHABET.length]).join("");
}

/**
 * The key's whole name in Tigris: `<name>-<reference>`, with `-2`, `-3` … from the second attempt on. A crash leaves a
 * key under a name that no other attempt has.
 */
export function tigrisName(keyName: string, reference: string, attemptNumber: number): string {
  const name = `${keyName}-${reference}`;
  return attemptNumber === 1 ? name : `${name}-${attemptNumber}`;
}

/** The name of a key that nobody named: "builds-readonly", "builds-and-2-more-editor", "all-buckets-editor" or "admin". */
export function nameAfter({ permission, buckets }: Access): string {
  const power = permission.toLowerCase();
  if (permission === "Admin") return power;
  if (buckets.kind === "all") return `all-buckets-${power}`;
  const [first = "no-bucket", ...others] = buckets.names;
  const rest = `${others.length > 0 ? `-and-${others.length}-more` : ""}-${power}`;
  return `${first.slice(0, MAX_KEY_NAME - rest.length)}${rest}`;
}
