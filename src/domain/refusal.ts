import type { Deleted, Deleting, HoldKind, Key } from "./key";
import type { People } from "./person";
import type { NoRule } from "./policy/alternatives";
import type { BackReason, Request } from "./request";

type Nothing = Record<never, never>;
type Named = { keyName: string };

/** Why the approvals channel can't be posted to. */
export type ChannelProblem = { code: "not_member" | "not_found" | "archived" | "shared"; channelId: string };

/** Every ordinary no, by its code, with what its words need. Where it is said, `slack/words` has the sentence. */
export type RefusalData = {
  // Who asks.
  not_checked: Nothing;
  look_refused: { slackCode: string };
  outsider: Nothing;
  guest: Nothing;
  bot: Nothing;
  deactivated: Nothing;
  /** `rule`: the one by which only they may ask; null where they may ask for nothing at all. */
  not_requester: { requesters: People; rule: string | null };
  not_approver: { approvers: People };
  /** Who can decide instead, rule by rule. */
  not_decider: { deciders: readonly { rule: string; people: People }[] };
  /** By the policy of now it needs nobody's yes, or no rule fits it. */
  nobody_decides: Nothing;
  /** They said yes before: others have to. */
  already_voted: { request: Request };
  own_request: Nothing;
  /** Too few people other than whoever asks can decide by a rule: `count` have to, and `others` could. */
  no_other_approver: { rule: string; people: People; count: number; others: number };
  /** No rule of the policy fits it. */
  no_rule: NoRule;
  /** Reads as if there were no such thing: whose it is, is nobody else's business. The log has the true code. */
  not_yours: { of: "request" | "key" | "delivery" };
  // What it is about.
  unknown_request: Nothing;
  unknown_key: Nothing;
  /** No key that this person may delete is called so, as they typed it. */
  no_such_key: { named: string };
  gone_at_tigris: Named;
  // Whether it fits.
  quota: { max: number };
  too_many_waiting: { max: number };
  too_many_asked: { max: number };
  /** Others were told of so many reports of theirs within the hour. */
  too_many_reports: { max: number; approvers: People };
  buckets_unknown: Nothing;
  channel_unfit: { channel: ChannelProblem };
  dm_unavailable: { slackCode: string };
  dm_takes_no_post: { slackCode: string };
  // Break glass.
  /** The policy has no way in without an approval. */
  no_break_glass: Nothing;
  may_not_break_glass: { who: People };
  glass_never_admin: Nothing;
  /** They have broken the glass already, and its key is not on yet. */
  glass_is_broken: Named;
  already_reviewed: { by: readonly string[] };
  /** They have looked at it already, and so many others have to. */
  reviewed_by_you: { left: number };
  // Where the request stands.
  lapsed: Nothing;
  /** Its requester had the approvers reminded within the hour: they may again from then on. */
  reminded_lately: Named & { from: number };
  already_decided: { request: Request };
  already_ended: { request: Request };
  already_made: { request: Request };
  /** Its secret was shown, as far as anybody knows, and its key is off. */
  secret_shown: { request: Request };
  not_approved: { request: Request };
  being_made: { request: Request; tried: "cancel" | "reveal" };
  past_withdrawal: { request: Request };
  /** No less than what was asked for, or of what can only be given as it is. */
  not_less: { request: Request };
  approver_lost: { approverId: string };
  policy_changed: Nothing;
  /** It was approved, and needs more than it has by now. */
  waits_again: { keyName: string; why: BackReason };
  /** A new secret of such a key has to be asked for. */
  secret_needs_approval: { keyName: string };
  already_asked: { keyName: string };
  requester_gone: { requesterId: string };
  /** What would be given in place of what they asked for is not for them, by a rule. */
  less_not_theirs: { requesterId: string; rule: string };
  // Where the key stands.
  key_off: Named;
  key_switching_on: Named;
  already_on: Named;
  key_paused: Named;
  already_paused: Named;
  /** Tigris has not confirmed it yet; the bot goes on. */
  pause_unconfirmed: Named;
  /** There is no hold on it. */
  not_paused: Named;
  /** Who may lift the hold that keeps it paused. */
  held_by_other: Named & { byId: string; kind: HoldKind };
  /** Its time is over: only another end lets it work again, where it may have one. */
  key_ended: Named & { canExtend: boolean };
  no_end: Named;
  /** Nobody extends it. */
  end_is_final: Named;
  /** Nothing is asked about its secret, or no more. */
  not_asked: Named;
  extension_needs_approval: Named;
  /** The key of a broken glass: none takes its place. */
  no_overlap: Named;
  /** It opens less by now than the key that was asked for in its place. */
  first_opens_less: Named;
  /** A key takes another one's place, or has its own taken, already. */
  overlap_open: Named;
  /** No key takes its place. */
  not_followed: Named;
  /** The key that is to take its place does not work just now. */
  follower_off: Named;
  resume_needs_approval: Named;
  /** They have left no more: their keys stay theirs. */
  owner_is_there: { ownerId: string };
  /** They have left no key that could be taken over. */
  nothing_left: { ownerId: string };
  /** Nobody waits for an approver to say that they did leave. */
  nobody_held_back: Nothing;
  /** Somebody else took it over before. */
  taken_over: Named & { byId: string };
  takeover_needs_approval: Named;
  /** Deleted too many keys of others within the hour: this one is paused instead. */
  deletion_paused: Named & { max: number };
  key_rotating: Named;
  /** Something that gives it power or a secret is on its way, and a second one waits for it. */
  grant_in_flight: Named;
  key_deleting: Named & Pick<Deleting, "byId" | "why">;
  already_deleted: Named & Pick<Deleted, "byId" | "why" | "at">;
  older_secret: Named;
  secret_unknown: Named;
  /** It has that access already, or gets it. */
  access_is_same: Named;
  /** It came by breaking the glass: its access stays as it is. */
  access_is_final: Named;
  /** Something that opens less is on its way, or is watched for what may come after it: what opens more waits. */
  narrowing_open: Named;
  /** Tigris has not confirmed it yet; the bot goes on. */
  narrowing_unconfirmed: Named;
  // Where the click or the delivery stands.
  same_click: Named;
  somebody_was_faster: { request: Request | null; key: Key | null };
  delivery_open: Nothing;
  delivery_uncertain: Nothing;
  not_delivered: Named;
  not_confirmed: Named;
  held_up: Named;
  lease_lost: Named;
  // What Tigris said.
  key_refused: Named & { tigrisCode: string; reference: string };
  key_lost: Named;
  all_buckets_refused: Named;
  switch_refused: Named & { tigrisCode: string; reference: string };
  switch_unanswered: Named;
  /** It may be on by an earlier press, and nobody may press again. */
  switch_over: Named;
  widening_refused: Named & { tigrisCode: string; reference: string };
  widening_unanswered: Named;
  /** Tigris doesn't take all buckets for this permission, so nothing was changed. */
  access_refused_all: Named;
  resume_refused: Named & { tigrisCode: string; reference: string };
  resume_unanswered: Named;
  rotation_refused: Named & { tigrisCode: string; reference: string };
  /** `isAskedFor`: its request can be revealed again. */
  rotation_lost: Named & { isAskedFor: boolean };
  deletion_unconfirmed: Named;
  /** Nobody can say just now whose a key is that another one has made. */
  made_unknown: Nothing;
  made_gone: { accessKeyId: string };
};
export type RefusalCode = keyof RefusalData;

/** A no: what was asked for was not done. `about` is data for its words, never for the log. */
export type Refusal<Code extends RefusalCode = RefusalCode> = {
  [One in Code]: { kind: "refused"; code: One; about: RefusalData[One] };
}[Code];

/** @param about left out where the code says it all */
export function refused<Code extends RefusalCode>(
  code: Code,
  ...[about]: Nothing extends RefusalData[Code] ? [] : [about: RefusalData[Code]]
): Refusal {
  return { kind: "refused", code, about: about ?? {} } as Refusal;
}
