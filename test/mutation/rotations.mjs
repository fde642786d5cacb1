import { of } from "./of.mjs";

/** Rules of a rotation with overlap: when the first key is paused and deleted, and who may end it. */

const RULES = "test/domain/rotation.test";
const STEPS = "test/workflow/overlap.test";
const CLICKS = "test/workflow/switch-over.test";
const PLAYED = "test/e2e/rotation.test";

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
  ...of("src/store/index.ts", PLAYED, [
    [
      "a second key that is asked for takes no place",
      'eb("requests.access_key_id", "is", null),',
      'eb("requests.access_key_id", "is", null), eb("requests.access_key_id", "is not", null),',
    ],
  ]),
];
