import { DAY_MS } from "./limits";
import { type Refusal, refused } from "./refusal";

/** How many people other than whoever broke the glass look at it afterwards. */
export const REVIEWERS_NEEDED = 2;

/** Within which time they are to, in milliseconds, and how often they are asked again after that. */
export const REVIEW_WITHIN_MS = DAY_MS;

/** Somebody's look at a broken glass. Moments are milliseconds since 1970, UTC. */
type Look = { reviewerId: string; at: number };

/**
 * The review of a broken glass: what others say that they have looked at. `channelId`: where it is told, and closed. `asksAt`:
 * when those who may close it are asked next; null once it is closed. `asked`: how often they were.
 */
export type Review = { channelId: string; by: readonly Look[]; dueAt: number; asksAt: number | null; asked: number };

/** A review as it begins: those who may close it are asked at once. */
export function newReview(channelId: string, at: number): Review {
  return { channelId, by: [], dueAt: at + REVIEW_WITHIN_MS, asksAt: at, asked: 0 };
}

/** Whether as many people as it takes have looked at it. */
export function isReviewed({ by }: Review): boolean {
  return by.length >= REVIEWERS_NEEDED;
}

/** They were asked: they are again when its day is over, and then once a day. */
export function noteAsked(review: Review, at: number): Review {
  const asksAt = at < review.dueAt ? review.dueAt : at + REVIEW_WITHIN_MS;
  return { ...review, asksAt, asked: review.asked + 1 };
}

/**
 * Somebody says that they have looked at it. Nobody does so for their own, or twice under whichever of their ids.
 * @param actor `ids`: all of theirs, the one that they clicked with first
 * @param review null where there is nothing to look at
 */
export function addLook(
  review: Review | null,
  { actor, requesterId, at }: { actor: { ids: readonly string[] }; requesterId: string; at: number },
): { kind: "reviewed"; review: Review } | Refusal {
  if (review === null) return refused("unknown_request");
  if (actor.ids.includes(requesterId)) return refused("own_request");
  if (isReviewed(review)) return refused("already_reviewed", { by: reviewersOf(review) });
  if (review.by.some(({ reviewerId }) => actor.ids.includes(reviewerId)))
    return refused("reviewed_by_you", { left: REVIEWERS_NEEDED - review.by.length });
  const by = [...review.by, { reviewerId: actor.ids[0] ?? "", at }];
  return { kind: "reviewed", review: { ...review, by, asksAt: by.length >= REVIEWERS_NEEDED ? null : review.asksAt } };
}

/** Who has looked at it, in their order. */
export function reviewersOf({ by }: Review): string[] {
  return by.map(({ reviewerId }) => reviewerId);
}
