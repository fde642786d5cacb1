import { shortened, visible } from "../../domain/input-rules";
import { MAX_REPEATED_WORD } from "../../domain/limits";
import type { People } from "../../domain/person";
import type { Refusal, RefusalData } from "../../domain/refusal";
import { type WordsByCode, wordsOf } from "./by-code";
import { channelWords } from "./channel";
import { COMMAND, WORDS } from "./command";
import { keyDeleted, keyDeleting, keyDeletionHeld, keyRotating, whereKeyStands } from "./key-state";
import { BUTTONS } from "./labels";
import { bold, code, group, joined, type Sentence, user } from "./sentence";
import { whatHappened } from "./what-happened";

/** What happened, what it means, what to do. */
export function refusalWords(refusal: Refusal): Sentence {
  return wordsOf(REFUSALS, refusal);
}

const CREATE = code(`${COMMAND} ${WORDS.create}`);
const LIST = code(`${COMMAND} ${WORDS.list}`);
const NOTHING_CHANGED = " Nothing was changed.";

function list({ groups, users }: People): Sentence {
  return joined(
    [...groups.map(group), ...users.map(user)].map((part) => [part]),
    ", ",
  );
}

/** What is said of an id that the record does not know. */
const NOT_THERE = {
  request: ["I don't know this request. Nothing was changed. Use ", LIST, " to see your keys."],
  key: ["I don't know this key. Nothing was changed. Use ", LIST, " to see your keys."],
  delivery: ["Don't use this secret: it was not delivered for certain. The card in our DM shows how to go on."],
} as const satisfies Record<string, Sentence>;

/** What helps where a DM takes no post, by Slack's code. */
function whatOpensDm(slackCode: string): Sentence {
  if (PASSES.test(slackCode)) return ["; please try again in a moment."];
  if (slackCode === "messages_tab_disabled")
    return ["; ask whoever runs this bot to turn on the Messages Tab in the app's settings."];
  return [". Open our DM anew and press again; if that goes on, tell whoever runs this bot."];
}

/** Codes of what passes by itself: Slack is busy, or did not answer. */
const PASSES = /^(?:ratelimited|no_answer|http_\d+|internal_error|fatal_error|service_unavailable|request_timeout)$/;

const REFUSALS: WordsByCode<RefusalData> = {
  // Who asks.
  not_checked: () => ["I couldn't check with Slack whether this is allowed. Nothing was changed; please try again."],
  look_refused: ({ slackCode }) => [
    `Slack doesn't let me check whether this is allowed (Slack said: ${slackCode}).`,
    " Nothing was changed; tell whoever runs this bot.",
  ],
  outsider: () => ["Only members of the workspace that runs this bot can do this. Ask one of them."],
  guest: () => ["Guests can't use Tigris keys. Ask a full member of this workspace to do it for you."],
  bot: () => ["Bots can't use Tigris keys. A person has to do this."],
  deactivated: () => ["Your account isn't active in this workspace. Ask one of its administrators."],
  not_requester: ({ requesters }) => ["Only ", ...list(requesters), " can ask for keys here. Ask one of them."],
  not_approver: ({ approvers }) => ["Only ", ...list(approvers), " can do this.", NOTHING_CHANGED],
  own_request: () => ["You asked for this key, so somebody else has to decide.", NOTHING_CHANGED],
  no_other_approver: () => [
    "Nobody but you could approve this. Ask whoever runs this bot to name another approver, or choose less access.",
  ],
  // The same words as for what is not there: an id tells nobody that it is somebody else's.
  not_yours: ({ of }) => NOT_THERE[of],

  // What it is about.
  unknown_request: () => NOT_THERE.request,
  unknown_key: () => NOT_THERE.key,
  no_such_key: ({ named }) => ["No key of yours is called ", code(shortened(visible(named), MAX_REPEATED_WORD)), "."],
  gone_at_tigris: ({ keyName }) => [bold(keyName), " no longer exists in Tigris. Its card shows that now."],

  // Whether it fits.
  quota: ({ max }) => [
    `You have ${max} keys and open requests, the most that one person may have. Delete one with `,
    LIST,
    " first.",
  ],
  too_many_waiting: ({ max }) => [
    `You have ${max} requests waiting for a decision already. Wait for one, or cancel one in our DM, first.`,
  ],
  too_many_asked: ({ max }) => [
    `You have asked for ${max} approvals within an hour. Nothing was changed; try again later.`,
  ],
  buckets_unknown: () => ["Tigris didn't tell me which buckets there are. Nothing was changed; try again."],
  channel_unfit: ({ channel }) => [...channelWords(channel), " Nothing was changed; tell whoever runs this bot."],
  dm_unavailable: ({ slackCode }) => [
    `I couldn't open a direct message with you (Slack said: ${slackCode}), and that is where keys are handed over. `,
    "Nothing was changed; please try again.",
  ],
  dm_takes_no_post: ({ slackCode }) => [
    "Slack takes no message from me in our DM (",
    code(slackCode),
    "), and that is where a secret is shown. Nothing was made or changed",
    ...whatOpensDm(slackCode),
  ],

  // Where the request stands.
  lapsed: () => ["The time for this is over: the request has lapsed. Ask again with ", CREATE],
  already_decided: ({ request }) => [...whatHappened(request), NOTHING_CHANGED],
  already_ended: ({ request }) => [...whatHappened(request), NOTHING_CHANGED],
  already_made: ({ request }) => [
    ...whatHappened(request),
    ` If its secret did not show up, press ${BUTTONS.newSecret} on ${request.asked.kind === "key" ? "its" : "the key's"} card.`,
  ],
  not_approved: ({ request }) => [...whatHappened(request), NOTHING_CHANGED],
  being_made: ({ request, tried }) => [
    ...whatHappened(request),
    tried === "cancel" ? " Wait a moment; you can delete it then." : " Its secret appears here in a moment.",
  ],
  past_withdrawal: ({ request }) => [
    ...whatHappened(request),
    " It can no longer be withdrawn; delete the key instead.",
  ],
  approver_lost: ({ approverId }) => [
    user(approverId),
    " is no longer an approver, so the approval has lapsed. Ask again.",
  ],
  secret_needs_approval: ({ keyName }) => [
    "A new secret of ",
    bold(keyName),
    ` needs an approval by now. Nothing was changed; press ${BUTTONS.newSecret} once more to ask for it.`,
  ],
  already_asked: ({ keyName }) => [
    "A new secret of ",
    bold(keyName),
    " is asked for already. Its card in our DM shows how that stands.",
  ],
  policy_changed: () => ["Such keys need an approval by now, so this one has lapsed. Ask again."],
  requester_gone: ({ requesterId }) => [user(requesterId), " can no longer ask for keys, so this request has ended."],

  // Where the key stands.
  key_rotating: keyRotating,
  key_deletion_held: keyDeletionHeld,
  key_deleting: keyDeleting,
  deletion_held: ({ keyName, max }) => [
    `You have deleted ${max} keys of others within an hour. From now on `,
    bold(keyName),
    " gives nobody a new secret, and it goes once another approver says so in the approvals channel.",
  ],
  nothing_held: () => ["No deletion waits there any more. Nothing was changed."],
  held_unconfirmed: ({ count, of }) => [
    `${count} of ${of} keys are deleted; Tigris has not confirmed the others yet. I go on trying; their cards show when it is done.`,
  ],
  own_hold: () => ["You wanted these keys to go, so somebody else has to say so too.", NOTHING_CHANGED],
  already_deleted: keyDeleted,
  older_secret: ({ keyName }) => [
    "This secret of ",
    bold(keyName),
    " no longer works: a newer one was asked for. Its card in our DM shows where the key stands.",
  ],
  secret_unknown: ({ keyName }) => [
    "I can't tell whether this secret of ",
    bold(keyName),
    " works. Press ",
    bold(BUTTONS.newSecret),
    " on its card in our DM to get one that does.",
  ],

  // Where the click or the delivery stands.
  same_click: ({ keyName }) => ["This click was taken already. The card of ", bold(keyName), " shows how it went."],
  somebody_was_faster: ({ request, key }) => {
    const holds = key ? whereKeyStands(key) : request ? whatHappened(request) : null;
    return ["Somebody was faster. ", ...(holds ?? ["Nothing was changed; please look at the card and try again."])];
  },
  delivery_open: () => ["I'm still writing down that you have this secret. Press again in a moment."],
  delivery_discarded: () => [
    "This secret does not work: its key was deleted, since it was not delivered for certain. ",
    "The card in our DM shows how to go on.",
  ],
  delivery_uncertain: () => NOT_THERE.delivery,
  not_delivered: ({ isDeleted }) => [
    isDeleted
      ? "The secret could not be shown, so its key is deleted. If a secret did appear, it does not work. "
      : "The secret could not be shown, so its key is being deleted. If a secret did appear, don't use it. ",
    "The card in our DM shows how to go on.",
  ],
  lease_lost: ({ keyName, isDeleted }) => [
    "Making ",
    bold(keyName),
    ` took too long, so its key is ${isDeleted ? "" : "being "}deleted. If a secret did appear, don't use it. `,
    `Its card shows when you can press ${BUTTONS.reveal} again.`,
  ],

  // What Tigris said.
  key_refused: ({ keyName, tigrisCode, reference }) => [
    "Tigris refused to make ",
    bold(keyName),
    " (",
    code(tigrisCode),
    "). Your request is kept; tell whoever runs this bot (ref ",
    code(reference),
    ").",
  ],
  key_lost: ({ keyName }) => [
    "Tigris gave no clear answer, so I don't know whether the key of ",
    bold(keyName),
    ` was made. I'm looking for it and will delete it if it was. You can press ${BUTTONS.reveal} again.`,
  ],
  rotation_refused: ({ keyName, tigrisCode, reference }) => [
    "Tigris refused to make a new secret for ",
    bold(keyName),
    " (",
    code(tigrisCode),
    "). The old one is unchanged; tell whoever runs this bot (ref ",
    code(reference),
    ").",
  ],
  rotation_lost: ({ keyName, isAskedFor }) => [
    "The old secret of ",
    bold(keyName),
    " has probably stopped working, and nobody holds the new one. Press ",
    isAskedFor ? `${BUTTONS.reveal} on the card of your request` : BUTTONS.newSecret,
    " again, or delete the key.",
  ],
  deletion_unconfirmed: ({ keyName }) => [
    "Tigris has not confirmed yet that ",
    bold(keyName),
    " is deleted. I go on trying; its card shows when it is done.",
  ],
};
