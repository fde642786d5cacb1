import { settledAccess } from "../../domain/access-change";
import { canBeDeleted, isPaused, type Key, type SecretState } from "../../domain/key";
import type { People } from "../../domain/person";
import { worksUntil } from "../../domain/rotation";
import { accessOn } from "../blocks/access";
import type { ButtonSpec } from "../blocks/button";
import { deleteButton } from "../blocks/delete-button";
import { changeAccessButton, pauseButton, savedButton } from "../blocks/key-buttons";
import type { Section } from "../blocks/message";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold, code, type Sentence, time, user } from "../words/sentence";
import { changingLine } from "./changing-line";
import { extendButton } from "./extend-button";
import { goneCard } from "./gone-card";
import { newSecretButton } from "./new-secret-button";
import { pausedCard } from "./paused-card";
import { overlapButtons, rotateButtons } from "./rotate-buttons";
import { keySmall } from "./small-print";

/** The requester's card once its key exists. */
export function keyCard(key: Key, approvers: People): Section {
  const { state } = key;
  if (isPaused(key) && canBeDeleted(state)) return pausedCard(key, approvers);
  const name = bold(key.keyName);
  const access = ` · ${accessOn(settledAccess(key))}`;
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
          ...rotationLine(key),
          ...secretLines(state.secret),
          ...changingLine(key),
        ],
        small: [keySmall(key, ...secretWords(key, state.secret))],
        buttons: liveButtons(key, state.secret, pause),
        menu: [remove],
      };
    case "rotating":
      return {
        lines: [
          ["⏳ ", bold("Getting a new secret"), " · ", name, access],
          ["It appears here in a moment."],
          ...changingLine(key),
        ],
        small: [keySmall(key)],
        buttons: [pause],
        menu: [remove],
      };
    case "secret_unknown":
      return {
        lines: [
          ["⚠️ ", bold(`Nobody holds the secret of ${key.keyName}.`), " The old one has probably stopped working."],
          ["Get a new one, or delete the key."],
          ...changingLine(key),
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
  return kind !== "unconfirmed" ? [] : [savedButton({ id: deliveryId, keyName, isOff: false }, ACTIONS.savedOnCard)];
}

/** Once its owner was told that it ends soon, what helps stands first. Whose place another one takes has its own. */
function liveButtons(key: Key, secret: SecretState, pause: ButtonSpec): readonly ButtonSpec[] {
  const { end, rotation } = key;
  const saved = savedIfNot(key, secret);
  const canExtend = end !== null && !end.isFinal;
  if (rotation?.kind === "followed")
    return [...saved, ...overlapButtons(key), pause, ...(canExtend ? [extendButton(key)] : [])];
  const access = saved.length > 0 ? [] : accessButton(key);
  // Whoever has no secret yet needs no other one.
  const rotate = saved.length > 0 ? [] : rotateButtons(key);
  if (canExtend && end.remindedMs !== null)
    return [...saved, extendButton(key), ...rotate, newSecretButton(key), ...access, pause];
  return [...saved, newSecretButton(key), ...rotate, ...access, pause, ...(canExtend ? [extendButton(key)] : [])];
}

/** Until when a key works, where that is known. */
function untilOf(key: Key): Sentence {
  const until = worksUntil(key);
  return until === null ? [] : [" until ", time(until)];
}

/** Which key takes the place of which. */
function rotationLine({ rotation }: Key): Sentence[] {
  switch (rotation?.kind) {
    case "follows":
      return [["It takes the place of ", code(rotation.accessKeyId), "."]];
    case "followed":
      return [
        [
          code(rotation.by),
          " takes its place: this one is paused ",
          time(rotation.pausesAt),
          ", or when you press ",
          bold(BUTTONS.switchedOver),
          ", and deleted a day later.",
        ],
      ];
    case "called_off":
    case undefined:
      return [];
  }
}

const LOST_ONE: Sentence = ["Secret didn't appear? Press ", bold(BUTTONS.newSecret), ": the lost one stops working."];

function secretLines(secret: SecretState): Sentence[] {
  switch (secret.kind) {
    case "confirmed":
      return [];
    case "unconfirmed":
      return [LOST_ONE];
    case "left_behind":
      return [
        [user(secret.byId), " owned it before, and still knows its secret. Press ", bold(BUTTONS.newSecret), "."],
      ];
  }
}

function secretWords({ madeAt }: Key, secret: SecretState): Sentence {
  if (secret.kind === "left_behind") return [" · taken over ", time(secret.at)];
  return secret.kind === "confirmed"
    ? [" · secret saved ", time(secret.at)]
    : [" · made ", time(madeAt), " · secret not confirmed yet"];
}

/** None for what came by breaking the glass: it keeps what it has. */
function accessButton(key: Key): ButtonSpec[] {
  return key.end?.isFinal ? [] : [changeAccessButton(key, ACTIONS.changeAccess)];
}
