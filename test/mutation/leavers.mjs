import { of } from "./of.mjs";

/** Rules of who has left, of what becomes of their keys, and of who may take them over. */

const LEAVER = "test/domain/leaver.test";
const LEFT = "test/workflow/left-keys.test";
const TAKEN = "test/workflow/take-over.test";

/** @type {import("./mutations.mjs").Mutation[]} */
export const LEAVERS = [
  ...of("src/domain/leaver.ts", LEAVER, [
    ["one look alone takes nobody for gone", "at - seen.goneAt < LOOKED_TWICE_MS", "false"],
    ["too many at once are held back", 'isTooMany ? { kind: "held_back"', 'false ? { kind: "held_back"'],
    ["few owners are a company's usual week", "gone > MOST_GONE_AT_ONCE && ", ""],
    ["many of very many too", " && gone > owners * MOST_PART_GONE_AT_ONCE", ""],
    ["only two looks make somebody deactivated", "at - deactivatedAt >= LOOKED_TWICE_MS", "true"],
    [
      "a guest's key that needed an approval is not paused at once",
      "(needsApproval && isDeactivated)",
      "needsApproval",
    ],
    ["what needs no approval has its whole grace", "at >= toldAt + graceMs", "at >= toldAt"],
    ["a look that places nobody says nothing", 'standing === "deactivated" || standing === "guest"', "true"],
  ]),
  ...of("src/workflow/left-keys.ts", LEFT, [
    [
      "only keys of whoever left are paused",
      "|| key.ownerId !== leaver.ownerId) return NO_CHANGE;\n  if (leaverHold",
      ") return NO_CHANGE;\n  if (leaverHold",
    ],
    [
      "what may still work has no grace that runs",
      'key.pause.stands === "pausing" || leaverHold(key)',
      "leaverHold(key)",
    ],
    ["nothing goes that is being paused", ' || key.pause.stands === "pausing") return LOOKED;', ") return LOOKED;"],
    ["nothing goes of somebody who is back", 'if (!isLeaverIn(leaver, "left")) return marked(key, null, "back");', ""],
    ["nothing goes before its time", 'if (at < hold.deletesAt) return marked(key, at + graceMs, "clock_set");', ""],
  ]),
  ...of("src/workflow/may-take-over.ts", TAKEN, [
    ["nobody takes the key of somebody who is there", '!isLeaverIn(leaver, "left") || ', ""],
    ["nor their own, by another id", " || actorIds.includes(ownerId)", ""],
    ["nor that of another one", "key.ownerId !== ownerId || ", ""],
    [
      "nor one that is in the middle of something",
      "return isFree(state) ? null : whyBusy(key, state);",
      "return null;",
    ],
  ]),
  ...of("src/workflow/take-over.ts", TAKEN, [
    ["a press that was sent twice acts once", 'if (click.isRepeated) return refused("same_click", { keyName });', ""],
    ["nothing works beyond its end", "if (isKeyOver(key, at) && !hasEnded(key)) return keyOver(key);", ""],
    ["a taker has room for one more", "if (full) return full;", ""],
    [
      "what is being taken is taken first",
      "click.isPauseOpen ? markDeletion(key, null) : liftLeaver(key)",
      "liftLeaver(key)",
    ],
    [
      "an approval that is gone gives nothing",
      'if (spends !== null && asking?.id !== spends.id) return refused("lapsed");',
      "",
    ],
    ["the approval of somebody else is not theirs", "asking.requesterId === actorId && ", ""],
  ]),
];
