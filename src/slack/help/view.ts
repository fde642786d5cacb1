import { shortened } from "../../domain/input-rules";
import { MAX_REPEATED_WORD } from "../../domain/limits";
import { STOPS_AT_ONCE } from "../blocks/delete-button";
import { type Message, message } from "../blocks/message";
import { ACTIONS } from "../ids";
import { ALL, COMMAND, WORDS } from "../words/command";
import { BUTTONS } from "../words/labels";
import { bold, code, type Sentence } from "../words/sentence";

/**
 * What the bot can do.
 * @param shown a word that it does not know, and the nearest one that it does. `hasGlass`: whether somebody may break it
 */
export function help(shown: { unknownWord: string | null; nearest: string | null; hasGlass: boolean }): Message {
  return message({
    lines: [
      leadOf(shown),
      [code(`${COMMAND} ${WORDS.create} [name]`), " asks for a key. You get its secret in your DM with me."],
      [
        code(`${COMMAND} ${WORDS.list} [words]`),
        " shows your keys, or those with these words in their name, id or bucket names. Approvers: ",
        code(`${WORDS.list} ${ALL} [words]`),
        " and ",
        code(`${WORDS.list} @person [words]`),
        " too.",
      ],
      [
        code(`${COMMAND} ${WORDS.rotate} [name or tid_…]`),
        " gives a key of yours a new secret, or a second key that takes its place.",
      ],
      [code(`${COMMAND} ${WORDS.delete} [name or tid_…]`), ` deletes a key. ${STOPS_AT_ONCE}`],
      ["For approvers: ", code(`${COMMAND} ${WORDS.report}`), " counts all keys by access, age and owner."],
      ...(shown.hasGlass
        ? [
            [
              code(`${COMMAND} ${WORDS.breakGlass} [name]`),
              " is for those on call: a key at once, for a few hours, which others review.",
            ],
          ]
        : []),
    ],
    buttons: [
      { label: BUTTONS.getKey, actionId: ACTIONS.helpCreate, value: "create", style: "primary" },
      { label: BUTTONS.helpList, actionId: ACTIONS.helpList, value: "list" },
      { label: BUTTONS.helpDelete, actionId: ACTIONS.helpDelete, value: "delete" },
    ],
  });
}

function leadOf({ unknownWord, nearest }: Pick<Parameters<typeof help>[0], "unknownWord" | "nearest">): Sentence {
  if (unknownWord === null)
    return [bold("Tigris access keys"), ": ask for them, get them, and delete them, from here."];
  const unknown: Sentence = ["I don't know ", bold(shortened(unknownWord, MAX_REPEATED_WORD)), "."];
  return nearest === null
    ? [...unknown, " This is what I can do:"]
    : [...unknown, " Did you mean ", code(`${COMMAND} ${nearest}`), "?"];
}
