import { of } from "./of.mjs";

/** Rules of what is deleted: what the bot deletes by itself never had power. */

const DELETE_KEY = "test/workflow/calls/delete-key";
const LOOK = "test/workflow/calls/look-before-drop";
const ATTEMPTS = "test/workflow/change-attempts";
const MADE = "test/workflow/delete-made";

/** @type {import("./mutations.mjs").Mutation[]} */
export const DROPS = [
  ...of("src/workflow/calls/look-before-drop.ts", LOOK, [
    ["what has roles is not deleted", "key.roles.length > 0 || "],
    ["what has policies is not deleted", " || policies > 0"],
    ["what has another name is not deleted", 'if (key.name !== tigrisName) return "other_name";'],
    [
      "what another key made is not deleted",
      'return isMadeBy(key, (id) => signedWith.has(id)) ? null : "other_creator";',
      "return null;",
    ],
    [
      "without a list nothing is deleted",
      'case "interrupted":\n        return step("bot", putOff(held, at));',
      'case "interrupted":\n        return step("bot", { attempt: go });',
    ],
    [
      "without its policies nothing is deleted",
      'if (policies.kind === "unavailable") return { answer: { kind: "unavailable" } };',
      'if (policies.kind === "unavailable") return { answer: { kind: "there", key: read.key, policies: 0 } };',
    ],
    ["a list may not show a new key yet", "if (at >= settledAt) return", "if (at >= 0) return"],
    ["a key is gone once two lists do not show it", 'if (attempt.tries === 0) return step("bot", putOff(held, at));'],
    ["a key that is to stay by now is not deleted", 'if (key?.state.kind !== "deleting")', "if (key === null)"],
    ["what has power counts as on", "...noteRaised(),\n", "...finishDeletion(key.state as Deleting, at),\n"],
    ["what somebody holds has its power taken", "...(isHeld ? { begin: beginPause(key, attempt.id, at) } : {}),"],
    ["people hear of what is not deleted", 'alert: { code: "not_deleted", about: { tigrisName, accessKeyId, why } },'],
  ]),
  ...of("src/workflow/calls/delete-key.ts", DELETE_KEY, [
    [
      "a deletion is done when Tigris says so",
      'if (answer.kind === "deleted") return true;',
      'if (answer.kind === "deleted" || answer.kind === "lost") return true;',
    ],
    [
      "gone is believed when the list agrees",
      'kind === "gone" && (await tigris.readKey(accessKeyId)).kind === "absent"',
      'kind === "gone"',
    ],
    ["what goes by itself is looked at before each try", "putOff(lookFirst(held), at)", "putOff(held, at)"],
    ["who takes over looks first", "(isRecovery || !isHeld())", "!isHeld()"],
    ["who stood still looks first", "(isRecovery || !isHeld())", "isRecovery"],
    [
      "what a deleted key made is looked for",
      'key.state.why === "never_on" ? null : beginListMade(key, attempt, at)',
      "null",
    ],
  ]),
  ...of("src/workflow/change.ts", ATTEMPTS, [
    [
      "what goes by itself has its deletion",
      'return to?.kind === "deleting" && to.byId === null ? after : null;',
      "return null;",
    ],
    ["what somebody deletes is not looked at", " && to.byId === null ? after", " ? after"],
    [
      "what gives power goes one at a time",
      'return isInFlight ? refused("grant_in_flight", { keyName: key.keyName }) : null;',
      "return null;",
    ],
    ["what takes power waits for nothing", "key === null || !isGrant(attempt.to.work)", "key === null"],
  ]),
  ...of("src/workflow/delete.ts", "test/workflow/delete", [
    ["a request that owns a key ends with its deletion", "...(ended ? { request: ended } : {}),"],
    [
      "a request of another key does not end",
      "request !== null && ownedKeyId(request) === accessKeyId",
      "request !== null",
    ],
    [
      "nobody reads that what was paused is deleted",
      'say: refused("deletion_paused", { keyName: recorded.key?.keyName ?? "", max })',
      'say: done("deleted", { keyName: "", accessKeyId: "" })',
    ],
  ]),
  ...of("src/workflow/delete.ts", "test/e2e/many-deletions", [
    [
      "above the limit a deletion is a pause",
      " && deletions >= max;",
      " && deletions < 0;",
      "its owner and the channel are told",
    ],
    ["one's own keys have no such limit", "recorded.key?.ownerId !== actor.userId && ", "", "one's own key"],
  ]),
  ...of("src/workflow/delete-made.ts", MADE, [
    ["who is no approver deletes no made key", 'if (allowed.kind === "refused") return allowed;'],
    ["a key that ours made is on no record", " || click.isRecorded"],
    [
      "the list says who made it, not the button",
      'return maker ? { kind: "found", requestId: maker.requestId } : refused("unknown_key");',
      'return { kind: "found", requestId: maker?.requestId ?? "r1" };',
    ],
    ["the bot's own key is no made one", 'if (accessKeyId === settings.ownAccessKeyId) return refused("unknown_key");'],
  ]),
  ...of("src/workflow/calls/list-made.ts", "test/workflow/calls/list-made", [
    ["a made key is told once", ".filter(({ accessKeyId }) => !facts.told.has(accessKeyId))"],
    ["that nobody can say is told once", " && attempt.tries === 0"],
    ["where Tigris names makers nobody reads that it does not", "!namesKeys && "],
  ]),
];
