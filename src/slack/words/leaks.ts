import { canBeDeleted, isPaused, type Key } from "../../domain/key";
import type { People } from "../../domain/person";
import type { Leak } from "../../workflow/outbox-message";
import { COMMAND, WORDS } from "./command";
import { BUTTONS } from "./labels";
import { bold, code, joined, type Part, people, type Sentence, user, youOr } from "./sentence";

/** What a message holds beside ids. */
export const SECRET_THERE = " The message holds a secret too.";

/** What its reader does about a message with a secret. */
export const DELETE_MESSAGE: Sentence = ["The message holds a secret: delete it, or have whoever wrote it do that."];

/** What somebody reads who may do nothing about a key, whether it is there or not. */
export const PASSED_ON: Sentence = ["Thank you, I passed it on."];

export const APPROVERS_TOLD: Sentence = ["I told the approvers."];
export const OWNER_TOLD: Sentence = ["I told the approvers and the key's owner."];

export const MORE_IDS: Sentence = ["There is more in it than I look through: tell an approver if it leaks other keys."];

/** "@eve says that a message leaks", with the way to it. */
export function saysThatLeaks({ byId, messageUrl }: Leak): Sentence {
  return [user(byId), " says that ", messageUrl === null ? "a message" : linkTo(messageUrl), " leaks"];
}

const linkTo = (url: string): Part => ({ kind: "link", text: "a message", url });

/** Where there is nothing to report. By a secret alone nobody finds its key: whoever reports it is asked for the id. */
export function noIds(approvers: People, holdsSecret: boolean): Sentence {
  const none: Sentence = ["I found no access key id (", code("tid_…"), ") in this message"];
  return holdsSecret
    ? [
        ...none,
        ", so I can't tell whose key it leaks. Do you know the id that belongs to the secret? ",
        code(`${COMMAND} ${WORDS.list} tid_…`),
        " finds the key if it is yours; if not, tell ",
        ...people(approvers),
        " the id, not the secret.",
      ]
    : [...none, ". If a picture or a file in it leaks a key, tell ", ...people(approvers), "."];
}

/** An id of no key on record, for those who decide about keys. */
export function unknownId(accessKeyId: string, ownAccessKeyId: string): Sentence {
  return accessKeyId === ownAccessKeyId
    ? [
        code(accessKeyId),
        " is the key that I use myself. Make me another one in the Tigris Dashboard, then delete this one.",
      ]
    : [code(accessKeyId), " is no key that I made. Look for it in the Tigris Dashboard."];
}

/** "*ci* (`tid_…`) of @dana is on." @param isOwn whether its owner reads it, and nobody else */
export function leakedKey(key: Key, isOwn: boolean): Sentence {
  const { keyName, accessKeyId, ownerId } = key;
  const whose: Sentence = isOwn ? [" is yours, and "] : [" of ", user(ownerId), " is "];
  return [bold(keyName), " (", code(accessKeyId), ")", ...whose, ...stands(key, isOwn), "."];
}

/** "It is paused by you: it works nowhere.", for its owner. */
export function keyNow(key: Key): Sentence {
  return ["It is ", ...stands(key, true), "."];
}

function stands(key: Key, isOwn: boolean): Sentence {
  const { state, pause, ownerId } = key;
  const who = (id: string): Part => (isOwn ? youOr(id, ownerId) : user(id));
  const by = (id: string | null): Sentence => (id === null ? [] : [" by ", who(id)]);
  if (state.kind === "deleted") return ["deleted", ...by(state.byId), ": it opens nothing"];
  if (state.kind === "deleting") return ["being deleted", ...by(state.byId)];
  if (isPaused(key)) return pausedBy(pause, who);
  switch (state.kind) {
    case "off":
      return ["off: it opens none of the buckets"];
    case "rotating":
      return ["getting a new secret right now"];
    default:
      return ["on"];
  }
}

function pausedBy({ holds, stands: atTigris }: Key["pause"], who: (id: string) => Part): Sentence {
  if (holds.length === 0) return ["being resumed"];
  const names = holds.map(({ kind, byId }): Sentence => [kind === "bot" || kind === "end" ? "me" : who(byId)]);
  const by: Sentence = [" by ", ...joined(names, " and ")];
  return atTigris === "pausing"
    ? ["being paused", ...by, ": until Tigris has confirmed it, it may still work"]
    : ["paused", ...by, ": it works nowhere"];
}

/** What helps against a leak, by who may do it; nothing where the key is gone. What is paused needs no pause. */
export function whatHelps(key: Key, isOwn: boolean): Sentence | null {
  if (!canBeDeleted(key.state)) return null;
  return isOwn
    ? [...pauseHelps(key), bold(BUTTONS.newSecret), WORTHLESS]
    : [...pauseHelps(key), "A new secret makes what was leaked worthless: its owner can get one."];
}

/** The same for its owner, where the button for a new secret stands elsewhere. */
export function whatHelpsOnCard(key: Key): Sentence | null {
  return canBeDeleted(key.state) ? [...pauseHelps(key), bold(BUTTONS.newSecret), ` on its card${WORTHLESS}`] : null;
}

const WORTHLESS = " makes what was leaked worthless.";

function pauseHelps(key: Key): Sentence {
  return isPaused(key) ? [] : [bold(BUTTONS.pause), " keeps it from working at once. "];
}
