import { of } from "./of.mjs";

/** Rules of a broken glass, and of who looks at it. */

const GLASS = "test/workflow/break-glass.test";
const REVIEW = "test/domain/review.test";
const REVIEWING = "test/workflow/review.test";
const REVIEWERS = "test/e2e/reviewers.test";
const BROKEN = "test/e2e/break-glass.test";
const TIMERS = "test/domain/timers.test";

/** @type {import("./mutations.mjs").Mutation[]} */
export const GLASSES = [
  ...of("src/workflow/break-glass.ts", GLASS, [
    ["the form of somebody else breaks nothing", "request.requesterId === requesterId ? NO_CHANGE", "true ? NO_CHANGE"],
    [
      "nobody breaks it anew before the key is on",
      '? refused("glass_is_broken", { keyName: before.asked.keyName }) : null',
      "? null : null",
    ],
    ["it is broken so often in an hour", "askedInHour >= MAX_ASKED_PER_HOUR", "askedInHour > MAX_ASKED_PER_HOUR"],
    ["what is urgent is not kept for later", "Math.min(revealTtlMs, glass.lastsMs)", "revealTtlMs"],
    ["others look at it afterwards", "review = newReview(glass.tellChannelId, at)", "review = null"],
    ["it shows on the approvers' card", "needsApproval: true", "needsApproval: false"],
  ]),
  ...of("src/workflow/break-glass.ts", BROKEN, [
    [
      "nobody gets an Admin key by it",
      'if (form.asked.access.permission === "Admin") return refused("glass_never_admin");',
      "",
      "Admin",
    ],
    ["who is not named breaks nothing", 'if (allowed.kind === "refused") return allowed;', "", "short|Admin"],
  ]),
  ...of("src/workflow/check-glass-breaker.ts", BROKEN, [
    ["only whom the policy names breaks it", "return isNamed\n    ?", "return true\n    ?", "not named|lost the role"],
    ["no guest breaks it", 'if (use.kind === "refused") return use;', "", "not named"],
  ]),
  ...of("src/workflow/check-glass-breaker.ts", "test/e2e/break-glass-review.test", [
    [
      "who can't be looked up breaks nothing",
      'if (typeof isNamed !== "boolean") return isNamed;',
      "",
      "names no members of groups",
    ],
  ]),
  ...of("src/workflow/why-not-use.ts", BROKEN, [
    [
      "who lost the role gets nothing by it",
      'if (breaker.kind === "allowed") return whyNow();',
      "return whyNow();",
      "lost the role",
    ],
    [
      "what a role was lost for ends",
      'if (isTheirRole) await endApproval(ports, request.id, "may_not_break_glass");',
      "if (isTheirRole) {}",
      "lost the role",
    ],
  ]),
  ...of("src/domain/review.ts", REVIEW, [
    ["nobody looks at their own", 'if (actor.ids.includes(requesterId)) return refused("own_request");'],
    ["nobody looks twice under another id", "actor.ids.includes(reviewerId)", "actor.ids[0] === reviewerId"],
    ["two look at it", "export const REVIEWERS_NEEDED = 2;", "export const REVIEWERS_NEEDED = 1;"],
    [
      "nobody looks at what is closed",
      'if (isReviewed(review)) return refused("already_reviewed", { by: reviewersOf(review) });',
    ],
    [
      "what is closed asks nobody",
      "asksAt: by.length >= REVIEWERS_NEEDED ? null : review.asksAt",
      "asksAt: review.asksAt",
    ],
    ["a clock that went back asks nobody again and again", "Math.min(review.dueAt, nextDay)", "review.dueAt"],
    [
      "who did not look is asked again",
      "const nextDay = at + REVIEW_WITHIN_MS;",
      "const nextDay = at + 9 * REVIEW_WITHIN_MS;",
    ],
  ]),
  ...of("src/workflow/review.ts", REVIEWING, [
    [
      "what another bot has asked is not asked again",
      "if (!isDue(review.asksAt, at, MOST_AHEAD_MS.review)) return NO_CHANGE;",
    ],
    [
      "a look leaves its line",
      'isReviewed(review) ? ("review.closed" as const) : ("review.looked" as const)',
      '"review.looked" as const',
    ],
    ["each of them is asked", "tell: userIds.map", "tell: userIds.slice(1).map"],
  ]),
  ...of("src/workflow/review.ts", REVIEWERS, [
    [
      "a group that is gone keeps nobody from being asked",
      'if (missing.some(({ code }) => code !== "look_refused")) return;',
      "if (missing.length > 0) return;",
      "no longer has",
    ],
    ["guests read nothing of it", 'if (use.kind === "refused") return use;', "", "no full member"],
    [
      "who broke it is not asked, by no id",
      "return whyNotLook(review, { actor: look, requesterId: request.requesterId });",
      "return null;",
      "no full member",
    ],
  ]),
  ...of("src/workflow/look-to-decide.ts", REVIEWERS, [
    [
      "who decides after a while reviews at once",
      'kind === "review" ? Number.POSITIVE_INFINITY : ports.clock.now()',
      "ports.clock.now()",
      "after a while",
    ],
  ]),
  ...of("src/workflow/redraw.ts", REVIEWERS, [
    [
      "no card is drawn over another one",
      "if (!isCurrent && facts.isOthersCard) return NO_CHANGE;",
      "",
      "over another",
    ],
  ]),
  ...of("src/slack/clients/outbox-sender.ts", "test/e2e/break-glass-faults.test", [
    [
      "a channel that became shared is told nothing",
      "return request?.review ? channelCannotRead(ports.client, request.review.channelId) : null;",
      "return null;",
      "shared",
    ],
  ]),
  ...of("src/workflow/forget.ts", "test/workflow/forget.test", [
    ["what is to be looked at is not forgotten", "if (isReviewOpen(request.review)) return NO_CHANGE;"],
  ]),
  ...of("src/domain/timers.ts", TIMERS, [
    [
      "nothing counts the time of what is to be looked at",
      'isReviewOpen(request.review) ? [] : timer("forget", endedWithoutKeyAt(request))',
      'timer("forget", endedWithoutKeyAt(request))',
    ],
    ["others are asked in every state", '...timer("review", request.review?.asksAt ?? null)'],
  ]),
];
