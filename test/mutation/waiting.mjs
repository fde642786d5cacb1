import { of } from "./of.mjs";

/** Rules of requests that wait: who is reminded of them, and what less an approver may give. */

const REMINDERS = "test/domain/reminders";
const REMINDED = "test/e2e/reminders";
const NARROW = "test/domain/narrow";
const LESS = "test/e2e/approve-less";

/** @type {import("./mutations.mjs").Mutation[]} */
export const WAITING = [
  ...of("src/domain/reminders.ts", REMINDERS, [
    ["a short wait has one reminder only", '=== "not_yet" && first < last ? first', '=== "not_yet" ? first'],
    ["there are two reminders at most", 'if (request.state.reminded === "last") return null;'],
    ["nobody is reminded before it is time", "if (next === null || !isDue(next, at, MOST_OPEN_MS)) return null;"],
    [
      "who was away for both is reminded once",
      'isDue(momentsOf(request).last, at, MOST_OPEN_MS) ? "last" : "first"',
      'request.state.reminded === "not_yet" ? "first" : "last"',
    ],
    [
      "a requester has them reminded once an hour",
      "(request.state.askedAgainAt ?? waitsSince(request))",
      "waitsSince(request)",
    ],
    [
      "not within an hour of asking",
      "(request.state.askedAgainAt ?? waitsSince(request))",
      "(request.state.askedAgainAt ?? 0)",
    ],
    [
      "what is remembered from before a clock was set back holds nobody up",
      "isDue(from, at, HOUR_MS) ? null : from",
      "from <= at ? null : from",
    ],
  ]),
  ...of("src/domain/request-steps.ts", REMINDERS, [
    [
      "nobody is reminded of what is over",
      'if (isLate(request, at)) return refused("lapsed");\n  if (!isIn(request, "pending")) return refused("already_decided", { request });\n  const from',
      'if (!isIn(request, "pending")) return refused("already_decided", { request });\n  const from',
    ],
    [
      "nobody is reminded of what is decided",
      'if (!isIn(request, "pending")) return refused("already_decided", { request });\n  const from',
      "const from",
    ],
  ]),
  ...of("src/workflow/remind.ts", REMINDED, [
    [
      "only its requester has the approvers reminded",
      'if (may.kind === "refused") return may;\n  const asked',
      "const asked",
      "nobody else",
    ],
    [
      "a reminder is remembered",
      "...noteReminded(request, due), outcome: due",
      'to: request.state, event: "request.reminded"',
      "once each",
    ],
  ]),
  ...of("src/domain/narrow.ts", NARROW, [
    ["less is no higher permission", "if (rank(access.permission) > rank(asked.permission)) return false;"],
    [
      "less is none but the buckets asked for",
      'access.buckets.kind === "named" && access.buckets.names.every((name) => names.includes(name))',
      'access.buckets.kind === "named"',
    ],
    ["less is something", "count > 0 && "],
    ["no more buckets than a key may name", "count <= MAX_BUCKETS && "],
    ["as much is not less", " && !isWithin(asked, access)"],
    ["no higher permission is offered", "rank(one) <= rank(permission)", "rank(one) >= 0"],
    [
      "of one bucket to read there is no less",
      'permission !== "ReadOnly" || buckets.kind === "all" || buckets.names.length > 1',
      'buckets.kind === "all" || buckets.names.length > 0',
    ],
  ]),
  ...of("src/workflow/approve-less.ts", LESS, [
    [
      "a bucket that is given is there",
      'grantedAccess(found.request).buckets.kind === "all" ? await checkBuckets(ports, click) : null',
      "null",
      "a bucket that is not there",
    ],
  ]),
];
