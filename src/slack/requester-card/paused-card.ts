import { type Hold, hasEnded, type Key } from "../../domain/key";
import { liftable } from "../../domain/pause-steps";
import type { People } from "../../domain/person";
import { deleteButton } from "../blocks/delete-button";
import { pauseButton, resumeButton } from "../blocks/key-buttons";
import type { Section } from "../blocks/message";
import { ACTIONS } from "../ids";
import { CREATE } from "../words/command";
import { BUTTONS } from "../words/labels";
import { bold, code, joined, type Sentence, time, user, youOr } from "../words/sentence";
import { extendButton } from "./extend-button";
import { newSecretButton } from "./new-secret-button";
import { peopleNamed } from "./people-named";
import { keySmall } from "./small-print";

/** The card of a key that is held: by whom, and who can let it work again. Whatever else is so, it works nowhere. */
export function pausedCard(key: Key, approvers: People): Section {
  const { pause } = key;
  if (hasEnded(key)) return endedKeyCard(key);
  if (pause.holds.length > 0 && pause.holds.every(({ kind }) => kind === "overlap")) return replacedCard(key);
  const { state } = key;
  const hasNewSecret = state.kind === "live" || state.kind === "secret_unknown";
  const newSecret = hasNewSecret ? [newSecretButton(key)] : [];
  const hold = pause.holds.some(({ kind }) => kind === "owner") ? [] : [pauseButton(key, ACTIONS.pauseKey)];
  const remove = deleteButton(key, ACTIONS.deleteKey, key.accessKeyId);
  const resume = resumeButton(key, ACTIONS.resumeKey);
  return {
    lines: [statusOf(key), ...meansOf(key, approvers)],
    small: [keySmall(key)],
    // Resume is there for whoever can lift something by it.
    ...(canLift(key)
      ? {
          buttons: [isOwners(pause.holds) ? { ...resume, style: "primary" } : resume, ...hold, remove],
          menu: newSecret,
        }
      : { buttons: [...newSecret, remove], menu: hold }),
  };
}

/** Its time is over: it works again where its end may be moved. */
function endedKeyCard(key: Key): Section {
  const { keyName, pause, end } = key;
  const canExtend = end?.isFinal === false;
  const isOnItsWay = pause.stands === "pausing";
  const goes: Sentence = end?.deletesAt ? ["It is deleted ", time(end.deletesAt), ". "] : [];
  const where: Sentence[] = isOnItsWay ? [["Tigris has not confirmed it yet: until then it may still work."]] : [];
  return {
    lines: [
      ["⏹️ ", bold("Ended"), " ", time(end?.at ?? key.madeAt), " · ", bold(keyName), isOnItsWay ? "" : " works nowhere"],
      ...where,
      canExtend
        ? [
            ...goes,
            goes.length > 0 ? "Until then " : "",
            bold(BUTTONS.extend),
            " lets it work again, with the same secret.",
          ]
        : [...goes, "It can't be extended. If you still need one, ask for it with ", CREATE, "."],
    ],
    small: [keySmall(key)],
    buttons: [...(canExtend ? [extendButton(key)] : []), deleteButton(key, ACTIONS.deleteKey, key.accessKeyId)],
  };
}

/** Another key has its place: it works again where its owner keeps both. */
function replacedCard(key: Key): Section {
  const { keyName, pause, rotation, state } = key;
  const isOnItsWay = pause.stands === "pausing";
  const goes: Sentence =
    rotation?.kind === "followed" && rotation.deletesAt
      ? ["It is deleted ", time(rotation.deletesAt), "; until then "]
      : [];
  const by: Sentence = rotation?.kind === "followed" ? [code(rotation.by), " has its place. "] : [];
  return {
    lines: [
      [
        "⏸️ ",
        bold("Replaced"),
        " ",
        time(pause.holds[0]?.at ?? key.madeAt),
        " · ",
        bold(keyName),
        isOnItsWay ? "" : " works nowhere",
      ],
      ...(isOnItsWay ? [["Tigris has not confirmed it yet: until then it may still work."]] : []),
      [...by, ...goes, bold(BUTTONS.resume), " lets it work again, with the same secret, and you keep both."],
      ...(state.kind === "secret_unknown" ? [["Nobody holds its secret."]] : []),
    ],
    small: [keySmall(key)],
    buttons: [resumeButton(key, ACTIONS.resumeKey), deleteButton(key, ACTIONS.deleteKey, key.accessKeyId)],
  };
}

function canLift(key: Key): boolean {
  return key.pause.holds.length === 0 || liftable(key, { id: key.ownerId, isApprover: false }).length > 0;
}

/** Whether its owner can lift all that holds it. */
function isOwners(holds: readonly Hold[]): boolean {
  return holds.every(({ kind }) => kind === "owner" || kind === "overlap" || kind === "leaver");
}

function statusOf({ keyName, ownerId, pause }: Key): Sentence {
  const { holds, stands } = pause;
  if (holds.length === 0) return ["⏸️ ", bold("Being resumed"), " · ", bold(keyName)];
  const by = joined(
    holds.map(({ kind, byId, at }) => [
      kind === "bot" || kind === "overlap" || kind === "leaver" ? "me" : youOr(byId, ownerId),
      " ",
      time(at),
    ]),
    " and ",
  );
  const where = stands === "pausing" ? "" : " works nowhere";
  return ["⏸️ ", bold("Paused"), " by ", ...by, " · ", bold(keyName), where];
}

function meansOf({ state, pause }: Key, approvers: People): Sentence[] {
  const { holds, stands } = pause;
  return [
    ...(stands === "pausing" ? [["Tigris has not confirmed it yet: until then it may still work."]] : []),
    ...(holds.length === 0
      ? [["Tigris has not said yet whether it works again. If that stays so, press ", bold(BUTTONS.resume), " again."]]
      : []),
    ...(holds.some(({ kind }) => kind === "leaver") ? [["Slack said that you were no full member any more."]] : []),
    ...(holds.some(({ kind }) => kind === "bot") ? [["Tigris did not say whether it is on."]] : []),
    ...(holds.some(({ kind }) => kind === "overlap") ? [["Another key has its place."]] : []),
    ...(isOwners(holds) ? [] : [["It works again when one of ", ...peopleNamed(approvers), " resumes it."]]),
    ...(state.kind === "live" && state.secret.kind === "left_behind"
      ? [[user(state.secret.byId), " owned it before, and still knows its secret."]]
      : []),
    ...(state.kind === "secret_unknown" ? [["Nobody holds its secret."]] : []),
  ];
}
