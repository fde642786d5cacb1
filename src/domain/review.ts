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

/** Whether others still have to look at it. */
export function isReviewOpen(review: Review | null): boolean {
  return review !== null && !isReviewed(review);
}

/** They were asked: they are again when its day is over, and then once a day. A clock that was set back makes no day longer. */
export function noteAsked(review: Review, at: number): Review {
  const nextDay = at + REVIEW_WITHIN_MS;
  const asksAt = at < review.dueAt ? Math.min(review.dueAt, nextDay) : nextDay;
  return { ...review, asksAt, asked: review.asked + 1 };
}

/** All ids of whoever looks at it, the one that they clicked with first, and who broke it. */
type Looking = { actor: { ids: readonly string[] }; requesterId: string };

/** Why somebody's look counts for nothing: nobody looks at their own, or twice, under whichever of their ids. */
export function whyNotLook(review: Review, { actor, requesterId }: Looking): Refusal | null {
  if (actor.ids.includes(requesterId)) return refused("own_request");
  if (isReviewed(review)) return refused("already_reviewed", { by: reviewersOf(review) });
  return review.by.some(({ reviewerId }) => actor.ids.includes(reviewerId))
    ? refused("reviewed_by_you", { left: REVIEWERS_NEEDED - review.by.length })
    : null;
}

/**
 * Somebody says that they have looked at it.
 * @param review null where there is nothing to look at
 */
export function addLook(
  review: Review | null,
  { at, ...looking }: Looking & { at: number },
): { kind: "reviewed"; review: Review } | Refusal {
  if (review === null) return refused("unknown_request");
  const whyNot = whyNotLook(review, looking);
  if (whyNot) return whyNot;
  const { actor } = looking;
  const by = [...review.by, { reviewerId: actor.ids[0] ?? "", at }];
  return { kind: "reviewed", review: { ...review, by, asksAt: by.length >= REVIEWERS_NEEDED ? null : review.asksAt } };
}

/** Who has looked at it, in their order. */
export function reviewersOf({ by }: Review): string[] {
  return by.map(({ reviewerId }) => reviewerId);
}
