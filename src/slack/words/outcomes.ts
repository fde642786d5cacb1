import type { DoneData, Outcome } from "../../workflow/outcome";
import { accessOnCard } from "../blocks/access";
import { type WordsByCode, wordsOf } from "./by-code";
import { BUTTONS } from "./labels";
import { stillKnows } from "./left-behind";
import { refusalWords } from "./refusals";
import { bold, code, type Sentence, time, user } from "./sentence";

/** How a verb ended, for the person who asked for it. */
export function outcomeWords(outcome: Outcome): Sentence {
  return outcome.kind === "refused" ? refusalWords(outcome) : wordsOf(DONE, outcome);
}

const DONE: WordsByCode<DoneData> = {
  cancelled: ({ keyName }) => ["You canceled the request for ", bold(keyName), ". No key came of it."],
  approved: ({ keyName, requesterId }) => ["You approved ", bold(keyName), " for ", user(requesterId), "."],
  voted: ({ keyName, requesterId }) => [
    "Your yes to ",
    bold(keyName),
    " for ",
    user(requesterId),
    " counts. Others have to approve it too; the card shows how many.",
  ],
  approved_with_less: ({ keyName, requesterId }) => [
    "You approved ",
    bold(keyName),
    " for ",
    user(requesterId),
    " with less than they asked for.",
  ],
  reminded: ({ keyName }) => ["I remind the approvers of ", bold(keyName), ". You can do this once an hour."],
  denied: ({ keyName, requesterId }) => ["You denied ", bold(keyName), " for ", user(requesterId), "."],
  withdrawn: ({ keyName, isGlass }) => [
    `You withdrew the ${isGlass ? "broken glass" : "approval"} of `,
    bold(keyName),
    ".",
  ],
  revealed: ({ keyName }) => ["The secret of ", bold(keyName), " is in this conversation. Save it now."],
  secret_replaced: ({ keyName }) => [
    "The new secret of ",
    bold(keyName),
    " is in this conversation. The old one has stopped working.",
  ],
  confirmed: ({ keyName }) => ["Noted: you have saved the secret of ", bold(keyName), "."],
  confirmed_paused: ({ keyName }) => [
    "Noted: you have saved the secret of ",
    bold(keyName),
    ". The key is paused, so it works nowhere until somebody presses ",
    bold(BUTTONS.resume),
    ".",
  ],
  switched_on: ({ keyName }) => [bold(keyName), " is on. Tigris may need a minute."],
  paused: ({ keyName }) => [
    "You paused ",
    bold(keyName),
    ": it works nowhere. ",
    bold(BUTTONS.resume),
    " lets it work again.",
  ],
  extended: ({ keyName, at, isHeld }) => [
    bold(keyName),
    " now ends ",
    time(at),
    ".",
    isHeld ? " It stays paused until whoever paused it resumes it." : "",
  ],
  taken_over: ({ keyName, fromId, isPaused }) => [
    bold(keyName),
    " is yours; its card is in our DM. ",
    ...stillKnows(fromId, isPaused),
  ],
  all_left: ({ ownerId, did, count, others }) => [
    `You ${did} ${count === 1 ? "one key" : `${count} keys`} of `,
    user(ownerId),
    ".",
    others === 0 ? "" : ` ${others} more could not be, or not yet: the card shows where they stand.`,
  ],
  did_leave: ({ count }) => [
    `You said that ${count === 1 ? "one person" : `${count} people`} did leave. A card for each follows here, with their keys.`,
  ],
  kept: ({ keyName, until }) => ["Noted: ", bold(keyName), " keeps its secret. I ask again ", time(until), "."],
  access_narrowed: ({ keyName, access }) => [
    bold(keyName),
    ` has ${accessOnCard(access)} now, and no more. Its secret stays. Tigris may need a minute.`,
  ],
  access_widened: ({ keyName, access, endsAt }) => [
    bold(keyName),
    ` has ${accessOnCard(access)} now. Its secret stays. Tigris may need a minute.`,
    ...(endsAt === null ? [] : [" Such keys last less long, so it ends ", time(endsAt), "."]),
  ],
  reviewed: ({ keyName, requesterId, left }) => [
    "You have reviewed the broken glass of ",
    user(requesterId),
    " (",
    bold(keyName),
    ").",
    left === 0 ? " Its review is closed." : " One more person has to.",
  ],
  switched_over: ({ keyName }) => [
    "The old ",
    bold(keyName),
    " is paused, and will be deleted in a day. ",
    bold(BUTTONS.resume),
    " on its card lets it work again.",
  ],
  kept_both: ({ keyName }) => ["You keep both keys: ", bold(keyName), " works on."],
  resumed: ({ keyName }) => [bold(keyName), " works again. Tigris may need a minute."],
  made_deleted: ({ accessKeyId }) => ["You deleted ", code(accessKeyId), ". Programs that used it have lost access."],
  deleted: ({ keyName, accessKeyId }) => [
    "You deleted ",
    bold(keyName),
    " (",
    code(accessKeyId),
    "). Programs that used it have lost access.",
  ],
};
