import type { Key, KeyAt } from "../../domain/key";
import { MAX_DELETIONS_NAMED } from "../../domain/limits";
import { type Message, message } from "../blocks/message";
import { bold, code, joined, type Sentence, time, user } from "../words/sentence";

/** What approvers read of what one of them did to keys of others. */
export function othersKeysMessage(
  did: "deleted" | "paused",
  { byId, keys }: { byId: string; keys: readonly KeyAt[] },
): Message {
  const [only, ...more] = keys;
  const what: Sentence =
    only && more.length === 0
      ? [` ${did} the key of `, user(only.key.ownerId), ": ", ...named(only.key), " ", time(only.at), "."]
      : [` ${did} ${keys.length} keys of others: `, ...list(keys), "."];
  return message({ lines: [[user(byId), ...what]], buttons: [] });
}

function list(keys: readonly KeyAt[]): Sentence {
  const shown = keys
    .slice(0, MAX_DELETIONS_NAMED)
    .map(({ key, at }): Sentence => [...named(key), " of ", user(key.ownerId), " ", time(at)]);
  const more = keys.length - shown.length;
  return [...joined(shown, ", "), more > 0 ? ` and ${more} more` : ""];
}

function named({ keyName, accessKeyId }: Key): Sentence {
  return [bold(keyName), " (", code(accessKeyId), ")"];
}
