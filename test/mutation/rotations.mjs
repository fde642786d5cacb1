import { of } from "./of.mjs";

/** Rules of a rotation with overlap: when the first key is paused and deleted, and who may end it. */

const RULES = "test/domain/rotation.test";
const STEPS = "test/workflow/overlap.test";
const CLICKS = "test/workflow/switch-over.test";
const MEETS = "test/workflow/features-meet.test";

/** @type {import("./mutations.mjs").Mutation[]} */
export const ROTATIONS = [
  ...of("src/domain/rotation.ts", RULES, [
    ["a paused key is not rotated", 'if (isPaused(key)) return refused("key_paused", { keyName });'],
    ["nor that of a broken glass", 'if (end?.isFinal) return refused("no_overlap", { keyName });'],
    ["nor one that is being rotated", 'key.rotation === null ? null : refused("overlap_open", { keyName })', "null"],
    [
      "a paused key takes no place",
      "second.ownerId !== first.ownerId || isPaused(second) || ",
      "second.ownerId !== first.ownerId || ",
    ],
    ["nor does somebody else's", "second.ownerId !== first.ownerId || ", ""],
    ["nor one that was asked for in place of another", " || second.rotation.accessKeyId !== first.accessKeyId", ""],
    ["nor one whose secret nobody holds", 'second.state.kind === "live" ? "yes" : "no"', '"yes"'],
    [
      "what may still work has no time that could run",
      'pause.stands === "pausing" ? null : rotation.deletesAt',
      "rotation.deletesAt",
    ],
    ["a key is kept for a day", "deletesAt: at + KEPT_MS", "deletesAt: at"],
    ["what is paused anew is kept anew", "{ ...rotation, deletesAt: null } } : {}", "rotation } : {}"],
  ]),
  ...of("src/domain/pause-steps.ts", RULES, [
    [
      "an approver does not lift what holds it for another key",
      'new Set(["owner", "overlap", "leaver"])',
      'new Set(["owner", "leaver"])',
    ],
  ]),
  ...of("src/domain/quota.ts", RULES, [
    ["whoever keeps both keys rotates no more", "isRotation ? taken > maxKeysPerUser :", "isRotation ? false :"],
  ]),
  ...of("src/workflow/overlap.ts", STEPS, [
    ["nothing is paused for nothing", 'if (place === "no") return decideCallOff(first);\n  const held', "const held"],
    ["nothing is deleted whose owner was not told", "rotation.deletesAt === null || ", ""],
    ["a second message gives no more time", "key.rotation.deletesAt !== null || ", ""],
    [
      "what has ended is paused for that",
      'if (hasEnded(first) || isKeyOver(first, at)) return quietly(first, "ended");',
    ],
    [
      "a second key that goes calls it off",
      "canBeDeleted(second.state) ? NO_CHANGE : decideCallOff(first)",
      "NO_CHANGE",
    ],
  ]),
  ...of("src/workflow/switch-over.ts", CLICKS, [
    [
      "who says so by mistake keeps a key that works",
      'if (placeTakenBy(second, key, at) !== "yes") return refused("follower_off", { keyName });',
    ],
    ["nobody else says so", 'const may = mayUseKey(key, actorId);\n  if (may.kind === "refused") return may;', ""],
  ]),
  ...of("src/workflow/resume-key.ts", CLICKS, [
    ["whoever resumes it keeps both", "isReplaced(key) && !isReplaced({ pause }) ? callOff(key) : null", "null"],
  ]),
  ...of("src/store/index.ts", "test/store/quota.test", [
    ["a second key that is asked for takes no place", 'eb("requests.access_key_id", "is", null),', "eb.val(true),"],
    ["but one where the first is gone", '.where("keys.state", "not in", NOT_LIVING)', ""],
    ["or somebody else's", '.where("keys.owner_id", "=", requesterId)', ""],
  ]),
  ...of("src/domain/rotation.ts", MEETS, [
    ["a second key opens no more than the first is to", "isWithin(access, settledAccess(first))", "true"],
    ["nor is it a way around an approver's pause", 'kind === "approver" || kind === "bot"', "false"],
    ["a pair that somebody left is taken apart", "if (leaverHold({ pause }) !== null) return AT_ONCE;"],
  ]),
  ...of("src/workflow/reveal.ts", MEETS, [["so it is not made", "if (whyNot) return whyNot;"]]),
  ...of("src/workflow/take-over.ts", MEETS, [
    ["what has ended is kept anew for a new owner", "      ...graceAnew(key),\n"],
    ["less is given before it works again", 'givesRoles(key) ? "giving" : "calling"', '"calling"'],
  ]),
  ...of("src/workflow/take-over.ts", "test/e2e/features-meet.test", [
    ["who left is looked at afresh", '(await lookAtOwner(ports, fromId, "decision")) === null', "false"],
  ]),
  ...of("src/workflow/calls/narrow-access.ts", MEETS, [
    ["what a narrowing gave beside a pause is taken", "recorded.key?.pause.areRolesTaken ? take(", "false ? take("],
  ]),
  ...of("src/workflow/calls/widen-access.ts", MEETS, [
    ["a look takes no approval from a later press", 'held.key?.accessChange?.kind === "widening" ? {} : ', ""],
  ]),
];
