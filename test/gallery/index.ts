import { answers } from "./answers";
import { cards } from "./cards";
import type { Entry } from "./entry";
import { forms } from "./forms";
import { glasses } from "./glasses";
import { homes } from "./homes";
import { leaks } from "./leaks";
import { leavers } from "./leavers";
import { lists } from "./lists";
import { oldKeys } from "./old-keys";
import { policies } from "./policies";
import { secrets } from "./secret";
import { toApprovers } from "./to-approvers";
import { notices } from "./to-person";

/**
 * Everything that somebody may see in Slack, in every state, drawn by the very functions that draw it for people, from records
 * that are made up. A new state of anything does not compile before it stands here.
 */
export function gallery(): Entry[] {
  return [
    ...forms(),
    ...cards(),
    ...secrets(),
    ...notices(),
    ...oldKeys(),
    ...glasses(),
    ...toApprovers(),
    ...policies(),
    ...leaks(),
    ...leavers(),
    ...lists(),
    ...homes(),
    ...answers(),
  ];
}

export { SCENES } from "./readme";
export { NOW } from "./records";
