import type { Alert, AlertData, Note, NoteData, Notice, NoticeData } from "../../workflow/outbox-message";
import { type WordsByCode, wordsOf } from "./by-code";
import { CREATE } from "./command";
import { BUTTONS, USES } from "./labels";
import { SECRET_THERE, saysThatLeaks } from "./leaks";
import { stillKnows } from "./left-behind";
import { refusalWords } from "./refusals";
import { whyAgain } from "./ruling";
import { bold, channel, code, joined, type Part, type Sentence, time, user, usersNamed } from "./sentence";
import { sentenceFromJson } from "./sentence-json";
import { whyNoPost } from "./slack-said";
import { tellOperator } from "./tigris-said";

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

const _ref = (reference: string): Part[] => [" (ref ", code(reference), ")"];

const APPROVED = {
  key: " approved ",
  secret: " approved a new secret of ",
  resume: " approved the resume of ",
  extend: " approved the extension of ",
  takeover: " approved the takeover of ",
  access: " approved the wider access of ",
} as const;

const NOTICES: WordsByCode<NoticeData> = {
  approved: ({ keyName, approverIds, kind, isBack }) => [
    ...usersNamed(approverIds),
    APPROVED[kind],
    bold(keyName),
    ...(isBack ? [": you can switch it on with the secret that you have."] : [": press ", bold(USES[kind]), "."]),
  ],
  waits_again: ({ keyName, why, hasKey }) => [
    ...whyAgain(why),
    ", so ",
    bold(keyName),
    " waits for approval again.",
    ...(hasKey ? [" Its key stays off until then."] : []),
  ],
  denied: ({ keyName, approverId, reason }) => [user(approverId), " denied ", bold(keyName), ": “", reason, "”"],
  withdrawn: ({ keyName, approverId }) => [
    user(approverId),
    " withdrew the approval of ",
    bold(keyName),
    ". Its card says what holds now.",
  ],
  lapsed: ({ keyName, why }) =>
    why === "undecided"
      ? ["Nobody decided about ", bold(keyName), " in time, so the request has lapsed. You can ask again."]
      : ["The approval of ", bold(keyName), " was not used in time and has lapsed. You can ask again."],
  requester_gone: ({ keyName, requesterId }) => [
    user(requesterId),
    " can no longer ask for keys, so your approval of ",
    bold(keyName),
    " has ended. No key came of it.",
  ],
  not_delivered: ({ keyName }) => [
    "I was interrupted while making ",
    bold(keyName),
    ". If a key was made, it opens nothing, and I delete it. Press ",
    bold(BUTTONS.reveal),
    " again.",
  ],
  not_confirmed: (about) => refusalWords({ kind: "refused", code: "not_confirmed", about }),
  still_off: ({ keyName, lapsesAt, isLast }) => [
    bold(keyName),
    isLast ? " is still off and is deleted " : " is still off: it opens none of your buckets. It is deleted ",
    time(lapsesAt),
    ". Have you saved its secret?",
  ],
  switch_expired: ({ keyName }) => [
    "Tigris never said whether ",
    bold(keyName),
    " is on, so I paused it. The approvers know; one of them can resume or delete it.",
  ],
  paused_by_other: ({ keyName, byId }) => [
    user(byId),
    " paused your key ",
    bold(keyName),
    ". Programs that use it have lost access until an approver resumes it.",
  ],
  ended: ({ keyName }) => [
    "The time of ",
    bold(keyName),
    " is over, so I paused it: programs that use it have lost access. Its card says what you can do.",
  ],
  ends_soon: ({ keyName, at, isFinal }) => [
    bold(keyName),
    " ends ",
    time(at),
    ": then it is paused, and programs that use it lose access. ",
    ...(isFinal
      ? ["It can't be extended: whoever still needs one asks for it with ", CREATE, "."]
      : ["Still needed? Press ", bold(BUTTONS.extend), "."]),
  ],
  end_set: ({ keyName, at, isSooner }) => [
    isSooner ? "The policy lets such keys last less long by now, so " : "The policy gives such keys an end by now: ",
    bold(keyName),
    " ends ",
    time(at),
    ".",
  ],
  followed: ({ keyName, by, at }) => [
    "Your second key for ",
    bold(keyName),
    " is on: ",
    code(by),
    ". The first one is paused ",
    time(at),
    "; once no program uses it any more, press ",
    bold(BUTTONS.switchedOver),
    ".",
  ],
  replaced: ({ keyName }) => [
    "The first key of ",
    bold(keyName),
    " is paused: your second one has its place. It is deleted in a day. If something stopped working, press ",
    bold(BUTTONS.resume),
    ".",
  ],
  overlap_off: ({ keyName, isPaused }) => [
    "No other key takes the place of ",
    bold(keyName),
    " any more, so it is ",
    ...(isPaused ? ["not deleted. ", bold(BUTTONS.resume), " lets it work again."] : ["not paused, and works on."]),
  ],
  resumed_by_other: ({ keyName, byId }) => [user(byId), " resumed your key ", bold(keyName), ". It works again."],
  // Whoever pressed the button would have read the same.
  rotation_lost: (about) => refusalWords({ kind: "refused", code: "rotation_lost", about }),
  deleted_by_other: ({ keyName, byId }) => [
    user(byId),
    " deleted your key ",
    bold(keyName),
    ". Programs that used it have lost access.",
  ],
  taken_over: ({ keyName, fromId, isPaused }) => [
    "You took over ",
    bold(keyName),
    ". ",
    ...stillKnows(fromId, isPaused),
  ],
  paused_as_guest: ({ keyName }) => [
    "Slack says that you are a guest by now, so I paused your key ",
    bold(keyName),
    ". A full member can take it over.",
  ],
  leak_reported: ({ keyName, accessKeyId, ...leak }) => [
    ...saysThatLeaks(leak),
    " your key ",
    bold(keyName),
    " (",
    code(accessKeyId),
    ").",
    ...(leak.holdsSecret ? [SECRET_THERE] : []),
  ],
  not_posted: ({ keyName, reference, channelId, slackCode }) => [
    "Your request for ",
    bold(keyName),
    " has not reached the approvers: I can't post in ",
    channel(channelId),
    `${whyNoPost(slackCode)}. Until that is mended nobody can decide; `,
    ...tellOperator(reference),
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

const NOT_AS_MADE = {
  has_power: "it opens buckets in Tigris",
  other_name: "it has another name in Tigris",
  other_creator: "Tigris names somebody else as its creator",
} as const;

const ALERTS: WordsByCode<AlertData> = {
  deletion_failing: ({ tigrisName, accessKeyId }) => [
    "I can't delete the access key ",
    bold(tigrisName ?? "(name unknown)"),
    " (",
    code(accessKeyId ?? ID_UNKNOWN),
    ") in Tigris. I go on trying; please look at it in the Tigris Dashboard.",
  ],
  pause_failing: ({ tigrisName, accessKeyId }) => [
    "I can't pause the access key ",
    bold(tigrisName),
    " (",
    code(accessKeyId),
    ") in Tigris, so it may still work. I go on trying; delete it, or look at it in the Tigris Dashboard.",
  ],
  narrowing_failing: ({ tigrisName, accessKeyId }) => [
    "I can't take from the access key ",
    bold(tigrisName),
    " (",
    code(accessKeyId),
    ") in Tigris what it is no longer to open, so it may still open that. I go on trying; pause or delete it, or look at it in the Tigris Dashboard.",
  ],
  left_behind: ({ keys }) => [
    "I lost an answer of Tigris's and can't tell which key it made, so I deleted none. ",
    "Please look at these in the Tigris Dashboard: ",
    ...joined(
      keys.map(({ name, accessKeyId }) => [bold(name), " (", code(accessKeyId ?? ID_UNKNOWN), ")"]),
      ", ",
    ),
    ".",
  ],
  not_deleted: ({ tigrisName, accessKeyId, why }) => [
    "Please pause or delete the access key ",
    bold(tigrisName),
    " (",
    code(accessKeyId),
    `) in the Tigris Dashboard. By my record it works nowhere, but ${NOT_AS_MADE[why]}, so I did not delete it.`,
  ],
  switch_expired: ({ tigrisName, accessKeyId, ownerId }) => [
    "Tigris never said whether the access key ",
    bold(tigrisName),
    " (",
    code(accessKeyId),
    ") of ",
    user(ownerId),
    " is on, so I paused it. Please resume or delete it.",
  ],
  written,
};
