import { shortened, visible } from "../../domain/input-rules";
import { MAX_REPEATED_WORD } from "../../domain/limits";
import type { Refusal, RefusalData } from "../../domain/refusal";
import type { Request } from "../../domain/request";
import { type WordsByCode, wordsOf } from "./by-code";
import { channelWords } from "./channel";
import { COMMAND, CREATE, NOTHING_CHANGED, WORDS } from "./command";
import { KEY_REFUSALS } from "./key-refusals";
import { whereKeyStands } from "./key-state";
import { BUTTONS } from "./labels";
import { POLICY_REFUSALS } from "./policy-refusals";
import { bold, code, OPERATOR, people, type Sentence, time, user } from "./sentence";
import { whatOpensConversation, whatOpensDm, whyNoLook } from "./slack-said";
import { whatHappened } from "./what-happened";

/** What happened, what it means, what to do. */
export function refusalWords(refusal: Refusal): Sentence {
  return wordsOf(REFUSALS, refusal);
}

const LIST = code(`${COMMAND} ${WORDS.list}`);

/** What is said of an id that the record does not know. */
const NOT_THERE = {
  request: ["I don't know this request. Nothing was changed. Use ", LIST, " to see your keys."],
  key: ["I don't know this key. Nothing was changed. Use ", LIST, " to see your keys."],
  delivery: ["Don't use this secret: it was not delivered for certain. The card in our DM shows how to go on."],
} as const satisfies Record<string, Sentence>;

/** What was typed is the name of no key that its reader has. */
export function noSuchKey({ named }: RefusalData["no_such_key"]): Sentence {
  return ["No key of yours is called ", bold(shortened(visible(named), MAX_REPEATED_WORD)), "."];
}

function isAccess({ asked }: Request): boolean {
  return asked.kind === "access";
}

const REFUSALS: WordsByCode<RefusalData> = {
  // Who asks.
  not_checked: () => ["I couldn't check with Slack whether this is allowed. Nothing was changed; please try again."],
  look_refused: ({ slackCode }) => [
    "Slack doesn't let me check whether this is allowed, so nothing was changed: ",
    ...whyNoLook(slackCode),
  ],
  outsider: () => ["Only members of the workspace that runs this bot can do this. Ask one of them."],
  guest: () => ["Guests can't use Tigris keys. Ask a full member of this workspace to do it for you."],
  bot: () => ["Bots can't use Tigris keys. A person has to do this."],
  deactivated: () => ["Your account in this workspace is switched off. Ask one of its administrators."],
  not_approver: ({ approvers }) => ["Only ", ...people(approvers), " can do this.", NOTHING_CHANGED],
  own_request: () => ["You asked for this key, so somebody else has to decide.", NOTHING_CHANGED],
  // The same words as for what is not there: an id tells nobody that it is somebody else's.
  not_yours: ({ of }) => NOT_THERE[of],

  // What it is about.
  unknown_request: () => NOT_THERE.request,
  unknown_key: () => NOT_THERE.key,
  no_such_key: (about) => [...noSuchKey(about), " ", LIST, " shows those that you have."],
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
  too_many_reports: ({ max, approvers }) => [
    `I told the approvers of ${max} reports of yours within an hour, so I passed this one on to nobody. Tell one of them: `,
    ...people(approvers),
    ".",
  ],
  buckets_unknown: () => ["Tigris didn't tell me which buckets there are. Nothing was changed; try again."],
  channel_unfit: ({ channel }) => [...channelWords(channel), " Nothing was changed; tell ", OPERATOR, "."],
  dm_unavailable: ({ slackCode }) => [
    "I couldn't open a direct message with you, and that is where keys are handed over. Nothing was changed. ",
    ...whatOpensConversation(slackCode),
  ],
  dm_takes_no_post: ({ slackCode }) => [
    "Slack takes no message from me in our DM, and that is where a secret is shown. Nothing was made or changed",
    ...whatOpensDm(slackCode),
  ],

  // Where the request stands.
  lapsed: () => ["The time for this is over: the request has lapsed. Ask again with ", CREATE, "."],
  reminded_lately: ({ keyName, from }) => [
    "The approvers of ",
    bold(keyName),
    " were asked less than an hour ago.",
    NOTHING_CHANGED,
    " You can have them reminded from ",
    time(from),
    ".",
  ],
  already_decided: ({ request }) => [...whatHappened(request), NOTHING_CHANGED],
  already_ended: ({ request }) => [...whatHappened(request), NOTHING_CHANGED],
  already_made: ({ request }) => [
    ...whatHappened(request),
    ...(isAccess(request)
      ? [NOTHING_CHANGED]
      : [
          " If its secret did not show up, press ",
          bold(BUTTONS.newSecret),
          request.asked.kind === "key" ? " on its card." : " on the key's card.",
        ]),
  ],
  secret_shown: ({ request }) => [
    "A secret of ",
    bold(request.asked.keyName),
    " was made already. If it did not appear, press ",
    bold(BUTTONS.newSecret),
    " on its card.",
  ],
  not_approved: ({ request }) => [...whatHappened(request), NOTHING_CHANGED],
  being_made: ({ request, tried }) => [
    ...whatHappened(request),
    tried === "cancel"
      ? " Wait a moment; you can delete it then."
      : isAccess(request)
        ? " Its card shows in a moment how that went."
        : " Its secret appears here in a moment.",
  ],
  past_withdrawal: ({ request }) =>
    isAccess(request) && request.state.kind === "approved"
      ? [
          "Tigris did not say whether ",
          bold(request.asked.keyName),
          " has its wider access by now, so the approval can't be withdrawn. Pause or delete the key instead.",
        ]
      : [...whatHappened(request), " It can no longer be withdrawn; delete the key instead."],
  not_less: () => [
    "That isn't less than what was asked for. Choose a lower permission or fewer buckets, or press ",
    bold(BUTTONS.approve),
    " on the card.",
    NOTHING_CHANGED,
  ],
  approver_lost: ({ approverId }) => [
    user(approverId),
    " is no longer an approver, so the approval has lapsed. Ask again.",
  ],
  secret_needs_approval: ({ keyName }) => [
    "A new secret of ",
    bold(keyName),
    " needs an approval by now. Nothing was changed; press ",
    bold(BUTTONS.newSecret),
    " once more to ask for it.",
  ],
  already_asked: ({ keyName }) => [
    "Something about ",
    bold(keyName),
    " is asked for already. Its card in our DM shows how that stands.",
  ],
  policy_changed: () => ["Such keys need an approval by now, so this one has lapsed. Ask again."],
  requester_gone: ({ requesterId }) => [user(requesterId), " can no longer ask for keys, so this request has ended."],

  ...POLICY_REFUSALS,
  ...KEY_REFUSALS,

  // Where the click or the delivery stands.
  same_click: ({ keyName }) => [
    "Your click came twice and was done once. The card of ",
    bold(keyName),
    " shows how it went.",
  ],
  somebody_was_faster: ({ request, key }) => {
    const holds = key ? whereKeyStands(key) : request ? whatHappened(request) : null;
    return ["Somebody was faster. ", ...(holds ?? ["Nothing was changed; please look at the card and try again."])];
  },
  delivery_open: () => ["I'm still writing down that you have this secret. Press again in a moment."],
  delivery_uncertain: () => NOT_THERE.delivery,
  not_delivered: ({ keyName }) => [
    "The secret of ",
    bold(keyName),
    " could not be shown, so its key goes; it was never on. Press ",
    bold(BUTTONS.reveal),
    " on its card to try again.",
  ],
  not_confirmed: ({ keyName }) => [
    "I couldn't confirm that the secret of ",
    bold(keyName),
    " appeared. If you have it, press the button below the secret; if not, press ",
    bold(BUTTONS.newSecret),
    " on its card.",
  ],
  held_up: ({ keyName }) => [
    "I was held up for too long, so I did not go on with ",
    bold(keyName),
    ". Its card shows in a moment what holds, and what you can press.",
  ],
  lease_lost: ({ keyName }) => [
    "Making ",
    bold(keyName),
    " took too long. What was made opens nothing, and goes. Press ",
    bold(BUTTONS.reveal),
    " on its card again.",
  ],
};
