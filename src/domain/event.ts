/** What can happen to a request or a key. The record of these is what an audit reads: who, what, when, and how it ended. */
export type EventName =
  | "request.created"
  | "request.approved"
  | "request.denied"
  | "request.cancelled"
  | "request.withdrawn"
  | "request.lapsed"
  | "request.requester_gone"
  | "request.not_posted"
  | "request.attempt_failed"
  | "request.given_back"
  | "request.forgotten"
  | "attempt.started"
  | "attempt.answered"
  | "attempt.refused"
  | "attempt.lost"
  | "attempt.searched"
  | "attempt.discarding"
  | "attempt.discarded"
  | "attempt.closed"
  | "attempt.taken_over"
  | "attempt.alerted"
  | "key.posted"
  | "key.confirmed"
  | "key.rotation_started"
  | "key.rotated"
  | "key.rotation_refused"
  | "key.secret_unknown"
  | "key.cover_lost"
  | "key.deletion_started"
  | "key.deletion_held"
  | "key.deletion_lifted"
  | "key.deletion_failed"
  | "key.deleted"
  /** Somebody saw keys that are not theirs: everybody's (`all`), or those of the person in the outcome. */
  | "keys.listed";

export type Event = {
  name: EventName;
  at: number;
  /** A person's id, or who else acted. */
  actorId: string | "policy" | "bot";
  requestId: string | null;
  accessKeyId: string | null;
  /** A short code that says how it went, never what somebody typed and never a secret. */
  outcome: string;
};

const TROUBLE: ReadonlySet<EventName> = new Set([
  "request.not_posted",
  "request.attempt_failed",
  "attempt.refused",
  "attempt.lost",
  "attempt.discarding",
  "attempt.taken_over",
  "attempt.alerted",
  "key.rotation_refused",
  "key.secret_unknown",
  "key.deletion_failed",
]);

/** Whether an event says that something did not go as it should. */
export function isTrouble({ name }: Event): boolean {
  return TROUBLE.has(name);
}
