import type { Key } from "./key";
import type { People } from "./person";
import type { Request } from "./request";

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
  not_requester: { requesters: People };
  not_approver: { approvers: People };
  own_request: Nothing;
  no_other_approver: Nothing;
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
  buckets_unknown: Nothing;
  channel_unfit: { channel: ChannelProblem };
  dm_unavailable: { slackCode: string };
  dm_takes_no_post: { slackCode: string };
  // Where the request stands.
  lapsed: Nothing;
  already_decided: { request: Request };
  already_ended: { request: Request };
  already_made: { request: Request };
  not_approved: { request: Request };
  being_made: { request: Request; tried: "cancel" | "reveal" };
  past_withdrawal: { request: Request };
  approver_lost: { approverId: string };
  policy_changed: Nothing;
  /** A new secret of such a key has to be asked for. */
  secret_needs_approval: { keyName: string };
  already_asked: { keyName: string };
  requester_gone: { requesterId: string };
  // Where the key stands.
  key_rotating: Named;
  key_deletion_held: Named & { byId: string };
  deletion_held: Named & { max: number };
  nothing_held: Nothing;
  own_hold: Nothing;
  /** So many of the deletions that were confirmed are done; Tigris has not confirmed the others yet. */
  held_unconfirmed: { count: number; of: number };
  key_deleting: Named & { byId: string };
  already_deleted: Named & { byId: string | null; at: number };
  older_secret: Named;
  secret_unknown: Named;
  // Where the click or the delivery stands.
  same_click: Named;
  somebody_was_faster: { request: Request | null; key: Key | null };
  delivery_open: Nothing;
  delivery_discarded: Nothing;
  delivery_uncertain: Nothing;
  not_delivered: { isDeleted: boolean };
  lease_lost: Named & { isDeleted: boolean };
  // What Tigris said.
  key_refused: Named & { tigrisCode: string; reference: string };
  key_lost: Named;
  rotation_refused: Named & { tigrisCode: string; reference: string };
  /** `isAskedFor`: its request can be revealed again. */
  rotation_lost: Named & { isAskedFor: boolean };
  deletion_unconfirmed: Named;
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
