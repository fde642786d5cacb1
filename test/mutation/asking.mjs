import { of } from "./of.mjs";

/** Rules of `src/workflow` about who may do what, looked at afresh, and about what may be asked for. */

const WHO = "test/safety/attacks/who-may.test";
const FORMER = "test/e2e/former-members";
const FRESH = "test/e2e/fresh-look";
const CRAFTED = "test/safety/attacks/crafted";
const APPROVALS = "test/e2e/approvals";
const FORMS = "test/e2e/forms";
const SUBMITS = "test/safety/races/submits";

/** @type {import("./mutations.mjs").Mutation[]} */
export const ASKING = [
  ...of("src/workflow/look.ts", CRAFTED, [
    [
      "a payload of another workspace's is refused",
      "if (!isFromHome(actor, ports.settings.home)) return outsider();",
      "",
      "over socket .*another workspace",
    ],
  ]),
  ...of("src/workflow/look.ts", FRESH, [
    ["nobody is taken for somebody else", " || found.user.id !== userId) return", ") return", "another person"],
    [
      "an approver is a full member",
      'return seen.standing === "member" && seen.isNamed;',
      "return seen.isNamed;",
      "guest by now",
    ],
  ]),
  ...of("src/workflow/look.ts", APPROVALS, [
    [
      "what cannot be checked is refused",
      'found.kind === "unavailable" || isNamed === "unavailable" ||',
      'found.kind === "unavailable" ||',
      "does not answer",
    ],
    ["nobody is their own approver", "ids.delete(userId);", "", "only they themselves"],
  ]),
  ...of("src/workflow/look.ts", FORMER, [
    [
      "only members use anything",
      'return seen.kind === "refused" ? seen : mayUse(seen.standing);',
      'return seen.kind === "refused" ? seen : { kind: "allowed" };',
      "became a guest",
    ],
    ["only members ask", 'return use.kind === "refused" ? use : mayRequest(', "return mayRequest(", "became a guest"],
    [
      "only those named ask",
      "mayRequest(seen.isNamed, ports.settings.requesters)",
      "mayRequest(seen.isNamed, null)",
      "no longer ask gets",
    ],
  ]),
  ...of("src/workflow/cancel.ts", WHO, [
    [
      "a request is cancelled by its requester",
      'if (may.kind === "refused") return may;',
      "",
      "another member may not Cancel request",
    ],
  ]),
  ...of("src/workflow/cancel.ts", FORMER, [
    ["a request is cancelled by a member", 'if (member.kind === "refused") return member;', "", "became a guest"],
  ]),
  ...of("src/workflow/create.ts", WHO, [
    [
      "a form is sent by who may ask",
      'if (allowed.kind === "refused") return allowed;',
      "",
      "multi-channel guest may not the form for a key",
    ],
  ]),
  ...of("src/workflow/create.ts", "test/e2e/repeats", [
    [
      "another's form shows nothing of theirs",
      "if (request?.requesterId !== requesterId) return null;",
      "if (!request) return null;",
      "over socket .*somebody else's",
    ],
  ]),
  ...of("src/workflow/create.ts", SUBMITS, [
    [
      "a submission makes one request",
      "const earlier = await createdBy(tx, input.viewId, requesterId);\n  if (earlier) return earlier;",
      "",
      "1 bots.*the same form twice, held at conversations.open, both",
    ],
    ["the quota is held in the one write", "if (full) return full;", "", "1 bots.*last free place, both"],
  ]),
  ...of("src/workflow/create.ts", FORMS, [
    [
      "the quota is held",
      "if ((await tx.quotaUse(requesterId)) >= maxKeysPerUser)",
      "if ((await tx.quotaUse(requesterId)) > maxKeysPerUser)",
      "the quota counts",
    ],
    ["few requests wait at a time", ">= MAX_WAITING)", "> 1_000 * MAX_WAITING)", "three requests"],
    [
      "the chosen buckets are held against the fresh list",
      "if (missing.length === 0) return null;",
      "if (missing.length >= 0) return null;",
      "mistakes are said",
    ],
    [
      "without a list no bucket is chosen",
      'if (list.kind === "unavailable")\n    return refused(',
      'if (list.kind === "unavailable") return null;\n  if (list.names.length < 0)\n    return refused(',
      "Tigris not answering",
    ],
    [
      "between 1 and 50 buckets",
      "buckets.names.length === 0 || buckets.names.length > MAX_BUCKETS",
      "buckets.names.length < 0",
      "mistakes are said",
      "the form's reader holds the same limits, and Tigris's roles refuse an empty list",
    ],
    [
      "what is asked for has a reason",
      "if (problem !== null) return",
      "if (problem === null && asksPeople === null) return",
      "an Admin key needs",
      "the form's reader asks the same function first",
    ],
  ]),
  ...of("src/workflow/create.ts", "test/e2e/limits", [
    ["approvers are not flooded", ">= MAX_ASKED_PER_HOUR)", "> 1_000 * MAX_ASKED_PER_HOUR)", "ten requests"],
  ]),
  ...of("src/workflow/create.ts", FRESH, [
    ["somebody else can decide", "if (approvers.length === 0) return noOtherApprover();", "", "only its own requester"],
  ]),
  ...of("src/workflow/create.ts", APPROVALS, [
    ["the approvals channel is fit", 'if (channel.kind === "fit") return null;', "return null;", "channel is archived"],
    [
      "what asks people waits",
      "if (asksPeople) return { kind",
      "if (!asksPeople) return { kind",
      "nobody decides lapses",
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
      'return full ?? { kind: "may" };',
      'return { kind: "may" };',
      "the quota counts",
    ],
  ]),
  ...of("src/workflow/buckets.ts", WHO, [
    [
      "buckets are shown to who may ask",
      'if (allowed.kind === "refused") return allowed;',
      "",
      "multi-channel guest may not the search for buckets",
    ],
  ]),
];
