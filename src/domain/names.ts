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
