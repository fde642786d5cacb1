import { canBeDeleted, hasEnded, type Key, leaverHold } from "../../domain/key";
import type { Back, Left } from "../../domain/leaver";
import { MAX_DELETIONS_NAMED } from "../../domain/limits";
import { accessText } from "../blocks/access";
import type { ButtonSpec } from "../blocks/button";
import { STOPS_AT_ONCE } from "../blocks/delete-button";
import { type Message, message, sentenceMessage } from "../blocks/message";
import { ACTIONS } from "../ids";
import { ageWords } from "../words/age";
import { durationWords } from "../words/duration";
import { keyStanding } from "../words/key-standing";
import { BUTTONS } from "../words/labels";
import { bold, joined, type Sentence, time, user } from "../words/sentence";

/** Somebody who has left, or is back, with the keys that are theirs still. */
export type ShownLeaver = {
  ownerId: string;
  state: Left | Back;
  /** The first of their living keys, and how many there are. */
  keys: readonly { key: Key; needsApproval: boolean }[];
  count: number;
  /** The first of those that others have taken over. */
  taken: readonly { keyName: string; ownerId: string }[];
  orphanGraceMs: number;
  at: number;
};

/** The card about the keys of somebody who has left: who, which keys, what happens when, and what can be done about it. */
export function leaverCard(shown: ShownLeaver): Message {
  const { ownerId, state, keys, count, taken } = shown;
  if (state.kind === "back") return sentenceMessage(backWords(shown));
  if (count === 0)
    return sentenceMessage([user(ownerId), ...goneWords(state), ". No key is theirs any more.", ...takersWords(taken)]);
  const named = keys.slice(0, MAX_DELETIONS_NAMED);
  const more = count - named.length;
  return message({
    lines: [
      ["👋 ", bold("Keys without an owner"), " · ", user(ownerId), ...goneWords(state), "."],
      ...named.map((one) => keyLine(one, shown)),
      ...(more > 0 ? [[`and ${more} more`]] : []),
      [
        "What runs goes on until then. Who still needs one presses ",
        bold(BUTTONS.takeOver),
        ": it becomes theirs. ",
        user(ownerId),
        " still knows the secrets.",
        ...takersWords(taken),
      ],
    ],
    small: [["seen gone ", time(state.goneAt), ...byWhom(state)]],
    buttons: buttonsOf(ownerId, count),
  });
}

/** What is left where such a card stood before it was posted anew. */
export function movedLeaverCard(ownerId: string): Message {
  return sentenceMessage(["The keys of ", user(ownerId), " · see their card below"]);
}

function goneWords({ deactivatedAt }: Left): Sentence {
  return [deactivatedAt === null ? " is a guest by now" : " has left this workspace"];
}

/** " Taken over: *ci* by @eve, *site* by @bob." */
function takersWords(taken: ShownLeaver["taken"]): Sentence {
  if (taken.length === 0) return [];
  const named = taken
    .slice(0, MAX_DELETIONS_NAMED)
    .map(({ keyName, ownerId }): Sentence => [bold(keyName), " by ", user(ownerId)]);
  return [" Taken over: ", ...joined(named, ", "), taken.length > named.length ? ", and more." : "."];
}

function byWhom({ byId }: Left): Sentence {
  return byId === "bot" ? [] : [" · confirmed by ", user(byId)];
}

function backWords({ ownerId, state, keys }: ShownLeaver): Sentence {
  const isHeld = keys.some(({ key }) => leaverHold(key) !== null);
  return [
    user(ownerId),
    " is a full member again since ",
    time(state.at),
    ": their keys stay theirs, and none is deleted.",
    ...(isHeld ? [" What I paused works again when they press ", bold(BUTTONS.resume), "."] : []),
  ];
}

/** "• *ci* · ReadOnly · builds · on · 12 days old · paused Fri 14:02". */
function keyLine(
  { key, needsApproval }: ShownLeaver["keys"][number],
  { state, orphanGraceMs, at }: ShownLeaver,
): Sentence {
  return [
    "• ",
    bold(key.keyName),
    ` · ${accessText(key.access)} · ${keyStanding(key)} · ${ageWords(key.madeAt, at)}`,
    ...(state.kind === "left" ? nextOf(key, { state, needsApproval, orphanGraceMs }) : []),
  ];
}

function nextOf(
  key: Key,
  { state, needsApproval, orphanGraceMs }: { state: Left; needsApproval: boolean; orphanGraceMs: number },
): Sentence {
  if (!canBeDeleted(key.state)) return [];
  if (hasEnded(key)) return key.end?.deletesAt ? [" · will be deleted ", time(key.end.deletesAt)] : [];
  const hold = leaverHold(key);
  if (hold !== null) return hold.deletesAt === null ? [] : [" · will be deleted ", time(hold.deletesAt)];
  if (needsApproval && state.deactivatedAt !== null) return [" · is being paused"];
  return state.toldAt === null
    ? [` · will be paused in ${durationWords(orphanGraceMs)}`]
    : [" · will be paused ", time(state.toldAt + orphanGraceMs)];
}

function buttonsOf(ownerId: string, count: number): ButtonSpec[] {
  const all = count === 1 ? "the key" : `all ${count} keys`;
  return [
    {
      label: BUTTONS.takeOver,
      actionId: ACTIONS.takeOver,
      value: ownerId,
      style: "primary",
      spoken: `${BUTTONS.takeOver} keys of somebody who left`,
    },
    {
      label: BUTTONS.pauseAll,
      actionId: ACTIONS.pauseLeft,
      value: ownerId,
      spoken: `${BUTTONS.pauseAll} keys of somebody who left`,
      confirm: {
        title: `${BUTTONS.pause} ${all}?`,
        text: `${STOPS_AT_ONCE} ${BUTTONS.resume} lets them work again, with the same secret.`,
        yes: BUTTONS.pauseAll,
      },
    },
    {
      label: BUTTONS.deleteAll,
      actionId: ACTIONS.deleteLeft,
      value: ownerId,
      style: "danger",
      spoken: `${BUTTONS.deleteAll} keys of somebody who left`,
      confirm: {
        title: `Delete ${all}?`,
        text: `${STOPS_AT_ONCE} This can't be undone; ${BUTTONS.pauseAll} can.`,
        yes: BUTTONS.deleteAll,
      },
    },
  ];
}

/** Asks whether so many people did leave at once. @param at when it is asked: the button is about whoever was held back until then */
export function heldBackCard({ count, at }: { count: number; at: number }): Message {
  return message({
    lines: [
      [
        "⚠️ ",
        bold(`Slack says that ${count} owners of keys are gone`),
        ". That is more than leave at once, so I did nothing: a bot that is set up for another workspace would see the same.",
      ],
      [
        "If that is right, an approver presses ",
        bold(BUTTONS.didLeave),
        ". If not, nothing has to be done: whoever is back counts no more.",
      ],
    ],
    buttons: [
      {
        label: BUTTONS.didLeave,
        actionId: ACTIONS.theyDidLeave,
        value: String(at),
        style: "danger",
        spoken: `${BUTTONS.didLeave}: ${count} owners of keys`,
        confirm: {
          title: "Did they leave?",
          text: "Their keys that need an approval are paused at once, and all others later, unless somebody takes them over.",
          yes: BUTTONS.didLeave,
        },
      },
    ],
  });
}
