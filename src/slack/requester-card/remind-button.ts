import type { Request } from "../../domain/request";
import type { ButtonSpec } from "../blocks/button";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";

/** The button with which a requester has the approvers reminded. */
export function remindButton({ id, asked }: Request): ButtonSpec {
  const spoken = `${BUTTONS.remind} the approvers of ${asked.keyName}`;
  return { label: BUTTONS.remind, actionId: ACTIONS.remind, value: id, spoken };
}
