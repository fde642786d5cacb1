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
  ["bob", "DM", "The secret of making-calling was not shown for certain, so its key was deleted."],
  ["bob", "DM", "The secret of making-delivering was not shown for certain, so its key was deleted."],
  ["bob", "DM", "The secret of making-discarding was not shown for certain, so its key was deleted."],
  ["dana", "DM", "The old secret of rotating-calling has probably stopped working"],
  ["dana", "DM", "The old secret of rotating-unconfirmed has probably stopped working"],
  ["dana", "DM", "The old secret of rotating-again has probably stopped working"],
  ["dana", "DM", "@ann deleted your key deleting-now (tid_deleting-now000000000000)."],
];

const REVEAL = ["Reveal secret", "Cancel"];
const KEY = ["New secret", "Delete key"];
const AGAIN = ["Ask again"];

/** The card of each request in its requester's DM, as it is drawn now: a line of it, and its buttons. */
export const REQUESTER_CARDS: [keyName: string, text: string, buttons: string[]][] = [
  ["left-waiting", "⏳ Admin key left-waiting is waiting for approval", ["Cancel request"]],
  ["approved-by-policy", "✅ ReadOnly key approved-by-policy is approved", REVEAL],
  ["approved-by-person", "✅ Admin key approved-by-person was approved by @bob 2026-11-24 16:19", REVEAL],
  ["failed-refused", "⚠️ Tigris refused to make it 2026-11-24 13:36 (AccessDenied).", REVEAL],
  ["failed-lost", "⚠️ Tigris gave no clear answer 2026-11-24 13:36 (connection).", REVEAL],
  ["failed-not-delivered", "⚠️ The secret could not be shown 2026-11-24 13:36 (user_not_in_channel).", REVEAL],
  ["failed-interrupted", "⚠️ Making it was interrupted 2026-11-24 13:37. Whatever was made is deleted;", REVEAL],
  ["failed-ambiguous", "⚠️ Making it was interrupted 2026-11-24 15:19, and I can't tell which key", REVEAL],
  ["making-calling", "⚠️ Making it was interrupted 2026-11-25 18:05. Whatever was made is deleted;", REVEAL],
  ["making-delivering", "⚠️ Making it was interrupted 2026-11-25 18:05. Whatever was made is deleted;", REVEAL],
  ["making-searching", "⚠️ Tigris gave no clear answer 2026-11-25 18:05 (connection).", REVEAL],
  ["making-discarding", "⚠️ The secret could not be shown 2026-11-25 18:05 (channel_not_found).", REVEAL],
  ["given-back", "⚠️ Tigris gave no clear answer 2026-11-25 17:55 (connection).", REVEAL],
  ["denied", "Admin key denied was denied by @ann 2026-11-24 12:00. No key was made.", AGAIN],
  ["cancelled", "You cancelled the request for ReadOnly key cancelled 2026-11-24 12:00.", AGAIN],
  ["withdrawn", "The approval of Admin key withdrawn was withdrawn by @bob 2026-11-24 12:00.", AGAIN],
  ["lapsed-undecided", "Nobody decided about Admin key lapsed-undecided until 2026-11-24 07:00", AGAIN],
  ["lapsed-unused", "ReadOnly key lapsed-unused was not used until 2026-11-24 09:00 and has lapsed.", AGAIN],
  ["lapsed-approver-lost", "lapsed 2026-11-24 11:00: @bob is no longer an approver.", AGAIN],
  ["lapsed-policy-changed", "lapsed 2026-11-24 12:00: such keys need a person's approval by now.", AGAIN],
  ["overdue-waiting", "Nobody decided about Admin key overdue-waiting until 2026-11-25 09:05", AGAIN],
  ["overdue-approved", "ReadOnly key overdue-approved was not used until 2026-11-25 09:05", AGAIN],
  ["ended-waiting", "ended-waiting ended 2026-11-24 11:00: you can no longer ask for keys.", []],
  ["ended-approved", "ended-approved ended 2026-11-24 11:00: you can no longer ask for keys.", []],
  ["delivered-to-save", "made 2026-11-24 14:18 · secret not confirmed yet", KEY],
  ["saved-readonly", "made 2026-11-24 14:00 · secret confirmed as saved 2026-11-24 14:00", KEY],
  ["saved-editor", "🔑 saved-editor · Editor · builds, media-archive", KEY],
  ["admin-saved", "🔑 admin-saved · Admin · whole organisation", KEY],
  ["refused-rotation", "secret confirmed as saved 2026-11-24 14:12", KEY],
  ["secret-unknown", "the old secret has probably stopped working and nobody holds the new one.", KEY],
  ["rotating-calling", "the old secret has probably stopped working and nobody holds the new one.", KEY],
  ["rotating-unconfirmed", "the old secret has probably stopped working and nobody holds the new one.", KEY],
  ["rotating-again", "the old secret has probably stopped working and nobody holds the new one.", KEY],
  ["deleting-now", "(tid_deleting-now000000000000) was deleted by @ann 2026-11-25 10:05.", []],
  ["deleting-for-long", "(tid_deleting-for-long0000000) was deleted by @dana 2026-11-25 10:05.", []],
  ["deleted-by-owner", "(tid_deleted-by-owner00000000) was deleted by @dana 2026-11-24 14:21.", []],
  ["deleted-by-approver", "(tid_deleted-by-approver00000) was deleted by @ann 2026-11-24 14:21.", []],
  ["gone", "no longer exists in Tigris; that was noticed 2026-11-24 14:36.", []],
];

/** The same of the cards in the approvals channel, as Ann reads them. */
export const APPROVALS_CARDS: [keyName: string, text: string, buttons: string[]][] = [
  ["left-waiting", "@key-approvers Admin key requested by @dana", ["Approve", "Deny"]],
  ["approved-by-person", "✅ Approved by @bob 2026-11-24 10:19 · not revealed yet", ["Withdraw"]],
  ["admin-saved", "🔑 Approved by @ann 2026-11-24 08:07 · key made 2026-11-24 08:07: tid_admin-saved", []],
  ["denied", "⛔ Denied by @ann 2026-11-24 06:00", []],
  ["owed-denial", "⛔ Denied by @ann 2026-11-25 03:55", []],
  ["withdrawn", "Approved by @ann 2026-11-24 06:00 · withdrawn by @bob 2026-11-24 06:00", []],
  ["owed-withdrawal", "withdrawn by @bob 2026-11-25 03:55", []],
  ["lapsed-undecided", "Lapsed 2026-11-24 02:00: nobody decided in time", []],
  ["lapsed-approver-lost", "Approval lapsed 2026-11-24 06:00: its approver is no longer one", []],
  ["overdue-waiting", "Lapsed 2026-11-25 04:05: nobody decided in time", []],
  ["ended-waiting", "Ended 2026-11-24 06:00: the requester can no longer ask for keys", []],
  ["ended-approved", "Ended 2026-11-24 06:00: the requester can no longer ask for keys", []],
];

const HELP = "asks for a key. You get its secret in your DM with me.";

/** Each payload of that version, what its sender then reads, and the state that something is in afterwards. */
export const SENT: [payload: string, reads: string, holds: string | null][] = [
  ["command list", "delivered-to-save · ReadOnly · all buckets", null],
  ["command list all", "of-bob · ReadOnly · all buckets · @bob", null],
  ["command list @dana", "Live keys of @dana, newest first", null],
  ["older keys, own", "to-rotate · ReadOnly · all buckets", null],
  ["newer keys, own", "delivered-to-save · ReadOnly · all buckets", null],
  ["older keys, everybody's", "to-rotate · ReadOnly · all buckets · @dana", null],
  ["newer keys, everybody's", "of-bob · ReadOnly · all buckets · @bob", null],
  ["older keys, somebody's", "to-rotate · ReadOnly · all buckets · @dana", null],
  ["newer keys, somebody's", "Live keys of @dana, newest first", null],
  ["command", HELP, null],
  ["command help", HELP, null],
  ["command crate x", "I don't know crate. Did you mean /tigris-key create?", null],
  ["command create from-command", "Key name: from-command", null],
  ["command delete", "This can't be undone.", null],
  ["help: Create a key", "Permission: ReadOnly", null],
  ["help: List my keys", "Your live keys: none. Ask for one with /tigris-key create.", null],
  ["help: Delete a key", "There is no key that you could delete.", null],
  ["approve as its requester", "You asked for this key, so somebody else has to decide.", "request to-approve pending"],
  ["approve", "You approved to-approve for @dana.", "request to-approve approved"],
  ["deny", "Admin key to-deny, asked for by @eve", "request to-deny pending"],
  ["send the denial", "You denied to-deny for @eve.", "request to-deny denied"],
  ["withdraw", "You withdrew the approval of to-withdraw.", "request to-withdraw withdrawn"],
  ["cancel", "You cancelled the request for to-cancel-waiting.", "request to-cancel-waiting cancelled"],
  [
    "cancel an approved one",
    "You cancelled the request for to-cancel-approved.",
    "request to-cancel-approved cancelled",
  ],
  ["ask again", "Key name: denied", null],
  ["reveal", "Your secret for to-reveal. It cannot be shown again", "key to-reveal live"],
  ["new secret", "Your secret for to-rotate. It cannot be shown again", "key to-rotate live"],
  ["saved, of a rotation that was cut off", "I can't tell whether this secret of rotating-unconfirmed works.", null],
  ["saved, of an older secret", "This secret of admin-saved no longer works: a newer one was asked for.", null],
  ["delete, of an older secret", "This secret of admin-saved no longer works", "key admin-saved live"],
  ["saved", "made 2026-11-24 14:18 · secret confirmed as saved 2026-11-25 10:05", "key delivered-to-save live"],
  ["delete a delivered one", "You deleted delivered-to-delete", "key delivered-to-delete deleted"],
  ["delete", "You deleted to-delete-card", "key to-delete-card deleted"],
  ["delete, in a list", "You deleted to-delete-listed", "key to-delete-listed deleted"],
  ["choose a key", "Your key, made 2026-11-24 14:05 · ID tid_to-delete-form", "key to-delete-form live"],
  ["send the deletion", "You deleted to-delete-form", "key to-delete-form deleted"],
  ["send the deletion of another's", "You deleted to-delete-of-dana", "key to-delete-of-dana deleted"],
  ["choose Admin", "Key name: sent-buckets", null],
  ["choose all buckets", "Buckets: All buckets", null],
  ["create with buckets", "Your ReadOnly key sent-buckets is approved.", "request sent-buckets approved"],
  ["create with all buckets", "Your ReadOnly key sent-all is approved.", "request sent-all approved"],
  ["create Admin", "Your request for Admin key sent-admin (ref ", "request sent-admin pending"],
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

/** The keys that the start deletes: nobody can have their secrets, or their deletion was decided. */
export const DELETED = [
  UNHEARD,
  "tid_deleting-for-long0000000",
  "tid_deleting-now000000000000",
  "tid_making-delivering0000000",
  "tid_making-discarding0000000",
];
