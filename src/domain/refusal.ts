import type { Sentence } from "./sentence";

/** An ordinary no: what the person reads, and a code for the record. Nothing was changed. */
export type Refusal = { kind: "refused"; code: RefusalCode; sentence: Sentence };

export type RefusalCode =
  | "not_checked"
  | "outsider"
  | "guest"
  | "bot"
  | "deactivated"
  | "not_requester"
  | "not_approver"
  | "own_request"
  | "no_other_approver"
  | "not_yours"
  | "unknown_request"
  | "unknown_key"
  | "quota"
  | "too_many_waiting"
  | "channel_unfit"
  | "dm_closed"
  | "already_decided"
  | "already_ended"
  | "not_waiting"
  | "not_approved"
  | "in_progress"
  | "lapsed"
  | "approver_lost"
  | "requester_gone"
  | "older_secret"
  | "secret_unknown"
  | "already_deleted"
  | "tigris_refused"
  | "tigris_lost"
  | "malformed";

/**
 * @param code what is recorded
 * @param sentence what happened, what it means, what to do
 */
export function refused(code: RefusalCode, ...sentence: Sentence): Refusal {
  return { kind: "refused", code, sentence };
}
