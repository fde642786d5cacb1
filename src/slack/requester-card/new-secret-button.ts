import type { Key } from "../../domain/key";
import type { ButtonSpec } from "../blocks/button";
import { STOPS_AT_ONCE } from "../blocks/delete-button";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";

/** The button that has a new secret made for a key: the old one stops with it. */
export function newSecretButton({ keyName, accessKeyId: value }: Key): ButtonSpec {
  return {
    label: BUTTONS.newSecret,
    actionId: ACTIONS.newSecret,
    value,
    spoken: `${BUTTONS.newSecret} for ${keyName}`,
    confirm: {
      title: `${BUTTONS.newSecret} for ${keyName}?`,
      text: `Once the new secret is made, the old one stops working. ${STOPS_AT_ONCE} The new one is shown here, one time, only to you.`,
      yes: BUTTONS.newSecret,
    },
  };
}
