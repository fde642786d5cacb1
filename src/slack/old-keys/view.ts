import type { Key, KeyAt } from "../../domain/key";
import { secretSince } from "../../domain/key-age";
import { MAX_DELETIONS_NAMED, MAX_KEYS_ASKED } from "../../domain/limits";
import { accessText, referenceOf } from "../blocks/access";
import { deleteButton } from "../blocks/delete-button";
import { pauseButton } from "../blocks/key-buttons";
import { type Message, message, type Section } from "../blocks/message";
import { ACTIONS } from "../ids";
import { newSecretButton } from "../requester-card/new-secret-button";
import { rotateButtons } from "../requester-card/rotate-buttons";
import { COMMAND, WORDS } from "../words/command";
import { durationWords } from "../words/duration";
import { BUTTONS } from "../words/labels";
import { bold, code, type Sentence, time, user } from "../words/sentence";

/**
 * Asks somebody about their keys whose secrets are old.
 * @param keys oldest first; those that are too many for one message are counted
 */
export function oldKeysMessage(keys: readonly Key[], rotateAfterMs: number): Message {
  const named = keys.slice(0, MAX_KEYS_ASKED);
  const more = keys.length - named.length;
  return message(
    { lines: [leadOf(keys, rotateAfterMs), HOW_TO_FIND_OUT], buttons: [] },
    ...named.map(asked),
    ...(more > 0 ? [{ lines: [andMore(more)], buttons: [] }] : []),
  );
}

/** What stands where all of it was answered. */
export function answeredMessage(): Message {
  return message({ lines: [["Nothing is asked here any more. See your keys with ", LIST, "."]], buttons: [] });
}

const LIST = code(`${COMMAND} ${WORDS.list}`);

/** Tigris does not tell when a key was used last, so nothing is claimed about it. */
const HOW_TO_FIND_OUT: Sentence = [
  "Tigris doesn't tell whether a key is still used. ",
  bold(BUTTONS.pause),
  " is how to find out: ",
  bold(BUTTONS.resume),
  " lets it work again, with the same secret.",
];

function leadOf(keys: readonly Key[], rotateAfterMs: number): Sentence {
  const old = `older than ${durationWords(rotateAfterMs)}`;
  const [only, ...others] = keys;
  return only && others.length === 0
    ? ["🕰️ ", bold("An old secret"), ": that of ", bold(only.keyName), ` is ${old}. What shall become of it?`]
    : ["🕰️ ", bold(`${keys.length} old secrets`), `: these are ${old}. What shall become of them?`];
}

function asked(key: Key): Section {
  const { keyName, accessKeyId: value } = key;
  return {
    lines: [[bold(keyName), ` · ${accessText(key.access)}`]],
    small: [["secret since ", time(secretSince(key.age)), " · ", code(value), ...referenceOf(key)]],
    buttons: [
      ...rotateButtons(key),
      { ...newSecretButton(key), actionId: ACTIONS.oldNewSecret },
      { label: BUTTONS.keep, actionId: ACTIONS.oldKeep, value, spoken: `${BUTTONS.keep}: the secret of ${keyName}` },
      pauseButton(key, ACTIONS.oldPause),
      deleteButton(key, ACTIONS.oldDelete, value),
    ],
  };
}

function andMore(count: number): Sentence {
  return [`And ${count} more, once these are answered. See all of yours with `, LIST, "."];
}

/** What approvers read of keys about which nobody answered. */
export function unansweredMessage(keys: readonly KeyAt[]): Message {
  const shown = keys.slice(0, MAX_DELETIONS_NAMED);
  const more = keys.length - shown.length;
  const [count, whose] =
    keys.length === 1 ? ["an old key", "Its owner was"] : [`${keys.length} old keys`, "Their owners were"];
  return message({
    lines: [
      ["🕰️ ", bold(`No answer about ${count}`), `. ${whose} asked for a month, and nothing was done.`],
      ...shown.map(
        ({ key }): Sentence => [
          bold(key.keyName),
          ` · ${accessText(key.access)} · `,
          user(key.ownerId),
          " · secret since ",
          time(secretSince(key.age)),
          " · ",
          code(key.accessKeyId),
        ],
      ),
      ...(more > 0 ? [[`And ${more} more.`]] : []),
      [
        "Ask them, or find the keys with ",
        code(`${COMMAND} ${WORDS.list} @person`),
        ": pause or delete what nobody needs.",
      ],
    ],
    buttons: [],
  });
}
