import { isDue, MOST_AHEAD_MS } from "../domain/due";
import { type Actor, type People, peopleOfAll } from "../domain/person";
import { decidedRules, rulesFor } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { everDecidersOf, type Looked } from "../domain/policy/votes";
import { type Refusal, refused } from "../domain/refusal";
import type { Request } from "../domain/request";
import {
  addLook,
  isReviewed,
  noteAsked,
  REVIEWERS_NEEDED,
  type Review,
  reviewersOf,
  whyNotLook,
} from "../domain/review";
import { mayUse } from "../domain/who-may";
import { type ChangePorts, change, changeAndSay } from "./change";
import { type CheckPorts, lookAtPerson, lookingFor, othersAmong } from "./check-person";
import { requestToDecide } from "./look-to-decide";
import { done, type Outcome } from "./outcome";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

type ReviewPorts = ChangePorts & CheckPorts;

/** Who looks at a broken glass afterwards: whoever looks after all keys, and whoever decides about such keys. */
function lookersAt({ asked }: Request, policy: Policy, approvers: People): People {
  return peopleOfAll([approvers, ...decidedRules(rulesFor(asked.access, policy)).map(everDecidersOf)]);
}

/**
 * Asks all who may look at a broken glass to do so, each in their DM: as soon as it is broken, and again while it has been looked
 * at by too few. Where Slack is busy nobody is asked twice: it comes again.
 */
export async function askForReview(ports: ReviewPorts, requestId: string): Promise<void> {
  const request = await ports.store.read(({ requests }) => requests.find(requestId));
  if (!request?.review || request.review.asksAt === null) return;
  const { policy } = await ports.policy.inForce();
  const lookers = lookersAt(request, policy, ports.settings.approvers);
  const except = [request.requesterId, ...reviewersOf(request.review)];
  const { ids: userIds, missing } = await othersAmong(ports, lookers, except);
  // Whom Slack refuses to name for good can't be told: all others are.
  if (missing.some(({ code }) => code !== "look_refused")) return;
  await change(ports, { about: { requestId }, decide: (recorded, at) => decideAsking(recorded, userIds, at) });
}

/** What is due is asked; what was looked at by enough is not. */
export function decideAsking({ request }: Recorded, userIds: readonly string[], at: number): Step {
  const review = request?.review ?? null;
  if (request === null || review === null || review.asksAt === null) return NO_CHANGE;
  if (!isDue(review.asksAt, at, MOST_AHEAD_MS.review)) return NO_CHANGE;
  const { id, state } = request;
  return step("bot", {
    request: { to: state, review: noteAsked(review, at), event: "review.asked", outcome: `${userIds.length} people` },
    tell: userIds.map((userId) => ({ kind: "review_question", requestId: id, userId, isLate: review.asked > 0 })),
  });
}

/** Why somebody is not asked to look at it, though a list names them: none of their ids may have broken it, or looked at it. */
export async function whyNotAskToReview(
  ports: CheckPorts,
  { request, review, userId }: { request: Request; review: Review; userId: string },
): Promise<Refusal | null> {
  const look = await lookAtPerson(lookingFor("form", ports), userId, []);
  if (look.kind === "refused") return look;
  const use = mayUse(look.standing);
  if (use.kind === "refused") return use;
  return whyNotLook(review, { actor: look, requesterId: request.requesterId });
}

/** Somebody says that they have looked at a broken glass: two others than whoever broke it close its review. */
export async function reviewGlass(ports: ReviewPorts, click: { actor: Actor; requestId: string }): Promise<Outcome> {
  const found = await requestToDecide(ports, click, "review");
  if (found.kind === "refused") return found;
  return changeAndSay(ports, {
    about: { requestId: click.requestId },
    decide: (recorded, at) => decideReview(recorded, { actor: found.actor, at }),
  });
}

/** One look each, and none by whoever broke it. */
export function decideReview({ request }: Recorded, { actor, at }: { actor: Pick<Looked, "ids">; at: number }) {
  if (request === null) return refused("unknown_request");
  const { requesterId, state, asked } = request;
  const looked = addLook(request.review, { actor, requesterId, at });
  if (looked.kind === "refused") return looked;
  const { review } = looked;
  const left = REVIEWERS_NEEDED - review.by.length;
  return step(actor.ids[0] ?? "", {
    request: {
      to: state,
      review,
      event: isReviewed(review) ? ("review.closed" as const) : ("review.looked" as const),
      outcome: `${review.by.length} of ${REVIEWERS_NEEDED}`,
    },
    say: done("reviewed", { keyName: asked.keyName, requesterId, left }),
  });
}
