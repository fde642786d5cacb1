import { canBeDeleted, isPaused, type Key, type SecretState } from "../../domain/key";
import type { People } from "../../domain/person";
import { accessOn } from "../blocks/access";
import type { ButtonSpec } from "../blocks/button";
import { deleteButton } from "../blocks/delete-button";
import { pauseButton, savedButton } from "../blocks/key-buttons";
import type { Section } from "../blocks/message";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold, type Sentence, time } from "../words/sentence";
import { extendButton } from "./extend-button";
import { goneCard } from "./gone-card";
import { newSecretButton } from "./new-secret-button";
import { pausedCard } from "./paused-card";
import { keySmall } from "./small-print";

/** The requester's card once its key exists. */
export function keyCard(key: Key, approvers: People): Section {
  const { state } = key;
  if (isPaused(key) && canBeDeleted(state)) return pausedCard(key, approvers);
  const name = bold(key.keyName);
  const access = ` · ${accessOn(key.access)}`;
  // What takes power away is there in every state, and asks first: a menu can where it has one option.
  const pause = pauseButton(key, ACTIONS.pauseKey);
  const remove = deleteButton(key, ACTIONS.deleteKey, key.accessKeyId);
  switch (state.kind) {
    case "off":
      return {
        lines: [["⏳ ", bold("Being made"), " · ", name, access], ["Its secret appears here in a moment."]],
        buttons: [],
      };
    case "switching_on":
      return {
        lines: [
          ["⏳ ", bold("Being switched on"), " · ", name, access],
          ...(state.isUnanswered
            ? [["Tigris has not said whether it is on. Press ", bold(BUTTONS.savedSwitchOn), " again."]]
            : []),
        ],
        small: [keySmall(key, " · on ", time(state.until), " at the latest")],
        buttons: [savedButton({ id: key.deliveryId, keyName: key.keyName, isOff: true }, ACTIONS.savedOnCard), pause],
        menu: [remove],
      };
    case "live":
      return {
        lines: [
          ["🔑 ", bold("On"), ...untilOf(key), " · ", name, access],
          ...(state.secret.kind === "confirmed" ? [] : [LOST_ONE]),
        ],
        small: [keySmall(key, ...secretWords(key, state.secret))],
        buttons: withExtend(key, [...savedIfNot(key, state.secret), newSecretButton(key), pause]),
        menu: [remove],
      };
    case "rotating":
      return {
        lines: [["⏳ ", bold("Getting a new secret"), " · ", name, access], ["It appears here in a moment."]],
        small: [keySmall(key)],
        buttons: [pause],
        menu: [remove],
      };
    case "secret_unknown":
      return {
        lines: [
          ["⚠️ ", bold(`Nobody holds the secret of ${key.keyName}.`), " The old one has probably stopped working."],
          ["Get a new one, or delete the key."],
        ],
        small: [keySmall(key)],
        buttons: [{ ...newSecretButton(key), style: "primary" }, remove],
        menu: [pause],
      };
    case "deleting":
    case "deleted":
      return goneCard(key, state);
  }
}

/** Whoever has the secret says so here too: the message that shows it may be gone by then. */
function savedIfNot({ deliveryId, keyName }: Key, { kind }: SecretState): ButtonSpec[] {
  return kind === "confirmed" ? [] : [savedButton({ id: deliveryId, keyName, isOff: false }, ACTIONS.savedOnCard)];
}

/** Once its owner was told that it ends soon, what helps stands first. */
function withExtend(key: Key, usual: readonly ButtonSpec[]): readonly ButtonSpec[] {
  const { end } = key;
  if (end === null || end.isFinal) return usual;
  return end.remindedMs === null ? [...usual, extendButton(key)] : [extendButton(key), ...usual];
}

/** Until when a key works that has an end. */
function untilOf({ end }: Key): Sentence {
  return end === null ? [] : [" until ", time(end.at)];
}

const LOST_ONE: Sentence = ["Secret didn't appear? Press ", bold(BUTTONS.newSecret), ": the lost one stops working."];

function secretWords({ madeAt }: Key, secret: SecretState): Sentence {
  return secret.kind === "confirmed"
    ? [" · secret saved ", time(secret.at)]
    : [" · made ", time(madeAt), " · secret not confirmed yet"];
}
