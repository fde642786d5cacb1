import type { Asked, BackReason } from "../domain/request";

/** Where a message of ours stands in Slack. */
export type CardPlace = { channelId: string; ts: string };

/** A card of a request: in its requester's DM, in the approvals channel, or where a broken glass is told and looked at. */
export type CardKind = "requester" | "approvals" | "review";

/** Words that are a sentence already, as JSON: an answer that found no other place, or of a version that kept sentences. */
type Written = { sentence: readonly unknown[] };

/** Who says that a message leaks keys, where it is if that is known, and whether it holds a secret too. Its text is kept nowhere. */
export type Leak = { byId: string; messageUrl: string | null; holdsSecret: boolean };

/** What happened to a request or a key without its owner, by its code. The card that shows it rings: it is posted anew. */
export type RingData = {
  /** `isBack`: its key is there already, and its newest secret counts again. */
  approved: { keyName: string; approverIds: readonly string[]; kind: Asked["kind"]; isBack: boolean };
  /** It was approved, and needs more than it has by now. */
  waits_again: { keyName: string; why: BackReason; hasKey: boolean };
  denied: { keyName: string; approverId: string; reason: string };
  lapsed: { keyName: string; why: "undecided" | "unused" };
  /** Its key is off, and goes then. */
  still_off: { keyName: string; lapsesAt: number; isLast: boolean };
  /** What was asked to be switched on got no answer in time, and is paused. */
  switch_expired: { keyName: string };
  paused_by_other: { keyName: string; byId: string };
  /** Its time is over, so it is paused. */
  ended: { keyName: string };
  ends_soon: { keyName: string; at: number; isFinal: boolean };
  /** It had no end, or a later one than the policy allows by now. */
  end_set: { keyName: string; at: number; isSooner: boolean };
  /** Another key takes its place, named by its id: it is paused then. */
  followed: { keyName: string; by: string; at: number };
  /** It is paused, since another key has its place. */
  replaced: { keyName: string };
  /** No key takes its place any more. */
  overlap_off: { keyName: string; isPaused: boolean };
  resumed_by_other: { keyName: string; byId: string };
  not_delivered: { keyName: string };
  /** Nobody knows whether a secret appeared. */
  not_confirmed: { keyName: string };
  rotation_lost: { keyName: string; isAskedFor: boolean };
  deleted_by_other: { keyName: string; byId: string };
  /** It is theirs by now: they took it over from somebody who has left. */
  taken_over: { keyName: string; fromId: string; isPaused: boolean };
  /** Its owner is a guest by now. */
  paused_as_guest: { keyName: string };
};

/** What one person is told in their DM with the bot, by its code. Versions before 5 told beside the card what rings by now. */
export type NoticeData = RingData & {
  withdrawn: { keyName: string; approverId: string };
  /** For the approver of what ended with its requester. */
  requester_gone: { keyName: string; requesterId: string };
  /** Somebody found its id in a message. */
  leak_reported: { keyName: string; accessKeyId: string } & Leak;
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
  pause_failing: { tigrisName: string; accessKeyId: string };
  /** What a key is no longer to open it may still open. */
  narrowing_failing: { tigrisName: string; accessKeyId: string };
  /** Keys under the name of an attempt that was given up, of which none is its own beyond doubt: nobody deletes them. */
  left_behind: { keys: readonly { name: string; accessKeyId: string | null }[] };
  /** A key that was never switched on is not deleted: it has power, or is not what the record says. */
  not_deleted: { tigrisName: string; accessKeyId: string; why: "has_power" | "other_name" | "other_creator" };
  /** Whether its roles were set is not known, so it is paused. */
  switch_expired: { tigrisName: string; accessKeyId: string; ownerId: string };
  written: Written;
};

type Coded<Data> = { [Code in keyof Data]: { code: Code; about: Data[Code] } }[keyof Data];
export type Ring = Coded<RingData>;
export type Notice = Coded<NoticeData>;
export type Note = Coded<NoteData>;
export type Alert = Coded<AlertData>;

/**
 * A message that is owed to somebody. It is written in the transaction of the change that it tells about, and sent after
 * it; it may be sent twice, so nothing depends on how often it arrives. None ever holds a secret.
 */
export type OutboxMessage =
  /**
   * Draws the requester's card from the record, or draws it again. Where it is to ring it is posted anew, once for each `ring`,
   * and the old one shrinks to a line.
   */
  | { kind: "requester_card"; requestId: string; ring?: Ring | undefined }
  | { kind: "approvals_card"; requestId: string }
  /** Tells of a broken glass in the channel that its policy names, or draws that again. */
  | { kind: "review_card"; requestId: string }
  /** Asks somebody in their DM to look at a broken glass. `isLate`: they were asked before, and its day is over. */
  | { kind: "review_question"; requestId: string; userId: string; isLate: boolean }
  /** Draws a copy of a card that is out of date: one that somebody clicked, or one in whose place another one rang. */
  | { kind: "card_copy"; card: CardKind; requestId: string; place: CardPlace }
  | { kind: "notice"; userId: string; notice: Notice }
  | { kind: "approvals_note"; requestId: string; note: Note }
  | { kind: "alert"; alert: Alert }
  /**
   * Tells those who decide of a request that still waits then. `byId`: its requester, or null where the bot does. `why`: it has
   * waited for a while, or has gone back to waiting.
   */
  | { kind: "reminder"; requestId: string; byId: string | null; why: "waits" | "waits_again" }
  /** Tells whoever may decide about a request too by now, by these rules. */
  | { kind: "escalation"; requestId: string; rules: readonly string[] }
  /** Tells the approvals channel which keys a key has made that works no more; none where nobody can say. */
  | {
      kind: "made_keys";
      requestId: string;
      by: { keyName: string; accessKeyId: string };
      keys: readonly { name: string; accessKeyId: string }[];
    }
  /** Tells the approvals channel which ids somebody found in a message, those of no key of ours too. */
  | ({ kind: "leak_report"; accessKeyIds: readonly string[] } & Leak)
  /** Tells the approvals channel which keys of others somebody has deleted since then, gathered for a while. */
  | { kind: "deletions"; byId: string; since: number }
  /** Tells the approvals channel which keys of others somebody has paused since then, gathered for a while. */
  | { kind: "pauses"; byId: string; since: number }
  /** Asks somebody about their keys whose secrets are old, in the first of their mornings after it was owed. */
  | { kind: "old_keys"; userId: string; owedAt: number }
  /** Draws such a message again, where it stands: what it asks was answered, or is asked in another one. */
  | { kind: "old_keys_redraw"; userId: string; place: CardPlace }
  /** Tells the approvals channel about which keys nobody has answered since then, gathered for a day. */
  | { kind: "unanswered"; since: number }
  /** Draws what was told of a leak again, where it stands: one of the keys that it names has changed. */
  | { kind: "leak_redraw"; place: CardPlace }
  /** Tells the approvals channel in what the policy in force differs from the one before it, by their digests; null: from none. */
  | { kind: "policy_changed"; before: string | null; after: string }
  /** Draws the card about the keys of somebody who has left, or is back; where it tells something (`isNews`) it is posted anew. */
  | { kind: "leaver_card"; ownerId: string; isNews: boolean }
  /** Shrinks such a card in whose place another one stands. */
  | { kind: "leaver_moved"; ownerId: string; place: CardPlace }
  /** Asks approvers whether so many people did leave at once. */
  | { kind: "leavers_held_back" }
  /** Draws somebody's App Home again, after something that it shows has changed. */
  | { kind: "app_home"; userId: string };

/** The card of a key rings: it tells its owner what happened to it. */
export function ringOn({ requestId }: { requestId: string }, ring: Ring): [OutboxMessage] {
  return [{ kind: "requester_card", requestId, ring }];
}

/** What tells of a leak: it is remembered where it stands, and drawn again. */
export type LeakMessage =
  | Extract<OutboxMessage, { kind: "leak_report" }>
  | { kind: "notice"; userId: string; notice: LeakNotice };
export type LeakNotice = Extract<Notice, { code: "leak_reported" }>;

/** Why a message was not even tried: there is no card yet that it belongs under, or the approvals channel is unfit. */
export type SenderCode = "no_card_yet" | "approvals_channel_unfit";

/**
 * How sending one message ended. `later` is tried again, as what is `not_yet` due is; `never` can't succeed any more.
 * `isPosted`: it was a new message, not the change of one, so its place takes posts.
 */
export type Sent =
  | { kind: "sent"; isPosted: boolean }
  /** Not its time yet, and nothing is wrong. */
  | { kind: "not_yet"; afterMs: number }
  | { kind: "later"; code: string; afterMs: number | null }
  | { kind: "never"; code: string };

/** What goes to the approvals channel. */
export const TO_APPROVERS: ReadonlySet<OutboxMessage["kind"]> = new Set([
  "approvals_card",
  "approvals_note",
  "reminder",
  "escalation",
  "alert",
  "deletions",
  "pauses",
  "made_keys",
  "leak_report",
  "unanswered",
  "policy_changed",
  "leaver_card",
  "leavers_held_back",
]);

/** What waits for a morning or for the end of a day. */
export const DAILY: ReadonlySet<OutboxMessage["kind"]> = new Set(["old_keys", "unanswered"]);
