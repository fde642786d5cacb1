import { of } from "./of.mjs";

/** Rules of what gives a paused key its power back: who may, under which approval, and what is believed. */

const CLICKS = "test/workflow/pause-key";
const RESUME = "test/workflow/calls/resume";
const FAULTS = "test/e2e/pause-faults";
const PAUSED = "test/e2e/pause.test";
const WHO = "test/safety/attacks/who-may.test";

/** @type {import("./mutations.mjs").Mutation[]} */
export const RESUMES = [
  ...of("src/workflow/resume-key.ts", CLICKS, [
    ["a repeated Resume asks Tigris once", 'if (click.isRepeated) return refused("same_click", { keyName });'],
    [
      "what is being taken is taken first",
      'if (click.isPauseOpen && liftable(key, { id: actorId, isApprover }).length > 0)\n    return refused("pause_unconfirmed", { keyName });',
    ],
    ["roles that were taken are given back", "givesRoles(key) ?", "!key ?"],
    ["while a hold is left nothing is given", "if (left) {\n", "if (left && at < 0) {\n"],
    [
      "a resume takes an approval that can be used",
      'if (click.spends !== null && !isSpendable) return refused("lapsed");',
    ],
    ["a resume takes no approval that is over", " && !isLate(asking, at);", ";"],
    ["a resume takes the approval that was looked at", "asking && asking.id === click.spends?.id && ", "asking && "],
    ["an approval gives one resume", "...spent,\n    attempt:", "attempt:"],
    [
      "while a hold is left the approval is kept",
      "isSpendable && !left ?",
      "isSpendable ?",
      undefined,
      "what is lifted beside another hold spends nothing: its step leaves it out",
    ],
  ]),
  ...of("src/workflow/resume-key.ts", WHO, [
    ["a key is resumed by who may", 'if (may.kind === "refused") return may;', "", "another member may not Resume"],
  ]),
  ...of("src/workflow/resume-key.ts", "test/e2e/former-members", [
    ["who may not ask gets no power back", 'return own.kind === "refused" ? own : {', "return {", "gets no form"],
  ]),
  ...of("src/workflow/resume-key.ts", PAUSED, [
    [
      "nobody gives power back to who may not ask",
      'return isAboutThem(owner) ? refused("requester_gone", { requesterId: key.ownerId }) : owner;',
      "return may;",
      "an owner who may not ask any more",
    ],
    ["approval is asked for resume", "if (notAllowed) return notAllowed;", "", "a key that needs an approval by now"],
    [
      "an approval that the key had is enough",
      "return ![...used, ...(request ? [request] : [])].some(",
      "return [true].some(",
      "an approver who left",
    ],
  ]),
  ...of("src/domain/request.ts", PAUSED, [
    [
      "policy's yes is no person's",
      " && votesOf(state.approval).length > 0;",
      ";",
      "a key that needs an approval by now",
    ],
  ]),
  ...of("src/workflow/resume-key.ts", "test/e2e/resume-requests", [
    [
      "whoever approved a resume is looked at again",
      "return whyNotUse(ports, { actor: actor.userId === asking.requesterId ? actor : null, request: asking, whyNow });",
      "return null;",
      "an approval by somebody",
    ],
    [
      "a resume that waits for its approval gives nothing",
      "if (asking === null || !isResumable(asking))",
      "if (asking === null)",
      "where policy needs more",
    ],
  ]),
  ...of("src/workflow/calls/resume.ts", RESUME, [
    [
      "only a clear yes ends a pause",
      'return answer.kind === "changed" ? close(held, key) : look(held, key, at);',
      "return close(held, key);",
    ],
    ["only what is resumed is given", 'key.pause.stands === "resuming" && '],
    ["a hold that came meanwhile takes what was given", " && key.pause.holds.length === 0"],
    ["only its very roles are back", " && (!key.pause.areRolesTaken || hasRolesOf(roles, settledAccess(key)))"],
    ["what is inactive does not work", 'status !== "inactive" && '],
    ["a resume without an answer may come late", "key: noteUnanswered(key, at),"],
    ["what was given beside a hold is taken once more", "...takeGivenBack(held, facts, at),"],
    [
      "what comes late to a key that is held again is taken",
      'answer.kind === "changed" ? takeGivenBackLate(recorded, facts, at) : {}',
      "{}",
    ],
    ["a key that goes is not resumed", "key === null || !canBeDeleted(key.state)", "key === null"],
    ["an owner whose key another resumed is told", "tell: resumedRing(key, attempt.actorId),"],
  ]),
  ...of("src/workflow/calls/resume.ts", FAULTS, [
    [
      "a resume gives what is recorded, and no more",
      "tigris.setRoles(keyIdOf(held), settledAccess(held.key))",
      'tigris.setRoles(keyIdOf(held), { permission: "Admin", buckets: { kind: "all" } })',
      "refuses Inactive loses",
    ],
  ]),
];
