import type { Key } from "../../domain/key";
import { MAX_DELETIONS_NAMED } from "../../domain/limits";
import type { ButtonSpec } from "../blocks/button";
import { STOPS_AT_ONCE } from "../blocks/delete-button";
import { type Message, message } from "../blocks/message";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold, code, joined, type Sentence, user } from "../words/sentence";
import { heldValue } from "./held-value";

/** What approvers read of deletions of others' keys by one of them. */
export function deletionsMessage({ byId, keys }: { byId: string; keys: readonly Key[] }): Message {
  const [only, ...more] = keys;
  if (only && more.length === 0)
    return message({
      lines: [[user(byId), " deleted the key of ", user(only.ownerId), ": ", ...named(only), "."]],
      buttons: [],
    });
  return message({
    lines: [[user(byId), ` deleted ${keys.length} keys of others: `, ...list(keys, MAX_DELETIONS_NAMED), "."]],
    buttons: [],
  });
}

/** Asks the other approvers about deletions above the limit of one of them. */
export function heldMessage({ byId, keys, max }: { byId: string; keys: readonly Key[]; max: number }): Message {
  const count = keys.length === 1 ? "1 more key" : `${keys.length} more keys`;
  return message({
    lines: [
      [
        user(byId),
        ` has deleted ${max} keys of others within an hour, and wants ${count} to go: `,
        ...list(keys, keys.length),
        ".",
      ],
      ["They give nobody a new secret until another approver decides."],
    ],
    buttons: [deleteThem(heldValue(byId, keys), keys.length), keepThem(heldValue(byId, keys))],
  });
}

function deleteThem(value: string, count: number): ButtonSpec {
  return {
    label: BUTTONS.deleteHeld,
    actionId: ACTIONS.deleteHeld,
    value,
    style: "danger",
    spoken: `Delete ${count} keys`,
    confirm: {
      title: `Delete ${count === 1 ? "this key" : `these ${count} keys`}?`,
      text: `${STOPS_AT_ONCE} This can't be undone.`,
      yes: BUTTONS.deleteHeld,
    },
  };
}

function keepThem(value: string): ButtonSpec {
  return { label: BUTTONS.keepHeld, actionId: ACTIONS.keepHeld, value, spoken: "Keep these keys" };
}

function list(keys: readonly Key[], max: number): Sentence {
  const shown = keys.slice(0, max).map((key): Sentence => [...named(key), " of ", user(key.ownerId)]);
  const more = keys.length - shown.length;
  return [...joined(shown, ", "), more > 0 ? ` and ${more} more` : ""];
}

function named({ keyName, accessKeyId }: Key): Sentence {
  return [bold(keyName), " (", code(accessKeyId), ")"];
}
