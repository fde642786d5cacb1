import type { DoneData, Outcome } from "../../workflow/outcome";
import { type WordsByCode, wordsOf } from "./by-code";
import { refusalWords } from "./refusals";
import { bold, code, type Sentence, user } from "./sentence";

/** How a verb ended, for the person who asked for it. */
export function outcomeWords(outcome: Outcome): Sentence {
  return outcome.kind === "refused" ? refusalWords(outcome) : wordsOf(DONE, outcome);
}

const DONE: WordsByCode<DoneData> = {
  cancelled: ({ keyName }) => ["You cancelled the request for ", bold(keyName), ". Nothing was made."],
  approved: ({ keyName, requesterId }) => ["You approved ", bold(keyName), " for ", user(requesterId), "."],
  denied: ({ keyName, requesterId }) => ["You denied ", bold(keyName), " for ", user(requesterId), "."],
  withdrawn: ({ keyName }) => ["You withdrew the approval of ", bold(keyName), "."],
  revealed: ({ keyName }) => ["The secret of ", bold(keyName), " is in this conversation. Save it now."],
  secret_replaced: ({ keyName }) => [
    "The new secret of ",
    bold(keyName),
    " is in this conversation. The old one has stopped working.",
  ],
  confirmed: ({ keyName }) => ["Noted: you have saved the secret of ", bold(keyName), "."],
  held_deleted: ({ count, byId }) => [
    `You deleted ${count === 1 ? "the key" : `the ${count} keys`} that `,
    user(byId),
    " wanted to go. Programs that used them have lost access.",
  ],
  held_kept: ({ count, byId }) => [
    `${count === 1 ? "The key" : `The ${count} keys`} that `,
    user(byId),
    ` wanted to go ${count === 1 ? "stays" : "stay"}.`,
  ],
  deleted: ({ keyName, accessKeyId }) => [
    "You deleted ",
    bold(keyName),
    " (",
    code(accessKeyId),
    "). Programs that used it have lost access.",
  ],
};
