import { BUTTONS } from "../words/labels";
import type { ButtonSpec } from "./button";

/** What a deletion, and a new secret, mean for whoever uses the key. */
export const STOPS_AT_ONCE = "Programs that use it stop working at once.";

/** What it means of a key that was never on. */
export const STOPS_NOTHING = "It was never on, so nothing stops working.";

/** The button that deletes a key, wherever it stands. */
export function deleteButton(key: { keyName: string; isOff?: boolean }, actionId: string, value: string): ButtonSpec {
  return {
    label: BUTTONS.deleteKey,
    actionId,
    value,
    style: "danger",
    spoken: `${BUTTONS.deleteKey} ${key.keyName}`,
    confirm: {
      title: `Delete ${key.keyName}?`,
      text: key.isOff
        ? `${STOPS_NOTHING} This can't be undone.`
        : `${STOPS_AT_ONCE} This can't be undone; ${BUTTONS.pause} can.`,
      yes: BUTTONS.deleteKey,
    },
  };
}
