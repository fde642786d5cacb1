import type { Key, Off } from "../../domain/key";
import type { Delivered, Request } from "../../domain/request";
import { accessOn, referenceOf } from "../blocks/access";
import type { ButtonSpec } from "../blocks/button";
import { deleteButton } from "../blocks/delete-button";
import { savedButton } from "../blocks/key-buttons";
import type { Section } from "../blocks/message";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold, code, type Sentence, time } from "../words/sentence";
import { pressAgain, whyTigris } from "../words/tigris-said";
import { lifeLine, rotatesLine } from "./approved-card";

/**
 * The requester's card while its key is off: what it waits for, and until when.
 * @param less what they get instead of what they asked for, where it is to be said
 */
export function offCard(request: Request<Delivered>, key: Key<Off>, less: string | null): Section {
  const { refusal, lapsesAt } = request.state;
  return {
    lines: [
      ...whatNow(key),
      ...lifeLine(request),
      ...rotatesLine(request),
      ...(less === null ? [] : [[`You got less than you asked for: ${less}.`]]),
      ...(refusal === null ? [] : [refusalSentence(refusal, request.reference)]),
    ],
    small: [
      [
        `${accessOn(key.access)} · `,
        code(key.accessKeyId),
        " · deleted ",
        time(lapsesAt),
        " if it is still off",
        ...referenceOf(request),
      ],
    ],
    buttons:
      key.state.shownAt === null
        ? [{ ...anotherButton(key), style: "primary" }]
        : [savedOnCard(request, key), anotherButton(key)],
    menu: [deleteButton({ keyName: key.keyName, isOff: true }, ACTIONS.deleteKey, key.accessKeyId)],
  };
}

/** What is to be pressed first stands below the secret; once the card has rung for it, that message may be gone. */
function savedOnCard({ state: { named } }: Request<Delivered>, { deliveryId, keyName }: Key): ButtonSpec {
  const { style, ...saved } = savedButton({ id: deliveryId, keyName, isOff: true }, ACTIONS.savedOnCard);
  return named === "not_yet" || style === undefined ? saved : { ...saved, style };
}

function whatNow({ keyName, state: { shownAt } }: Key<Off>): Sentence[] {
  const off: Sentence = ["🔑 ", bold("Off"), " · "];
  if (shownAt === null)
    return [
      [...off, "I couldn't confirm that the secret of ", bold(keyName), " appeared."],
      ["If you have it, press the button below the secret; if not, press ", bold(BUTTONS.newSecret), "."],
    ];
  return [
    [
      ...off,
      bold(keyName),
      " opens none of your buckets until you say that you saved the secret, shown ",
      time(shownAt),
      ".",
    ],
    ["Secret didn't appear? Press ", bold(BUTTONS.newSecret), "."],
  ];
}

function refusalSentence({ tigrisCode, at }: NonNullable<Delivered["refusal"]>, reference: string): Sentence {
  return [
    "Tigris refused to switch it on ",
    time(at),
    `${whyTigris(tigrisCode)}. `,
    ...pressAgain(BUTTONS.savedSwitchOn, tigrisCode, reference),
  ];
}

/** Nothing is lost with it: the key that is off goes, and another one is made. */
function anotherButton({ keyName, deliveryId }: Key): ButtonSpec {
  const spoken = `${BUTTONS.newSecret} for ${keyName}`;
  return { label: BUTTONS.newSecret, actionId: ACTIONS.anotherSecret, value: deliveryId, spoken };
}
