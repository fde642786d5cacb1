import { canBeDeleted, type Key } from "../../domain/key";
import { canBeLess } from "../../domain/narrow";
import { brokenGlassLasts, grantedAccess, type Request } from "../../domain/request";
import type { ButtonSpec } from "../blocks/button";
import { deleteButton } from "../blocks/delete-button";
import { pauseButtons } from "../blocks/key-buttons";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { approveQuestion } from "./question";

/** What an approver may need of a request as it stands: to decide, to take the approval back, to stop its key. */
export function buttonsOf(request: Request, key: Key | null): ButtonSpec[] {
  const { state, asked } = request;
  if (state.kind === "pending") return [approveButton(request, key), ...lessButton(request), denyButton(request)];
  if (state.kind === "approved" || state.kind === "delivered") return [withdrawButton(request)];
  if (state.kind !== "made" || asked.kind !== "key" || key === null || !canBeDeleted(key.state)) return [];
  const ids = { pause: ACTIONS.pauseApproved, resume: ACTIONS.resumeApproved, label: BUTTONS.pauseKey };
  return [...pauseButtons(key, ids, "approver"), deleteButton(key, ACTIONS.deleteApproved, key.accessKeyId)];
}

/** The button that opens all that a glance has no room for. */
export function showAllButton({ id, asked }: Request): ButtonSpec {
  return {
    label: BUTTONS.showAll,
    actionId: ACTIONS.showAll,
    value: id,
    spoken: `${BUTTONS.showAll} of the request for ${asked.keyName}`,
  };
}

function approveButton(request: Request, key: Key | null): ButtonSpec {
  return {
    label: BUTTONS.approve,
    actionId: ACTIONS.approve,
    value: request.id,
    style: "primary",
    spoken: `${BUTTONS.approve} ${request.asked.keyName}`,
    confirm: {
      title: `${BUTTONS.approve} ${request.asked.keyName}?`,
      text: approveQuestion(request, key),
      yes: BUTTONS.approve,
    },
  };
}

/** Only a new key can have less: one that is there has what it has. */
function lessButton(request: Request): ButtonSpec[] {
  const { id, asked } = request;
  if (asked.kind !== "key" || !canBeLess(grantedAccess(request))) return [];
  const spoken = `${BUTTONS.approveLess} than was asked for: ${asked.keyName}`;
  return [{ label: BUTTONS.approveLess, actionId: ACTIONS.approveLess, value: id, spoken }];
}

function denyButton(request: Request): ButtonSpec {
  return {
    label: BUTTONS.deny,
    actionId: ACTIONS.deny,
    value: request.id,
    spoken: `${BUTTONS.deny} ${request.asked.keyName}`,
  };
}

const WITHDRAWN = {
  key: "The key can't be switched on any more. Its requester sees it on their card.",
  secret: "No new secret can be made; the old one goes on working. Its requester sees it on their card.",
  resume: "The key stays paused. Its requester sees it on their card.",
  access: "The key keeps the access that it has. Its requester sees it on their card.",
  extend: "The key keeps its end. Its requester sees it on their card.",
  takeover: "The key stays as it is. Its requester sees it on their card.",
} as const;

function withdrawButton(request: Request): ButtonSpec {
  const what = brokenGlassLasts(request) === null ? "the approval" : "the broken glass";
  return {
    label: BUTTONS.withdraw,
    actionId: ACTIONS.withdraw,
    value: request.id,
    style: "danger",
    spoken: `${BUTTONS.withdraw} ${what} of ${request.asked.keyName}`,
    confirm: {
      title: `${BUTTONS.withdraw} ${what}?`,
      text: WITHDRAWN[request.asked.kind],
      yes: BUTTONS.withdraw,
    },
  };
}
