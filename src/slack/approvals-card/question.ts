import { isPaused, type Key } from "../../domain/key";
import type { Access } from "../../domain/permission";
import { grantedAccess, type Request } from "../../domain/request";
import { accessOnCard, kindOf } from "../blocks/access";
import { MAX_QUESTION } from "../blocks/button";
import { BUTTONS } from "../words/labels";
import { type Sentence, user } from "../words/sentence";
import { sentenceMrkdwn } from "../words/sentence-text";
import { cutAtWord } from "./glance";

/**
 * What is asked before somebody approves: who gets what, and why they say that they need it, as far as there is room for it.
 * @param key that is there already
 */
export function approveQuestion(request: Request, key: Key | null): Sentence {
  const { reason } = request;
  const given = givenBy(request, key);
  if (reason === null) return [...given, " No reason was given."];
  // One line that stays within its quotation marks, whatever was typed.
  const typed = reason.replace(/\s+/g, " ").replace(/[“”]/g, "'");
  const asked = (part: string): Sentence => [...given, " Reason: “", part, "”"];
  // What is typed takes more room in Slack's markup than it shows.
  for (let most = Math.min(typed.length, MAX_QUESTION); most > 0; most--) {
    const whole = asked(cutAtWord(typed, most));
    if (sentenceMrkdwn(whole, ANY_LENGTH).length <= MAX_QUESTION) return whole;
  }
  return given;
}

const ANY_LENGTH = 10 * MAX_QUESTION;

/** The most that names of buckets take of the room, in Slack's markup: the rest is for the reason. */
const MAX_ACCESS = 140;

function shortAccess(access: Access): string {
  const named = accessOnCard(access);
  if (access.buckets.kind === "all" || sentenceMrkdwn([named], ANY_LENGTH).length <= MAX_ACCESS) return named;
  const { length } = access.buckets.names;
  return `${access.permission} on ${length} ${length === 1 ? "bucket" : "buckets"}`;
}

function givenBy(request: Request, key: Key | null): Sentence {
  const { requesterId } = request;
  const { keyName } = request.asked;
  const what = shortAccess(grantedAccess(request));
  const isHeld = key !== null && isPaused(key);
  switch (kindOf(request.asked)) {
    case "rotation":
      return ["Give ", user(requesterId), ` a second key in place of ${keyName}, with ${what}?`];
    case "key":
      return ["Give ", user(requesterId), ` ${what}?`];
    case "secret":
      return [
        "Give ",
        user(requesterId),
        ` a new secret of ${keyName}, with ${what}? `,
        isHeld
          ? "It is paused: the new one works once it is resumed."
          : `The old one stops when they press ${BUTTONS.reveal}.`,
      ];
    case "resume":
      return ["Let ", user(requesterId), ` resume ${keyName}, with ${what}?`];
    case "takeover":
      return ["Let ", user(requesterId), ` take over ${keyName}, with ${what}, from somebody who left?`];
    case "access":
      return ["Let ", user(requesterId), ` change ${keyName} to ${what}? Its secret stays.`];
    case "extend":
      return ["Let ", user(requesterId), ` keep ${keyName} beyond its end, with ${what}?`];
  }
}
