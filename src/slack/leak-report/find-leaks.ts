import { MAX_KEYS_REPORTED, MAX_PARTS_LOOKED_THROUGH } from "../../domain/limits";
import { mayBeKeyId, withoutMarks } from "../../domain/names";

/** What of a message is kept: ids of access keys, and whether there was a secret. Nothing else that somebody wrote. */
export type Leaks = {
  accessKeyIds: readonly string[];
  holdsSecret: boolean;
  /** Whether there was more than is looked through, or more ids than are taken. */
  isCut: boolean;
};

/**
 * An id, up to where the next one begins, or a secret: neither is ever taken for the end of an id. It stands after something that
 * is no letter and no digit: mrkdwn puts `_` around what is in italics. One character more than an id can have is enough to see that it is
 * none; a pattern without an end needs more stack for four megabytes than there is.
 */
const ID = /(?<![A-Za-z0-9])tid_(?:(?!(?<=[_-])tid_|tsec_)[\w-]){0,121}/g;

const SECRET = /tsec_[\w-]{8}/;

/**
 * Looks for ids of access keys in all texts that a message holds: its own, those of its blocks however deep, of attachments and
 * of files. The work is bounded whatever the message looks like: one step for each part, one pass over each text.
 * @param message of a payload, unread
 */
export function findLeaks(message: unknown): Leaks {
  // By what they are without marks at their end; whichever stands without them is the id.
  const found = new Map<string, string>();
  let holdsSecret = false;
  let isCut = false;
  // In the order in which they are met, without recursion: a message may be as deep as its payload is long.
  const parts: unknown[] = [message];
  let seen = 0;
  for (; seen < parts.length && seen < MAX_PARTS_LOOKED_THROUGH; seen++) {
    const part = parts[seen];
    if (typeof part === "string") {
      if (!isCut) isCut = !takeIds(part, found);
      holdsSecret ||= SECRET.test(part);
    } else if (typeof part === "object" && part !== null) {
      for (const inner of Object.values(part)) {
        if (parts.length > MAX_PARTS_LOOKED_THROUGH) break;
        parts.push(inner);
      }
    }
  }
  return { accessKeyIds: [...found.values()], holdsSecret, isCut: isCut || seen < parts.length };
}

/** @returns false where there are more than are taken: what comes after that is not looked at */
function takeIds(text: string, found: Map<string, string>): boolean {
  if (!text.includes("tid_")) return true;
  let seen = 0;
  for (const [id] of text.matchAll(ID)) {
    if (++seen > MAX_PARTS_LOOKED_THROUGH) return false;
    if (!mayBeKeyId(id)) continue;
    const bare = withoutMarks(id);
    if (!found.has(bare) && found.size === MAX_KEYS_REPORTED) return false;
    if (!found.has(bare) || id === bare) found.set(bare, id);
  }
  return true;
}
