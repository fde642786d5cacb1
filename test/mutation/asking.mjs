import { of } from "./of.mjs";

/** Rules of `src/workflow` about who may do what, looked at afresh, what may be asked for, and who is told what. */

const WHO = "test/safety/attacks/who-may.test";
const FORMER = "test/e2e/former-members";
const FRESH = "test/e2e/fresh-look";
const CRAFTED = "test/safety/attacks/crafted";
const APPROVALS = "test/e2e/approvals";
const FORMS = "test/e2e/forms";
const CREATE = "test/workflow/create.test";
const CHECKS = "test/workflow/create-checks";
const FOLLOW_UP = "test/workflow/follow-up";

/** @type {import("./mutations.mjs").Mutation[]} */
export const ASKING = [
  ...of("src/workflow/check-person.ts", CRAFTED, [
    [
      "a payload of another workspace's is refused",
      "if (isFromHome(actor, home)) return",
      'if (isFromHome(actor, home) || actor.userId !== "") return',
      "over socket .*another workspace",
    ],
  ]),
  ...of("src/workflow/check-person.ts", FRESH, [
    [
      "nobody is taken for somebody else",
      'if (!isAbout(found.user, userId)) return refused("not_checked");',
      "",
      "another person",
    ],
    [
      "an approver is a full member",
      'return checked.standing === "member" && checked.isNamed;',
      "return checked.isNamed;",
      "guest by now",
    ],
  ]),
  ...of("src/workflow/check-person.ts", APPROVALS, [
    ["what cannot be checked is refused", "(missingOf(members) ?? false)", "false", "does not answer"],
    ["nobody is their own approver", "for (const id of exceptIds) others.delete(id);", "", "only they themselves"],
  ]),
  ...of("src/workflow/check-person.ts", FORMER, [
    [
      "only members use anything",
      'return checked.kind === "refused" ? checked : mayUse(checked.standing);',
      'return checked.kind === "refused" ? checked : { kind: "allowed" };',
      "became a guest",
    ],
  ]),
  ...of("src/workflow/check-requester.ts", FORMER, [
    [
      "only members ask",
      'if (use.kind === "refused") return use;\n  if (access === null)',
      "if (access === null)",
      "became a guest",
    ],
    ["only those named ask", 'if (may.kind === "refused") return may;', "", "no longer ask gets"],
  ]),
  ...of("src/workflow/cancel.ts", "test/workflow/cancel", [
    ["a request is cancelled by its requester", 'if (may.kind === "refused") return may;'],
  ]),
  ...of("src/workflow/cancel.ts", FORMER, [
    ["a request is cancelled by a member", 'if (member.kind === "refused") return member;', "", "became a guest"],
  ]),
  ...of("src/workflow/create.ts", "test/e2e/repeats", [
    [
      "another's form shows nothing of theirs",
      "if (request?.requesterId !== requesterId) return null;",
      "if (!request) return null;",
      "over socket .*somebody else's",
    ],
  ]),
  ...of("src/workflow/create.ts", CREATE, [
    [
      "a submission makes one request",
      'if (request) return request.requesterId === requesterId ? NO_CHANGE : refused("unknown_request");',
    ],
    [
      "another's form is refused",
      'return request.requesterId === requesterId ? NO_CHANGE : refused("unknown_request");',
      "return NO_CHANGE;",
    ],
    ["the quota is held in the one write", "if (full) return full;"],
    ["what asks people waits", "if (decidedRules(rules).length > 0) return firstWait(rules, { at, requestTtlMs });"],
    ["who approved is in the record", "events: asksPeople\n", "events: !asksPeople\n"],
  ]),
  ...of("src/domain/quota.ts", CREATE, [
    ["the quota is held", ": taken >= maxKeysPerUser)", ": taken > maxKeysPerUser)"],
    ["few requests wait at a time", "waiting >= MAX_WAITING)", "waiting > MAX_WAITING)"],
    ["approvers are not flooded", "askedInHour >= MAX_ASKED_PER_HOUR)", "askedInHour > MAX_ASKED_PER_HOUR)"],
    ["what asks nobody need not wait", "if (asksPeople && waiting", "if (waiting"],
    ["what asks nobody floods nobody", "if (asksPeople && askedInHour", "if (askedInHour"],
  ]),
  ...of("src/workflow/create.ts", CHECKS, [
    ["a form is sent by who may ask", 'if (allowed.kind === "refused") return allowed;'],
    [
      "the chosen buckets are held against the fresh list",
      "return missing.length === 0 ? null :",
      "return missing.length >= 0 ? null :",
    ],
    [
      "without a list no bucket is chosen",
      'if (list.kind === "unavailable") return refused("buckets_unknown");',
      'if (list.kind === "unavailable") return null;',
    ],
    [
      "between 1 and 50 buckets",
      "buckets.names.length === 0 || buckets.names.length > MAX_BUCKETS",
      "buckets.names.length < 0",
    ],
    [
      "what is asked for has a reason",
      "if (problem !== null) return",
      "if (problem === null && asksPeople === null) return",
    ],
    ["somebody else can decide", 'if ("code" in deciders) return deciders;'],
    ["the approvals channel is fit", 'return channel.kind === "fit" ? null :', "return true ? null :"],
    [
      "a channel of which nobody knows is not fit",
      'if (channel.kind === "unavailable") return refused("not_checked");',
      'if (channel.kind === "unavailable") return null;',
    ],
  ]),
  ...of("src/workflow/open-form.ts", WHO, [
    [
      "the form is for who may ask",
      'if (allowed.kind === "refused") return allowed;',
      "",
      "multi-channel guest may not .*tigris-key create",
    ],
    [
      "a request is asked for again by its requester",
      'return may.kind === "refused" ? may : { kind: "found", request };',
      'return { kind: "found", request };',
      "another member may not Ask again",
    ],
  ]),
  ...of("src/workflow/open-form.ts", FORMS, [
    [
      "the quota is told before the form",
      'return quotaRefusal(use, { maxKeysPerUser, asksPeople: false }) ?? { kind: "may" };',
      'return { kind: "may" };',
      "the quota counts",
    ],
  ]),
  ...of("src/workflow/buckets.ts", WHO, [
    [
      "buckets are shown to who may ask",
      'return breaker.kind === "allowed" ?',
      "return breaker ?",
      "multi-channel guest may not the search for buckets",
    ],
  ]),
  ...of("src/workflow/follow-up.ts", FOLLOW_UP, [
    ...["pending → approved", "pending → denied", "pending → lapsed", "approved → lapsed", "delivered → lapsed"].map(
      (way) => [`a card rings, ${way}`, `"${way}"`, '"made → pending"'],
    ),
    [
      "a card rings whose key another deleted",
      'before.key.state.kind !== "deleting" || state.kind',
      'before.key.state.kind !== "deleted" || state.kind',
    ],
    ["who deleted a key reads it at once", "return byId === null || byId === ownerId ?", "return byId === null ?"],
    [
      "a card rings whose key another paused",
      'if (hold?.kind === "approver") return { code: "paused_by_other"',
      'if (hold?.kind === "bot") return { code: "paused_by_other"',
    ],
    ["of an approval by policy no card rings", "if (approverIds.length === 0) return null;", ""],
    [
      "an approver is told of what ended with its requester",
      'was !== "approved" && was !== "delivered"',
      'was === "approved" || was === "delivered"',
    ],
    ["the card of a key rings where the key came from", "requesterCard(origin, ofKey)", "requesterCard(origin, null)"],
    ["who finds an approval void reads it at once", ' || (state.why !== "undecided" && state.why !== "unused")'],
    [
      "what has not changed draws no card",
      "if (request === null || (before.request?.version === request.version && !isKeyChanged))",
      "if (request === null)",
    ],
    ["a key that changed draws its cards", " && !isKeyChanged)) return", ")) return"],
    ["approvers have the card of what they decide", "...(needsApproval ?", "...(!needsApproval ?"],
    ["a request that has not changed tells nobody", " || before.request.version === request.version"],
    [
      "a key that has not changed rings nowhere",
      " || before.key.version === key.version) return null;\n  const { ownerId, keyName",
      ") return null;\n  const { ownerId, keyName",
    ],
  ]),
];
