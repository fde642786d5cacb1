/** Where a message of ours stands in Slack. */
export type CardPlace = { channelId: string; ts: string };

/** A card of a request: in its requester's DM, or in the approvals channel. */
export type CardKind = "requester" | "approvals";

/** Words that are a sentence already, as JSON: an answer that found no other place, or of a version that kept sentences. */
type Written = { sentence: readonly unknown[] };

/** What one person is told in their DM with the bot, by its code. */
export type NoticeData = {
  approved: { keyName: string; reference: string; approverId: string };
  denied: { keyName: string; reference: string; approverId: string; reason: string };
  withdrawn: { keyName: string; reference: string; approverId: string };
  lapsed: { keyName: string; why: "undecided" | "unused" };
  /** For the approver of what ended with its requester. */
  requester_gone: { keyName: string; requesterId: string };
  not_delivered: { keyName: string; reference: string };
  ambiguous: { keyName: string; reference: string };
  rotation_lost: { keyName: string; isAskedFor: boolean };
  deleted_by_other: { keyName: string; accessKeyId: string; byId: string };
  /** Approvers can't read of a request: `slackCode` says why. */
  not_posted: { keyName: string; reference: string; channelId: string; slackCode: string };
  written: Written;
};

/** A line under the approvals card. */
export type NoteData = {
  /** `isLast`: more within the hour are not told. */
  new_secret: { keyName: string; ownerId: string; isLast: boolean };
  written: Written;
};

/** What the approvals channel is told, since a person has to look after it. */
export type AlertData = {
  deletion_failing: { tigrisName: string | null; accessKeyId: string | null };
  made_too_late: { accessKeyId: string };
  search_unanswered: { tigrisName: string };
  search_unproven: { tigrisName: string };
  search_ambiguous: { keys: readonly { name: string; accessKeyId: string }[] };
  left_to_people: { tigrisName: string; accessKeyId: string | null };
  written: Written;
};

type Coded<Data> = { [Code in keyof Data]: { code: Code; about: Data[Code] } }[keyof Data];
export type Notice = Coded<NoticeData>;
export type Note = Coded<NoteData>;
export type Alert = Coded<AlertData>;

/**
 * A message that is owed to somebody. It is written in the transaction of the change that it tells about, and sent after
 * it; it may be sent twice, so nothing depends on how often it arrives. None ever holds a secret.
 */
export type OutboxMessage =
  /** Draws the requester's card from the record, or draws it again. */
  | { kind: "requester_card"; requestId: string }
  | { kind: "approvals_card"; requestId: string }
  /** Draws a copy of a card, which somebody clicked although it was out of date. */
  | { kind: "card_copy"; card: CardKind; requestId: string; place: CardPlace }
  | { kind: "notice"; userId: string; notice: Notice }
  | { kind: "approvals_note"; requestId: string; note: Note }
  | { kind: "alert"; alert: Alert }
  /** Tells the approvals channel which keys of others somebody has deleted since then, gathered for a while. */
  | { kind: "deletions"; byId: string; since: number }
  /** Asks the approvals channel about the deletions of somebody that wait for somebody else. */
  | { kind: "held_deletions"; byId: string };

/** Why a message was not even tried: there is no card yet that it belongs under, or the approvals channel is unfit. */
export type SenderCode = "no_card_yet" | "approvals_channel_unfit";

/**
 * How sending one message ended. `later` is tried again; `never` can't succeed any more.
 * `isPosted`: it was a new message, not the change of one, so its place takes posts.
 */
export type Sent =
  | { kind: "sent"; isPosted: boolean }
  | { kind: "later"; code: string; afterMs: number | null }
  | { kind: "never"; code: string };

/** What goes to the approvals channel. */
export const TO_APPROVERS: ReadonlySet<OutboxMessage["kind"]> = new Set([
  "approvals_card",
  "approvals_note",
  "alert",
  "deletions",
  "held_deletions",
]);
