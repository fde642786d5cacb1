/** What can happen to a request or a key. The record of these is what an audit reads: who, what, when, and how it ended. */
export type EventName =
  | "request.created"
  /** Somebody said yes, and more are needed. */
  | "request.voted"
  | "request.approved"
  /** It was approved, and needs more than it has by now. */
  | "request.waits_again"
  /** Others may decide it too by now. */
  | "request.escalated"
  | "request.denied"
  | "request.cancelled"
  | "request.withdrawn"
  | "request.lapsed"
  | "request.requester_gone"
  | "request.not_posted"
  | "request.given_back"
  /** Its key may be switched on from here on. */
  | "request.used_up"
  | "request.still_off"
  /** Of a request that waits: by the bot (`first`, `last`), or by its requester (`asked`). */
  | "request.reminded"
  | "request.forgotten"
  /** Somebody took a key without an approval; those who look at it afterwards were asked to, looked, and were enough. */
  | "request.glass_broken"
  | "review.asked"
  | "review.looked"
  | "review.closed"
  | "attempt.started"
  | "attempt.answered"
  | "attempt.refused"
  | "attempt.lost"
  | "attempt.searched"
  | "attempt.closed"
  | "attempt.taken_over"
  | "attempt.alerted"
  | "key.posted"
  | "key.delivered"
  | "key.shown"
  | "key.switching_on"
  | "key.on"
  | "key.switch_refused"
  | "key.switch_unanswered"
  | "key.dropped"
  | "key.raised"
  | "key.paused"
  | "key.pause_taken"
  | "key.pause_failed"
  | "key.resuming"
  | "key.resumed"
  | "key.resume_unanswered"
  | "key.switch_expired"
  /** Its time is over; its owner was told of it, before and then; it was given another end, by a click or by another policy. */
  | "key.ended"
  | "key.end_reminded"
  | "key.end_told"
  | "key.extended"
  | "key.end_set"
  /** Another key takes its place, its owner was told so, and it is over; the second key knows it; it was called off. */
  | "key.followed"
  | "key.follows"
  | "key.replaced"
  | "key.overlap_told"
  | "key.overlap_called_off"
  | "key.overlap_over"
  /** Its owner has left: whoever could take it over was told when it goes, they are back, or somebody has taken it over. */
  | "key.leaver_told"
  | "key.leaver_back"
  | "key.taken_over"
  /** Its secret is old: a question is due, was sent or put off; its owner keeps it; nobody answered. */
  | "key.question_due"
  | "key.asked_about"
  | "key.kept"
  | "key.unanswered"
  /** Its access: less and more were asked of Tigris, and what came of that. */
  | "key.narrowing"
  | "key.narrowed"
  | "key.narrowing_failed"
  | "key.widening"
  | "key.widened"
  | "key.widening_refused"
  | "key.widening_unanswered"
  /** Keys that a key has made, each in the outcome: seen in Tigris's list, and asked to go. */
  | "key.made_another"
  | "key.made_deletion"
  | "key.confirmed"
  | "key.rotation_started"
  | "key.rotated"
  | "key.rotation_refused"
  | "key.secret_unknown"
  | "key.cover_lost"
  | "key.deletion_started"
  | "key.deletion_failed"
  | "key.deleted"
  /** Somebody reported a message, named in the outcome by when they did; and each id in it, on record or not. */
  | "leak.reported"
  | "key.leak_reported"
  /** An owner, named in the outcome: seen to be gone, held back with too many others, taken for gone, told of, back. */
  | "leaver.suspected"
  | "leaver.held_back"
  | "leaver.left"
  | "leaver.told"
  | "leaver.back"
  /** Somebody saw keys that are not theirs: everybody's (`all`), or those of the person in the outcome. */
  | "keys.listed"
  /** Somebody had all keys counted. */
  | "keys.reported"
  /** Another policy is in force: by what its file was read and its digest, in the outcome. */
  | "policy.loaded";

export type Event = {
  name: EventName;
  at: number;
  /** A person's id, or who else acted. */
  actorId: string | "policy" | "bot";
  requestId: string | null;
  accessKeyId: string | null;
  /** For the log: the references that people read on cards, by which a line is found. It is not kept with the event. */
  references?: string;
  /** A short code that says how it went, never what somebody typed and never a secret. */
  outcome: string;
};

const TROUBLE: ReadonlySet<EventName> = new Set([
  "request.not_posted",
  "attempt.refused",
  "attempt.lost",
  "attempt.taken_over",
  "attempt.alerted",
  "key.switch_refused",
  "key.switch_unanswered",
  "key.raised",
  "key.pause_failed",
  "key.resume_unanswered",
  "key.switch_expired",
  "key.rotation_refused",
  "key.secret_unknown",
  "key.deletion_failed",
  "key.narrowing_failed",
  "key.widening_refused",
  "key.widening_unanswered",
]);

/** Whether an event says that something did not go as it should. */
export function isTrouble({ name }: Event): boolean {
  return TROUBLE.has(name);
}
