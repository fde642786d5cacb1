import { of } from "./of.mjs";

/** Rules of holds and of what takes the power of a key. */

const STEPS = "test/domain/pause-steps";
const CLICKS = "test/workflow/pause-key";
const PAUSE = "test/workflow/calls/pause";
const RESUME = "test/workflow/calls/resume";
const FAULTS = "test/e2e/pause-faults";
const OVERTAKEN = "test/e2e/pause-overtaken";
const PAUSED = "test/e2e/pause.test";
const WHO = "test/safety/attacks/who-may.test";

/** @type {import("./mutations.mjs").Mutation[]} */
export const PAUSES = [
  ...of("src/domain/key.ts", STEPS, [
    [
      "what stands counts as a pause",
      'return pause.holds.length > 0 || pause.stands !== "none";',
      "return pause.holds.length > 0;",
    ],
    [
      "a hold alone is a pause",
      'return pause.holds.length > 0 || pause.stands !== "none";',
      'return pause.stands !== "none";',
    ],
  ]),
  ...of("src/domain/pause-steps.ts", STEPS, [
    [
      "nothing is held that goes",
      'if (state.kind === "deleting" || state.kind === "deleted") return whyBusy(key, state);\n  if (pause.holds.some',
      "if (pause.holds.some",
    ],
    [
      "the same hold is added once",
      'if (pause.holds.some(({ kind, byId }) => kind === hold.kind && byId === hold.byId))\n    return refused("already_paused", { keyName });',
    ],
    ["a hold takes the power of what may have some", 'mayHavePower(key) ? "pausing" : pause.stands', "pause.stands"],
    [
      "what is being switched on may have power",
      'return state.kind !== "off";',
      'return state.kind !== "off" && state.kind !== "switching_on";',
    ],
    [
      "an owner's hold is theirs to lift",
      "OWNERS.has(kind) ? actor.id === ownerId",
      "OWNERS.has(kind) ? actor.isApprover || actor.id === ownerId",
    ],
    ["an approver's hold is an approver's to lift", "actor.isApprover && actor.id !== ownerId", "actor.id !== ownerId"],
    ["no owner lifts another's hold", "actor.isApprover && actor.id !== ownerId", "actor.isApprover"],
    [
      "a hold that is left gives nothing back",
      "if (left) return moves(key, { ...pause, holds }, ",
      'if (left) return moves(key, { ...pause, holds, stands: "resuming" }, ',
    ],
    [
      "who lifts nothing is told who holds it",
      "if (lifted.size === 0 && left) return",
      "if (lifted.size === 0 && left && !left) return",
    ],
    [
      "a key that gets a new secret is not resumed",
      ' || state.kind === "rotating") return whyBusy',
      ") return whyBusy",
    ],
    [
      "only Tigris's word ends a pause",
      'return moves(key, { ...pause, holds, stands: "resuming" }, "key.resuming");',
      'return moves(key, NO_PAUSE, "key.resuming");',
    ],
    ["a key without a pause is not resumed", 'if (pause.stands === "none") return refused("not_paused", { keyName });'],
  ]),
  ...of("src/domain/pause-steps.ts", RESUME, [
    [
      "a call that may come late outlives a resume",
      "{ ...NO_PAUSE, unansweredAt: key.pause.unansweredAt }",
      "NO_PAUSE",
    ],
    ["what was given beside a pause may come after it", 'stands: "pausing", unansweredAt: at }', 'stands: "pausing" }'],
  ]),
  ...of("src/workflow/pause-key.ts", CLICKS, [
    [
      "a pause on its way takes it for another hold too",
      'if (isPauseOpen) return step(actorId, { key: held, say: refused("pause_unconfirmed", { keyName }) });',
    ],
    [
      "what has no power needs no call",
      'if (!mayHavePower(key)) return step(actorId, { key: held, say: done("paused", { keyName }) });',
    ],
    ["a hold says who holds it", 'return actorId === ownerId ? "owner" : "approver";', 'return "owner";'],
  ]),
  ...of("src/workflow/pause-key.ts", WHO, [
    [
      "a key is paused by who may",
      'if (may.kind === "refused") return may;',
      "",
      "another member may not Pause, on the card",
    ],
  ]),
  ...of("src/workflow/calls/pause.ts", PAUSE, [
    ["where Tigris takes no status the roles go", 'if (answer.kind === "refused") return revoke(held, key, at);'],
    [
      "a key whose status is not said was not paused",
      'answer.key.status === "inactive" ?',
      'answer.key.status !== "active" ?',
    ],
    [
      "a list that does not show a key proves no pause",
      "return notYet(held, key, at);\n    return answer.key",
      "return taken(held, key, facts, at);\n    return answer.key",
    ],
    [
      "only a clear yes took the roles",
      'return answer.kind === "changed" ? taken(',
      'return answer.kind !== "refused" ? taken(',
    ],
    ["that roles were taken is on record", 'key: { ...takeRoles(key), outcome: "still_active" },'],
    ["what is on its way is watched", "isGrantOpen || key.pause", "key.pause"],
    ["what got no answer is watched", "isGrantOpen || key.pause.unansweredAt !== null ?", "isGrantOpen ?"],
    [
      "what came late is paused once more",
      "if (isSeen && hasPower(answer.key, key)) {",
      "if (isSeen && hasPower(answer.key, key) && at < 0) {",
    ],
    [
      "a status that is back is power",
      "pause.areRolesTaken ? roles.length > 0 : true",
      "pause.areRolesTaken ? roles.length > 0 : false",
    ],
    ["roles that are back are power", "pause.areRolesTaken ? roles.length > 0 : true", "!pause.areRolesTaken"],
    ["where nobody holds it nothing is taken", " || key.pause.holds.length === 0 ? null", " ? null"],
    ["nothing of a key that goes is taken", " || !canBeDeleted(key.state)"],
    [
      "a watch without a list comes again",
      "isLooked ? lookPauseMs(attempt.tries) : UNANSWERED_LOOKS_MS[0]",
      "lookPauseMs(attempt.tries)",
    ],
    ["of two pauses one takes what came late", "key === null || facts.isPauseOpen", "key === null"],
    ["what a paused key made is looked for", "begin: beginListMade(key, attempt, at),"],
    [
      "a pause that fails goes on",
      '...putOff(again, at), say: refused("pause_unconfirmed"',
      'say: refused("pause_unconfirmed"',
    ],
  ]),
  ...of("src/workflow/calls/pause.ts", PAUSED, [
    ["a pause takes power", '"Inactive"', '"Active"', "an owner pauses and resumes"],
  ]),
  ...of("src/workflow/calls/pause.ts", FAULTS, [
    [
      "where the status did not do, all roles go",
      "tigris.setRoles(keyIdOf(held), null)",
      'tigris.setStatus(keyIdOf(held), "Inactive")',
      "takes Inactive, and its list still shows the key as active loses",
    ],
  ]),
  ...of("src/workflow/calls/pause.ts", OVERTAKEN, [
    [
      "what gives power and is on its way is looked for",
      "await record.attempts.hasOpenGrant(attempt.accessKeyId)",
      "false",
      undefined,
      "what gave power beside a pause says so itself: see the rule that it may come after it",
    ],
  ]),
  ...of("src/workflow/calls/switch-on.ts", OVERTAKEN, [
    [
      "a pause that is on its way is looked for",
      "await record.attempts.hasOpenPause(attempt.accessKeyId)",
      "false",
      "the roles that a resume gives back",
    ],
  ]),
];
