import type { OutboxMessage } from "../../workflow/outbox-message";
import { deleteButton } from "../blocks/delete-button";
import { type Message, message, sentenceMessage } from "../blocks/message";
import { ACTIONS } from "../ids";
import { bold, code, type Sentence } from "../words/sentence";

type Made = Extract<OutboxMessage, { kind: "made_keys" }>;

/** What approvers read of keys that a key has made which works no more: they go on working, and are on no record. */
export function madeKeysMessage({ by, keys }: Pick<Made, "by" | "keys">): Message {
  const maker: Sentence = [bold(by.keyName), " (", code(by.accessKeyId), ")"];
  if (keys.length === 0)
    return sentenceMessage([
      "Tigris doesn't say which key made which, so I can't see whether ",
      ...maker,
      " has made others, which would go on working. Please look in the Tigris Dashboard.",
    ]);
  const count = keys.length === 1 ? "another key, which goes" : `${keys.length} other keys, which go`;
  return message(
    { lines: [[...maker, ` works no more, but has made ${count} on working:`]], buttons: [] },
    ...keys.map(({ name, accessKeyId }) => ({
      lines: [[bold(name), " · ", code(accessKeyId)]],
      buttons: [deleteButton({ keyName: name }, ACTIONS.deleteMade, accessKeyId)],
    })),
  );
}
