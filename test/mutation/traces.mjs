import { of } from "./of.mjs";

/** What leaves a trace, what tells strangers nothing, and what is forgotten after a while. */

const TRACES = "test/e2e/traces";
const ORACLE = "test/safety/attacks/no-oracle";
const FORGET = "test/store/forget";

/** @type {import("./mutations.mjs").Mutation[]} */
export const TRACES_AND_FORGETTING = [
  ...of("src/slack/interaction/on-click.ts", TRACES, [
    [
      "a refused click leaves a line",
      'if (said.kind === "refused") context.noteRefusal(deed, said.refusal);',
      "",
      "whoever presses Approve",
    ],
  ]),
  ...of("src/slack/interaction/refusal-trace.ts", "test/slack/interaction/refusal-trace", [
    ["nobody fills the log with refusals", "if (before && isRecent(before, at)) {", "if (before && at < 0) {"],
    ["a log of refusals holds ids of ours alone", "id !== null && ID.test(id)", "id !== null"],
  ]),
  ...of("src/workflow/list.ts", TRACES, [
    [
      "who lists others' keys is recorded",
      "if (!isOwn) await noteListing(ports, actor.userId, ownerId);",
      "",
      "a list of others' keys",
    ],
  ]),
  ...of("src/workflow/may-delete-now.ts", ORACLE, [
    [
      "a key that does not exist takes the same calls",
      "const isOwner = key?.ownerId === actor.userId;",
      "const isOwner = !key || key.ownerId === actor.userId;",
      "Delete key, in a list",
    ],
  ]),
  ...of("src/workflow/confirm-saved.ts", "test/workflow/confirm-saved", [
    [
      "how far a delivery got is for its owner",
      'if (attempt.actorId !== actor.userId) return refused("not_yours", { of: "delivery" });',
    ],
  ]),
  ...of("src/store/key-pages.ts", "test/store/quota", [
    ["a page goes on from a key of the same list", "ownerId === null ? sql``", 'ownerId !== "" ? sql``'],
  ]),
  ...of("src/workflow/forget.ts", "test/workflow/forget", [
    ["what ended is kept for a while", "at - endedAt < keepMs", "at < 0"],
    [
      "a secret that works can be confirmed for ever",
      "if (key !== null && isAlive(key) && key.deliveryId === attempt.id) return NO_CHANGE;",
    ],
  ]),
  ...of("src/store/forget.ts", FORGET, [
    ["nothing is forgotten that goes on", "if (await attemptReads(db).hasOpen(id)) return false;"],
    ["names of what is forgotten stay used", "await keepNames(db, attemptIds);"],
  ]),
  ...of("src/store/sqlite/connection.ts", FORGET, [
    ["what is forgotten leaves the file", 'connection.pragma("secure_delete = on");', "", "left behind in the file"],
  ]),
];
