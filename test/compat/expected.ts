import { UNHEARD } from "./fixture";

/** What the old bot owed, and what the start leads to: who reads it where, and what. */
export const TOLD: [reader: "dana" | "eve" | "ann" | "bob", channel: "DM" | "approvals", text: string][] = [
  ["eve", "DM", "@ann denied owed-denial: “No *bold* <reason> & `why`”"],
  ["eve", "DM", "@bob withdrew the approval of owed-withdrawal. No key was made."],
  ["eve", "DM", "Plain *text* <!channel> & more, bold, code, @dana, @key-approvers, #general, 2026-11-25 08:30."],
  ["ann", "approvals", "I can't delete the access key deleting-for-long-"],
  ["ann", "approvals", "@dana had a new secret made for admin-saved."],
  ["eve", "DM", "Nobody decided about overdue-waiting in time, so the request has lapsed."],
  ["eve", "DM", "The approval of overdue-approved was not used in time and has lapsed."],
  ["bob", "DM", "I was interrupted while making making-calling."],
  ["bob", "DM", "I was interrupted while making making-delivering."],
  // Keys of that version had their power from the start, so none of them is deleted without being asked.
  [
    "ann",
    "approvals",
    "Please pause or delete the access key making-discarding-6V2NL2EV (tid_making-discarding0000000) in the Tigris Dashboard.",
  ],
  ["dana", "DM", "The old secret of rotating-calling has probably stopped working"],
  ["dana", "DM", "The old secret of rotating-unconfirmed has probably stopped working"],
  ["dana", "DM", "The old secret of rotating-again has probably stopped working"],
  ["dana", "DM", "deleted your key deleting-now."],
];

const REVEAL = ["Show my secret", "Cancel"];
const KEY = ["New secret", "Rotate", "Change access", "Pause", "Delete key"];
const UNCONFIRMED = ["I've saved it", "New secret", "Pause", "Delete key"];
const LOST = ["New secret", "Delete key", "Pause"];
const AGAIN = ["Ask again"];
const CREATE = ["Create again"];

/** The card of each request in its requester's DM, as it is drawn now: a line of it, and its buttons. */
export const REQUESTER_CARDS: [keyName: string, text: string, buttons: string[]][] = [
  ["left-waiting", "⏳ Waiting for @key-approvers · Admin key left-waiting", ["Remind", "Cancel request"]],
  ["approved-by-policy", "✅ Ready · ReadOnly key approved-by-policy for", REVEAL],
  ["approved-by-person", "approved by @bob 2026-11-24 16:19", REVEAL],
  ["failed-refused", "⚠️ Tigris refused to make it 2026-11-24 13:36, since it doesn't allow me to.", REVEAL],
  ["failed-lost", "⚠️ Tigris gave no clear answer 2026-11-24 13:36. If a key was made, it opens nothing", REVEAL],
  ["failed-not-delivered", "⚠️ The secret could not be shown 2026-11-24 13:36. Its key was never on, and goes.", REVEAL],
  ["failed-interrupted", "⚠️ Making it was interrupted 2026-11-24 13:37. If a key was made, it opens nothing", REVEAL],
  ["failed-ambiguous", "⚠️ Making it was interrupted 2026-11-24 15:19, and I can't tell which key", REVEAL],
  ["making-calling", "⚠️ Making it was interrupted 2026-11-25 18:05. If a key was made, it opens nothing", REVEAL],
  ["making-delivering", "⚠️ Making it was interrupted 2026-11-25 18:05. If a key was made, it opens nothing", REVEAL],
  ["making-searching", "⚠️ Making it was interrupted 2026-11-25 18:05. If a key was made, it opens nothing", REVEAL],
  ["making-discarding", "⚠️ Making it was interrupted 2026-11-25 18:05. If a key was made, it opens nothing", REVEAL],
  ["given-back", "⚠️ Tigris gave no clear answer 2026-11-25 17:55. If a key was made, it opens nothing", REVEAL],
  ["denied", "Denied by @ann · Admin key denied", AGAIN],
  ["cancelled", "Canceled by you · ReadOnly key cancelled", AGAIN],
  ["withdrawn", "Withdrawn by @bob · Admin key withdrawn", AGAIN],
  ["lapsed-undecided", "Lapsed · Admin key lapsed-undecided: nobody decided until 2026-11-24 07:00.", AGAIN],
  ["lapsed-unused", "Lapsed · ReadOnly key lapsed-unused: its approval was not used until 2026-11-24 09:00.", AGAIN],
  ["lapsed-approver-lost", "lapsed-approver-lost: @bob is no longer an approver.", AGAIN],
  ["lapsed-policy-changed", "lapsed-policy-changed: such keys need a person's approval by now.", AGAIN],
  ["overdue-waiting", "Lapsed · Admin key overdue-waiting: nobody decided until 2026-11-25 09:05.", AGAIN],
  ["overdue-approved", "ReadOnly key overdue-approved: its approval was not used until 2026-11-25 09:05.", AGAIN],
  ["ended-waiting", "ended-waiting: you can no longer ask for keys.", []],
  ["ended-approved", "ended-approved: you can no longer ask for keys.", []],
  ["delivered-to-save", "made 2026-11-24 14:18 · secret not confirmed yet", UNCONFIRMED],
  ["saved-readonly", "secret saved 2026-11-24 14:00", KEY],
  ["saved-editor", "🔑 On · saved-editor · Editor on builds, media-archive", KEY],
  ["admin-saved", "🔑 On · admin-saved · Admin on the whole organization", UNCONFIRMED],
  ["refused-rotation", "secret saved 2026-11-24 14:12", KEY],
  ["secret-unknown", "⚠️ Nobody holds the secret of secret-unknown.", LOST],
  ["rotating-calling", "⚠️ Nobody holds the secret of rotating-calling.", LOST],
  ["rotating-unconfirmed", "⚠️ Nobody holds the secret of rotating-unconfirmed.", LOST],
  ["rotating-again", "⚠️ Nobody holds the secret of rotating-again.", LOST],
  ["deleting-now", "Deleted by @ann 2026-11-25 10:05 · deleting-now.", CREATE],
  ["deleting-for-long", "Deleted by you 2026-11-25 10:05 · deleting-for-long.", CREATE],
  ["deleted-by-owner", "Deleted by you 2026-11-24 14:21 · deleted-by-owner.", CREATE],
  ["deleted-by-approver", "Deleted by @ann 2026-11-24 14:21 · deleted-by-approver.", CREATE],
  ["gone", "Deleted 2026-11-24 14:36 · gone no longer exists in Tigris", CREATE],
];

/** The same of the cards in the approvals channel, as Ann reads them. */
export const APPROVALS_CARDS: [keyName: string, text: string, buttons: string[]][] = [
  ["left-waiting", "@key-approvers · Admin key for @dana", ["Approve", "Approve with less", "Deny"]],
  ["approved-by-person", "→ Approved by @bob 2026-11-24 10:19 · secret not shown yet", ["Withdraw"]],
  ["admin-saved", "→ On since 2026-11-24 08:07", ["Pause key", "Delete key"]],
  ["denied", "→ Denied by @ann 2026-11-24 06:00", []],
  ["owed-denial", "→ Denied by @ann 2026-11-25 03:55", []],
  ["withdrawn", "→ Withdrawn by @bob 2026-11-24 06:00", []],
  ["owed-withdrawal", "→ Withdrawn by @bob 2026-11-25 03:55", []],
  ["lapsed-undecided", "→ Lapsed 2026-11-24 02:00: nobody decided in time", []],
  ["lapsed-approver-lost", "→ Lapsed 2026-11-24 06:00: its approver is no longer one", []],
  ["overdue-waiting", "Lapsed 2026-11-25 04:05: nobody decided in time", []],
  ["ended-waiting", "→ Lapsed 2026-11-24 06:00: @eve can no longer ask for keys", []],
  ["ended-approved", "→ Lapsed 2026-11-24 06:00: @eve can no longer ask for keys", []],
];

const HELP = "asks for a key. You get its secret in your DM with me.";

/** Each payload of that version, what its sender then reads, and the state that something is in afterwards. */
export const SENT: [payload: string, reads: string, holds: string | null][] = [
  ["command list", "delivered-to-save · ReadOnly · all buckets", null],
  ["command list all", "of-bob · ReadOnly · all buckets · on · 19 hours old · @bob", null],
  ["command list @dana", "15 keys, 1–10 of @dana", null],
  ["older keys, own", "to-rotate · ReadOnly · all buckets", null],
  ["newer keys, own", "delivered-to-save · ReadOnly · all buckets", null],
  ["older keys, everybody's", "to-rotate · ReadOnly · all buckets · on · 20 hours old · @dana", null],
  ["newer keys, everybody's", "of-bob · ReadOnly · all buckets · on · 19 hours old · @bob", null],
  ["older keys, somebody's", "15 keys, 9–15 of @dana", null],
  ["newer keys, somebody's", "15 keys, 1–8 of @dana", null],
  ["command", HELP, null],
  ["command help", HELP, null],
  ["command crate x", "I don't know crate. Did you mean /tigris-key create?", null],
  ["command create from-command", "Key name: from-command", null],
  ["command delete", "This can't be undone; Pause can.", null],
  ["help: Create a key", "Permission: ReadOnly", null],
  ["help: List my keys", "You have no keys.", null],
  ["help: Delete a key", "There is no key that you could delete.", null],
  ["approve as its requester", "You asked for this key, so somebody else has to decide.", "request to-approve pending"],
  ["approve", "You approved to-approve for @dana.", "request to-approve approved"],
  ["deny", "Admin key to-deny, asked for by @eve", "request to-deny pending"],
  ["send the denial", "You denied to-deny for @eve.", "request to-deny denied"],
  ["withdraw", "You withdrew the approval of to-withdraw.", "request to-withdraw withdrawn"],
  ["cancel", "You canceled the request for to-cancel-waiting.", "request to-cancel-waiting cancelled"],
  [
    "cancel an approved one",
    "You canceled the request for to-cancel-approved.",
    "request to-cancel-approved cancelled",
  ],
  ["ask again", "Key name: denied", null],
  ["reveal", "Save this now. It can't be shown again, and to-reveal opens none of your buckets", "key to-reveal off"],
  ["new secret", "Save this now. It can't be shown again. It is the new secret of to-rotate", "key to-rotate live"],
  ["saved, of a rotation that was cut off", "I can't tell whether this secret of rotating-unconfirmed works.", null],
  ["saved, of an older secret", "This secret of admin-saved no longer works: a newer one was asked for.", null],
  ["delete, of an older secret", "This secret of admin-saved no longer works", "key admin-saved live"],
  ["saved", "secret saved 2026-11-25 10:05", "key delivered-to-save live"],
  ["delete a delivered one", "You deleted delivered-to-delete", "key delivered-to-delete deleted"],
  ["delete", "You deleted to-delete-card", "key to-delete-card deleted"],
  ["delete, in a list", "You deleted to-delete-listed", "key to-delete-listed deleted"],
  ["choose a key", "Your key, made 2026-11-24 14:05 · ID tid_to-delete-form", "key to-delete-form live"],
  ["send the deletion", "You deleted to-delete-form", "key to-delete-form deleted"],
  ["send the deletion of another's", "You deleted to-delete-of-dana", "key to-delete-of-dana deleted"],
  ["choose Admin", "Key name: sent-buckets", null],
  ["choose all buckets", "Bucket access: All buckets, new ones included", null],
  [
    "create with buckets",
    "Your request for the ReadOnly key sent-buckets is approved: press",
    "request sent-buckets approved",
  ],
  [
    "create with all buckets",
    "Your request for the ReadOnly key sent-all is approved: press",
    "request sent-all approved",
  ],
  ["create Admin", "Your request for the Admin key sent-admin was sent to", "request sent-admin pending"],
];

/** What somebody types into a select of a form of that version, and what they are offered. */
export const SEARCHED: [payload: string, offered: string[]][] = [
  ["search buckets", ["builds"]],
  ["search keys", ["tid_to-delete-form0000000000"]],
];

/** Of whom the old bot owed the requester a card, or the start leads to one. */
export const OWED = [
  "making-calling",
  "making-delivering",
  "making-searching",
  "making-discarding",
  "given-back",
  "rotating-calling",
  "rotating-unconfirmed",
  "rotating-again",
  "deleting-now",
  "deleting-for-long",
  "overdue-waiting",
  "overdue-approved",
  "owed-denial",
  "owed-withdrawal",
  "admin-saved",
];

/** The keys that the start deletes: their deletion was decided. */
export const DELETED = ["tid_deleting-for-long0000000", "tid_deleting-now000000000000"];

/** Those that nobody may have the secret of, which are left to people: they have power. */
export const LEFT = [UNHEARD, "tid_making-delivering0000000"];
