import type { Key } from "../../domain/key";
import type { ButtonSpec } from "../blocks/button";
import { STOPS_AT_ONCE } from "../blocks/delete-button";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";

/** The button that opens the form in which a key is rotated; none where another key has its place, or it can't be extended any more. */
export function rotateButtons({ keyName, accessKeyId: value, end, rotation }: Key): ButtonSpec[] {
  if (end?.isFinal || rotation !== null) return [];
  return [{ label: BUTTONS.rotate, actionId: ACTIONS.rotateKey, value, spoken: `${BUTTONS.rotate} ${keyName}` }];
}

/** The buttons of a key whose place another one takes: its owner has switched already, or keeps both. */
export function overlapButtons({ keyName, accessKeyId: value }: Key): ButtonSpec[] {
  return [
    {
      label: BUTTONS.switchedOver,
      actionId: ACTIONS.switchedOver,
      value,
      spoken: `${BUTTONS.switchedOver}: ${keyName} is paused`,
      confirm: {
        title: `Pause the old ${keyName}?`,
        text: `The new one goes on working. ${STOPS_AT_ONCE} It is deleted a day later; until then ${BUTTONS.resume} lets it work again.`,
        yes: BUTTONS.pause,
      },
    },
    { label: BUTTONS.keepBoth, actionId: ACTIONS.keepBoth, value, spoken: `${BUTTONS.keepBoth}: ${keyName}` },
  ];
}
