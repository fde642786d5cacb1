import type { Key } from "../../domain/key";
import type { ButtonSpec } from "../blocks/button";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";

/** The button that moves the end of a key from the moment of the click. */
export function extendButton({ keyName, accessKeyId: value }: Pick<Key, "keyName" | "accessKeyId">): ButtonSpec {
  return { label: BUTTONS.extend, actionId: ACTIONS.extendKey, value, spoken: `${BUTTONS.extend} ${keyName}` };
}
