import { of } from "./of.mjs";

/** Rules about who decides, how many have to, and what waits again. */

const STEPS = "test/domain/vote-steps";
const VOTES = "test/e2e/votes";
const GROUPS = "test/e2e/policy-groups";
const ANEW = "test/store/escalations-anew";
const LOOKS = "test/e2e/policy-looks";
const AGAIN = "test/e2e/waits-again";

/** @type {import("./mutations.mjs").Mutation[]} */
export const VOTING = [
  ...of("src/domain/vote-steps.ts", "test/domain/request-steps", [
    ["too late, nothing is approved", 'if (isLate(request, at)) return refused("lapsed");'],
    ["an approval is for a while", "at + ballot.revealTtlMs", "Number.MAX_SAFE_INTEGER"],
  ]),
  ...of("src/domain/vote-steps.ts", STEPS, [
    [
      "nobody says yes twice",
      "const isGiven = request.state.votes.some(({ approverId }) => actor.ids.includes(approverId));",
      "const isGiven = false;",
    ],
    ["who decides is the rule's to say", "if (may) return may;"],
    ["nothing is narrowed to what no rule fits", 'if (without) return refused("no_rule", without);'],
    [
      "who was not looked at does not count",
      "if (state.votes.some((vote) => !ballot.voters.has(vote.approverId)))",
      "if (state.votes.length < 0)",
    ],
    ["a lost vote is taken off", "[...standing(state.votes, needs, seen), own]", "[...state.votes, own]"],
    ["a request is narrowed", "less ?? state.narrowed;", "state.narrowed;"],
    ["an approval after waiting again is the last one", "isAnew: state.back !== null", "isAnew: false"],
    ["a key that was held is what it was", "return back?.held", "return back?.held && lapsesAt < 0"],
    ["it waits again once", "if (state.approval.isAnew) return", "if (state.approval.isAnew && at < 0) return"],
    ["its key waits with it", "back: { why, at, held }", "back: { why, at, held: null }"],
    ["less has its own while", "rulingOf(rules), escalatesAt }", "rulingOf(rules) }"],
    ["what it was narrowed to stays", "const narrowed = lessAccessOf(request);", "const narrowed = null;"],
  ]),
  ...of("src/domain/policy/votes.ts", STEPS, [
    ["each rule has as many votes as it needs", "votes.length >= need.rule.decide.count", "votes.length > 0"],
    ["a vote counts for whom a rule names", "!voter?.isAmong(need.deciders) ||", "voter === undefined ||"],
    ["nobody counts on their own request", "new Set(seen.requesterIds)", "new Set<string>()"],
    ["a person is counted once", "for (const id of voter.ids) counted.add(id);"],
    ["others decide after a while, not before", "waitedMs >= escalate.afterMs", "waitedMs >= 0"],
  ]),
  ...of("src/workflow/look-to-decide.ts", VOTES, [
    [
      "whoever decides is named by a rule, or looks after all",
      "return refusal ?? { kind",
      "return { kind",
      "another rule may not deny",
    ],
  ]),
  ...of("src/workflow/decide.ts", VOTES, [
    [
      "two at once are looked at again",
      "if (!isOvertaken || tries === MAX_DECISIONS) return decided;",
      "if (tries > 0) return decided;",
      "two who approve at the same moment",
    ],
  ]),
  ...of("src/workflow/check-deciders.ts", VOTES, [
    ["enough others can decide", "return found.others < count ?", "return found.others < 0 ?", "too few others"],
  ]),
  ...of("src/workflow/check-deciders.ts", GROUPS, [
    [
      "a group that is gone is no matter where others are enough",
      "found.others < count ?",
      "found.others < count || !found.isAll ?",
      "beside people",
    ],
    [
      "whoever may decide after a while is enough",
      "isShort && rule.escalate !== null",
      "isShort && ids.length < 0",
      "only member",
    ],
    ["why Slack does not say all is told", "(missingOf(others.missing) ?? refused(", "(refused(", "at the form"],
  ]),
  ...of("src/domain/vote-steps.ts", ANEW, [
    ["whom a rule names by now is told, though others were", "!others.has(name)", 'name !== ""'],
    [
      "what is as it was is left alone",
      "nextAt === escalatesAt && told.length === escalated.length ? null :",
      "nextAt === -1 ? null :",
    ],
  ]),
  ...of("src/workflow/escalate.ts", ANEW, [
    [
      "all that waits is looked at",
      "page.last !== null; page = await next(page.last)",
      "page.last !== null; page = { requests: [], last: null }",
    ],
  ]),
  ...of("src/store/waiting-requests.ts", ANEW, [
    [
      "nothing that waits is passed over",
      'refTuple("asked_at", "id"), ">", tuple(after.askedAt, after.id)',
      'refTuple("asked_at"), ">", tuple(after.askedAt)',
    ],
  ]),
  ...of("src/policy-loading.ts", "test/e2e/policy-reloads", [
    [
      "what waits follows the policy that came in force",
      'await follow(source.policy, decision === "load" ? seen : null);',
      "",
      "named after it was asked for",
    ],
  ]),
  ...of("src/workflow/look-to-decide.ts", LOOKS, [
    [
      "a decision asks about the groups of its own rules",
      "await lookAtActor(ports, actor, near);",
      "await lookAtActor(ports, actor, [...near, ...insiders]);",
      "its own rules",
    ],
    [
      "whoever decides about nothing is looked for everywhere",
      "[...near, ...insiders]);\n}",
      "near);\n}",
      "of a request and of none",
    ],
  ]),
  ...of("src/workflow/check-person.ts", LOOKS, [
    [
      "a group is asked about once in a decision",
      "const answer = answers.get(id) ?? ask(id);",
      "const answer = ask(id);",
      "its own rules",
    ],
  ]),
  ...of("src/workflow/check-requester.ts", LOOKS, [
    [
      "where everybody may ask nobody is asked about",
      "access === null && rules.some(({ ask }) => ask === null)",
      "rules.length === 0",
      "everybody may ask",
    ],
  ]),
  ...of("src/slack/interaction/on-choice.ts", LOOKS, [
    [
      "a choice that comes late is drawn over the one before",
      "choices.get(viewId) ?? {",
      "{",
      "made before another one",
    ],
  ]),
  ...of("src/workflow/end-request.ts", AGAIN, [
    [
      "those who decide are told",
      'tell: [{ kind: "reminder", requestId: request.id, byId: null, why: "waits_again" }],',
      "",
      "before the reveal",
    ],
  ]),
  ...of("src/workflow/why-not-use.ts", AGAIN, [
    ["what no rule fits ends", 'await endApproval(ports, request.id, "no_rule");', "", "a rule that is gone"],
  ]),
];
