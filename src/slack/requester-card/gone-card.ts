import type { Deleted, Deleting, Key } from "../../domain/key";
import type { Section } from "../blocks/message";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold, type Sentence, time, youOr } from "../words/sentence";
import { keySmall } from "./small-print";

/** The card of a key that goes, or is gone: by whom, and what that means for its programs. */
export function goneCard(key: Key, state: Deleting | Deleted): Section {
  const name = bold(key.keyName);
  const by: Sentence = state.byId === null ? [] : [" by ", youOr(state.byId, key.ownerId)];
  const small = [keySmall(key)];
  if (state.kind === "deleting") {
    const why = GOES[state.why];
    return {
      lines: [["⏳ ", bold("Being deleted"), ...by, " ", time(state.at), " · ", name, ...why]],
      small,
      buttons: [],
    };
  }
  return {
    lines: [[bold("Deleted"), ...by, " ", time(state.at), " · ", name, WHY[state.why]]],
    small,
    buttons: [
      {
        label: BUTTONS.createAgain,
        actionId: ACTIONS.askAgain,
        value: key.requestId,
        spoken: `${BUTTONS.createAgain}: ${key.keyName}`,
      },
    ],
  };
}

const GOES: Record<Deleting["why"], Sentence> = {
  asked: ["."],
  never_on: [": it was never on."],
  ended: [": its time was over."],
  replaced: [": another key has its place."],
  left: [": its owner had left."],
};

const WHY: Record<Deleted["why"], string> = {
  asked: ". Programs that used it have lost access.",
  never_on: " was never on.",
  ended: ": its time was over.",
  replaced: ": another key has its place.",
  left: ": its owner had left.",
  gone: " no longer exists in Tigris, which was noticed then.",
};
