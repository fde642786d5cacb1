import type { Message } from "../../sandbox/slack/workspace";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/domain/limits";
import type { Actor } from "../../src/domain/person";
import { ACTIONS, MENU_SEPARATOR } from "../../src/slack/ids";
import { deleteAllLeft, pauseAllLeft } from "../../src/workflow/all-left-keys";
import { askForOverlap } from "../../src/workflow/ask-rotation";
import { askForSecret } from "../../src/workflow/ask-secret";
import { keysToTakeOver, takeOverChosen } from "../../src/workflow/ask-takeover";
import { saySaved } from "../../src/workflow/confirm-saved";
import { approveRequest, denyRequest } from "../../src/workflow/decide";
import { deleteKey } from "../../src/workflow/delete";
import { extendKey, extensionWay } from "../../src/workflow/extend-key";
import { keepKey } from "../../src/workflow/keep-key";
import { makeNewSecret, newSecretWay } from "../../src/workflow/new-secret";
import { pauseKey } from "../../src/workflow/pause-key";
import type { Ports } from "../../src/workflow/ports";
import { resumeKey } from "../../src/workflow/resume-key";
import { reveal } from "../../src/workflow/reveal";
import { switchOver } from "../../src/workflow/switch-over";
import { confirmLeft } from "../../src/workflow/they-did-leave";

/** A click: by whom, on a button with which value; its id is no other click's. */
export type Click = { actor: Actor; value: string; clickId: string };
export type Button = { actionId: string; value: string };

/** Something that somebody does about a button that they see. */
export type Habit = {
  sees: string;
  /** What the message says, where that matters. */
  says?: RegExp;
  /** How many of those who see it do it, from 0 to 1, and how long they take in the mean. */
  part: number;
  meanMs: number;
  /** @returns whether it came to something; else they try again */
  does: (ports: Ports, click: Click) => Promise<{ kind: string }>;
};

const REASON = "needed for the work of this quarter";

const revealing: Habit["does"] = (ports, { actor, value: requestId, clickId }) =>
  reveal(ports, { actor, requestId, clickId, inPlaceOf: null });

const saying =
  (isOnSecret: boolean): Habit["does"] =>
  (ports, { actor, value: deliveryId, clickId }) =>
    saySaved(ports, { actor, deliveryId, clickId, isOnSecret });

const extending: Habit["does"] = async (ports, { actor, value: accessKeyId, clickId }) => {
  if ((await extensionWay(ports, { actor, accessKeyId })) === "at_once")
    return extendKey(ports, { actor, accessKeyId, clickId });
  return askForSecret(ports, { actor, viewId: `V${clickId}`, accessKeyId, kind: "extend", reason: REASON });
};

const renewing: Habit["does"] = async (ports, { actor, value: accessKeyId, clickId }) => {
  if ((await newSecretWay(ports, { actor, accessKeyId })) === "at_once")
    return makeNewSecret(ports, { actor, accessKeyId, clickId });
  return askForSecret(ports, { actor, viewId: `V${clickId}`, accessKeyId, kind: "secret", reason: REASON });
};

const rotating: Habit["does"] = (ports, { actor, value: accessKeyId, clickId }) =>
  askForOverlap(ports, { actor, viewId: `V${clickId}`, accessKeyId, overlapMs: 3 * DAY_MS, reason: REASON });

/** As many as the form takes at once. */
const TAKEN_AT_ONCE = 10;

const takingOver: Habit["does"] = async (ports, { actor, value: fromId, clickId }) => {
  const found = await keysToTakeOver(ports, { actor, fromId });
  if (found.kind === "refused") return found;
  const accessKeyIds = found.keys.slice(0, TAKEN_AT_ONCE).map(({ key }) => key.accessKeyId);
  return takeOverChosen(ports, { actor, viewId: `V${clickId}`, fromId, accessKeyIds, reason: REASON });
};

/** What somebody does about a message in their DM: the first of these that fits and that they do. */
export const OWN_HABITS: readonly Habit[] = [
  { sees: ACTIONS.saved, part: 0.97, meanMs: 4 * MINUTE_MS, does: saying(true) },
  { sees: ACTIONS.reveal, part: 0.95, meanMs: 2 * HOUR_MS, does: revealing },
  { sees: ACTIONS.savedOnCard, says: /still off/, part: 0.5, meanMs: HOUR_MS, does: saying(false) },
  {
    sees: ACTIONS.switchedOver,
    part: 0.5,
    meanMs: 2 * DAY_MS,
    does: (ports, { actor, value: accessKeyId }) => switchOver(ports, { actor, accessKeyId }),
  },
  { sees: ACTIONS.oldNewSecret, part: 0.3, meanMs: 6 * HOUR_MS, does: rotating },
  { sees: ACTIONS.oldNewSecret, part: 0.3, meanMs: 6 * HOUR_MS, does: renewing },
  {
    sees: ACTIONS.oldKeep,
    part: 0.3,
    meanMs: 3 * HOUR_MS,
    does: (ports, { actor, value: accessKeyId }) => keepKey(ports, { actor, accessKeyId, reason: REASON }),
  },
  {
    sees: ACTIONS.oldDelete,
    part: 0.1,
    meanMs: DAY_MS,
    does: (ports, { actor, value: accessKeyId }) => deleteKey(ports, { actor, accessKeyId }),
  },
  { sees: ACTIONS.extendKey, says: / ends |is over/, part: 0.4, meanMs: 5 * HOUR_MS, does: extending },
];

/** What somebody who decides does about a message in the approvals channel. */
export const APPROVERS_HABITS: readonly Habit[] = [
  {
    sees: ACTIONS.approve,
    part: 0.92,
    meanMs: HOUR_MS,
    does: (ports, { actor, value: requestId }) => approveRequest(ports, { actor, requestId }),
  },
  {
    sees: ACTIONS.deny,
    part: 0.6,
    meanMs: HOUR_MS,
    does: (ports, { actor, value: requestId }) => denyRequest(ports, { actor, requestId, reason: REASON }),
  },
];

/** What members do about a card there that is for all of them, and approvers about one that is for them. */
export const LEAVERS_HABITS: readonly Habit[] = [
  { sees: ACTIONS.takeOver, part: 0.7, meanMs: DAY_MS, does: takingOver },
];
export const APPROVERS_LEAVERS_HABITS: readonly Habit[] = [
  {
    sees: ACTIONS.deleteLeft,
    part: 0.1,
    meanMs: DAY_MS,
    does: (ports, { actor, value: ownerId }) => deleteAllLeft(ports, { actor, ownerId }),
  },
  {
    sees: ACTIONS.pauseLeft,
    part: 0.2,
    meanMs: DAY_MS,
    does: (ports, { actor, value: ownerId }) => pauseAllLeft(ports, { actor, ownerId }),
  },
  {
    sees: ACTIONS.theyDidLeave,
    part: 0.8,
    meanMs: DAY_MS,
    does: (ports, { actor, value }) => confirmLeft(ports, { actor, until: Number(value) }),
  },
];

/** What an owner does about a key that works, once in its life perhaps. */
export const WHIMS: readonly Omit<Habit, "sees">[] = [
  {
    part: 0.1,
    meanMs: 60 * DAY_MS,
    does: (ports, { actor, value: accessKeyId }) => deleteKey(ports, { actor, accessKeyId }),
  },
  { part: 0.1, meanMs: 50 * DAY_MS, does: renewing },
  {
    part: 0.05,
    meanMs: 40 * DAY_MS,
    does: async (ports, { actor, value: accessKeyId, clickId }) => {
      const paused = await pauseKey(ports, { actor, accessKeyId });
      return paused.kind === "refused" ? paused : resumeKey(ports, { actor, accessKeyId, clickId });
    },
  },
];

/** The buttons that a message has, those of menus too. */
export function buttonsOf({ blocks }: Pick<Message, "blocks">): Button[] {
  return buttonsIn(blocks);
}

function buttonsIn(part: unknown): Button[] {
  if (typeof part !== "object" || part === null) return [];
  const { type, action_id: actionId, value } = part as Record<string, unknown>;
  if (type === "button" && typeof actionId === "string" && typeof value === "string") return [{ actionId, value }];
  // The options of a menu name the button, and what it is about.
  const [chosen, about] = typeof value === "string" ? value.split(MENU_SEPARATOR) : [];
  const option = chosen !== undefined && about !== undefined ? [{ actionId: chosen, value: about }] : [];
  return [...option, ...Object.values(part).flatMap(buttonsIn)];
}
