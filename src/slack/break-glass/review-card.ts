import type { Key } from "../../domain/key";
import { brokenGlassLasts, grantedAccess, isIn, type Request } from "../../domain/request";
import { isReviewed, REVIEWERS_NEEDED, type Review, reviewersOf } from "../../domain/review";
import { buttonsOf } from "../approvals-card/buttons";
import { outcomeOf } from "../approvals-card/outcome";
import { accessLine } from "../approvals-card/view";
import { accessOn } from "../blocks/access";
import type { ButtonSpec } from "../blocks/button";
import { type Message, message } from "../blocks/message";
import { ACTIONS } from "../ids";
import { durationWords } from "../words/duration";
import { BUTTONS } from "../words/labels";
import { bold, channel, code, type Sentence, time, user, usersNamed } from "../words/sentence";

/** A broken glass, as everybody reads it where it is told: who took what and why, what became of it, and who has reviewed it. */
export function reviewCard({ request, key }: { request: Request; key: Key | null }, review: Review): Message {
  const { reason, reference, asked } = request;
  const outcome = outcomeOf(request, key);
  return message({
    lines: [
      ["🚨 ", ...brokenBy(request)],
      ...(reason === null ? [] : [{ quote: reason }]),
      [...accessLine(request), ...(isIn(request, "withdrawn") ? [] : lastsWords(request, key))],
      ...(outcome === null ? [] : [outcome.line]),
      reviewLine(review),
    ],
    small: [[`endpoint ${asked.endpoint} · glass broken `, time(request.askedAt), " · ref ", code(reference)]],
    buttons: [...(isReviewed(review) ? [] : [reviewButton(request)]), ...buttonsOf(request, key)],
  });
}

/** What whoever may review it reads in their DM. */
export function reviewQuestion(request: Request, review: Review, isLate: boolean): Message {
  const { asked, reason, reference } = request;
  const left = REVIEWERS_NEEDED - review.by.length;
  const people = left === 1 ? "one more person has to" : `${left} people have to`;
  return message({
    lines: [
      [
        isLate ? "⏰ Not reviewed yet: " : "🚨 ",
        ...brokenBy(request),
        ": ",
        bold(asked.keyName),
        ` · ${accessOn(grantedAccess(request))}`,
        ...lastsWords(request, null),
      ],
      ...(reason === null ? [] : [{ quote: reason }]),
      [
        "Ask them what it was for, look at what the key is used for, then press ",
        bold(BUTTONS.review),
        `: ${people}, by `,
        time(review.dueAt),
        ". Its card is in ",
        channel(review.channelId),
        ".",
      ],
    ],
    small: [["ref ", code(reference)]],
    buttons: [reviewButton(request)],
  });
}

/** "*Break glass*: @dana took an Editor key without an approval". */
function brokenBy(request: Request): Sentence {
  const { permission } = grantedAccess(request);
  const article = permission === "ReadOnly" ? "a" : "an";
  return [
    bold("Break glass"),
    ": ",
    user(request.requesterId),
    ` took ${article} ${permission} key without an approval`,
  ];
}

function lastsWords(request: Request, key: Key | null): Sentence {
  if (key?.end) return [" · until ", time(key.end.at)];
  const lastsMs = brokenGlassLasts(request);
  return lastsMs === null ? [] : [` · for ${durationWords(lastsMs)} from when it is switched on`];
}

function reviewLine(review: Review): Sentence {
  const by = usersNamed(reviewersOf(review));
  if (isReviewed(review)) return [bold("Reviewed"), " by ", ...by];
  const so: Sentence = review.by.length === 0 ? [] : [": ", ...by];
  return [bold("Review"), ` ${review.by.length} of ${REVIEWERS_NEEDED}`, ...so, " · due ", time(review.dueAt)];
}

function reviewButton({ id, asked }: Request): ButtonSpec {
  const spoken = `${BUTTONS.review}: the broken glass for ${asked.keyName}`;
  return { label: BUTTONS.review, actionId: ACTIONS.review, value: id, style: "primary", spoken };
}
