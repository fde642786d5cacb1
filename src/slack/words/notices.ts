import type { Alert, AlertData, Note, NoteData, Notice, NoticeData } from "../../workflow/outbox-message";
import { type WordsByCode, wordsOf } from "./by-code";
import { BUTTONS } from "./labels";
import { refusalWords } from "./refusals";
import { bold, channel, code, joined, type Part, type Sentence, user } from "./sentence";
import { sentenceFromJson } from "./sentence-json";

/** What one person is told in their DM with the bot. */
export function noticeWords(notice: Notice): Sentence {
  return wordsOf(NOTICES, notice);
}

/** A line under the approvals card. */
export function noteWords(note: Note): Sentence {
  return wordsOf(NOTES, note);
}

/** What the approvals channel is told, since a person has to look after it. */
export function alertWords(alert: Alert): Sentence {
  return wordsOf(ALERTS, alert);
}

const written = ({ sentence }: { sentence: readonly unknown[] }): Sentence => sentenceFromJson(sentence);

const ref = (reference: string): Part[] => [" (ref ", code(reference), ")"];

const NOTICES: WordsByCode<NoticeData> = {
  approved: ({ keyName, reference, approverId }) => [
    user(approverId),
    " approved ",
    bold(keyName),
    `. Press ${BUTTONS.reveal} on its card.`,
    ...ref(reference),
  ],
  denied: ({ keyName, reference, approverId, reason }) => [
    user(approverId),
    " denied ",
    bold(keyName),
    ": “",
    reason,
    "”",
    ...ref(reference),
  ],
  withdrawn: ({ keyName, reference, approverId }) => [
    user(approverId),
    " withdrew the approval of ",
    bold(keyName),
    ". Nothing was made.",
    ...ref(reference),
  ],
  lapsed: ({ keyName, why }) =>
    why === "undecided"
      ? ["Nobody decided about ", bold(keyName), " in time, so the request has lapsed. You can ask again."]
      : ["The approval of ", bold(keyName), " was not used in time and has lapsed. You can ask again."],
  requester_gone: ({ keyName, requesterId }) => [
    user(requesterId),
    " can no longer ask for keys, so your approval of ",
    bold(keyName),
    " has ended. Nothing was made.",
  ],
  not_delivered: ({ keyName, reference }) => [
    "The secret of ",
    bold(keyName),
    " was not shown for certain, so its key was deleted. If a secret did appear, it does not work. ",
    "Its card shows how to go on",
    ...ref(reference),
    ".",
  ],
  ambiguous: ({ keyName, reference }) => [
    "I was interrupted while making ",
    bold(keyName),
    ", and asked the approvers to look what became of its key. Its card shows how to go on",
    ...ref(reference),
    ".",
  ],
  // Whoever pressed the button would have read the same.
  rotation_lost: (about) => refusalWords({ kind: "refused", code: "rotation_lost", about }),
  deleted_by_other: ({ keyName, accessKeyId, byId }) => [
    user(byId),
    " deleted your key ",
    bold(keyName),
    " (",
    code(accessKeyId),
    "). Programs that used it have lost access.",
  ],
  not_posted: ({ keyName, reference, channelId, slackCode }) => [
    "Your request for ",
    bold(keyName),
    " has not reached the approvers: I can't post in ",
    channel(channelId),
    " (",
    code(slackCode),
    "). Tell whoever runs this bot; until then nobody can decide",
    ...ref(reference),
    ".",
  ],
  written,
};

const NOTES: WordsByCode<NoteData> = {
  new_secret: ({ keyName, ownerId, isLast }) => [
    user(ownerId),
    " had a new secret made for ",
    bold(keyName),
    isLast ? ". If more are made within the hour, it is not said here." : ".",
  ],
  written,
};

const ID_UNKNOWN = "id unknown";

const ALERTS: WordsByCode<AlertData> = {
  deletion_failing: ({ tigrisName, accessKeyId }) => [
    "I can't delete the access key ",
    bold(tigrisName ?? "(name unknown)"),
    " (",
    code(accessKeyId ?? ID_UNKNOWN),
    ") in Tigris. I go on trying; please look at it in the Tigris Dashboard.",
  ],
  made_too_late: ({ accessKeyId }) => [
    "I could not delete the access key ",
    code(accessKeyId),
    ", which was made too late to be recorded. Please delete it in the Tigris Dashboard.",
  ],
  search_unanswered: ({ tigrisName }) => [
    "Tigris lists no keys for me, so I can't say whether the access key ",
    bold(tigrisName),
    " was made by mistake. I go on looking; please look for it in the Tigris Dashboard.",
  ],
  search_unproven: ({ tigrisName }) => [
    "Tigris's list of keys may leave some out: it does not show those that I know to be there. So I can't say whether the ",
    "access key ",
    bold(tigrisName),
    " was made by mistake. I go on looking; please look for it in the Tigris Dashboard.",
  ],
  search_ambiguous: ({ keys }) => [
    "I lost an answer of Tigris's and can't tell which key it made, so I deleted none. ",
    "Please look at these in the Tigris Dashboard: ",
    ...joined(
      keys.map(({ name, accessKeyId }) => [bold(name), " (", code(accessKeyId), ")"]),
      ", ",
    ),
    ".",
  ],
  left_to_people: ({ tigrisName, accessKeyId }) => [
    "Long ago I was interrupted while making the access key ",
    bold(tigrisName),
    " (",
    code(accessKeyId ?? ID_UNKNOWN),
    "), so I deleted nothing. If it is in the Tigris Dashboard and nobody uses it, please delete it there.",
  ],
  written,
};
