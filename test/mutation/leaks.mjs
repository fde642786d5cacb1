import { of } from "./of.mjs";

/** Rules of reports of leaked keys: what is read of a message, who is told what, and that it stays true. */

const FOUND = "test/slack/leak-report";
const REPORT = "test/workflow/report-leak";
const LEAKS = "test/e2e/leaks.test";
const EDITED = "test/e2e/leaks-edited";
const STORE = "test/store/leak-messages";
const MAY = "can't tell by the answer";

/** @type {import("./mutations.mjs").Mutation[]} */
export const LEAKS_REPORTED = [
  ...of("src/slack/leak-report/find-leaks.ts", FOUND, [
    ["an id ends where a secret begins", "(?!(?<=[_-])tid_|tsec_)", "(?!(?<=[_-])tid_)"],
    ["an id ends where the next one begins", "(?!(?<=[_-])tid_|tsec_)", "(?!tsec_)"],
    ["no more ids than are taken", "if (!found.has(bare) && found.size === MAX_KEYS_REPORTED) return false;"],
    [
      "no more parts are looked through than so many",
      "seen < parts.length && seen < MAX_PARTS_LOOKED_THROUGH",
      "seen < parts.length",
    ],
  ]),
  ...of("src/workflow/report-leak.ts", REPORT, [
    ["the same report is one", "if (reports.includes(useId)) return NO_CHANGE;"],
    [
      "three reports an hour of one person are told",
      "reports.length >= MAX_REPORTS_PER_HOUR",
      "reports.length > MAX_REPORTS_PER_HOUR",
    ],
    ["an owner is woken once an hour", "key && !isTold ? noticeTo", "key ? noticeTo"],
    ["nobody is told of what they reported", "reporterIds.includes(ownerId) || "],
    ["nobody is woken for what opens nothing", ' || state.kind === "deleted"'],
  ]),
  ...of("src/workflow/report-leak.ts", LEAKS, [
    ["only an approver sees others' keys", 'isApprover(checked) ? "approver" : null', '"approver"', MAY],
    [
      "only an approver sees which ids are unknown",
      "isApprover(checked) ? found.filter(({ key }) => key === null) : []",
      "found.filter(({ key }) => key === null)",
      MAY,
    ],
    [
      "who saw whose keys is in the record",
      "for (const ownerId of owners) await noteListing(ports, actorId, ownerId);",
      "",
      "an approver sees whose it is",
    ],
    [
      "a report is taken where nobody can say who the approvers are",
      "isLookLost ? await checkActor(ports, actor, null) : checked",
      "checked",
      "who is no approver for sure",
    ],
  ]),
  ...of("src/workflow/change.ts", EDITED, [
    [
      "what was told of a leak is edited when its key changes",
      "if (key && after.key) await tx.leaks.owe(after.key.accessKeyId);",
      "",
      "the owner pauses in the notice",
    ],
  ]),
  ...of("src/slack/leak-report/alert.ts", EDITED, [
    ["what is paused offers no pause", "key.pause.holds.length > 0 ? [] : [pauseButton", "[pauseButton", "of two keys"],
  ]),
  ...of("src/store/leak-messages.ts", STORE, [
    [
      "what changed before it was remembered is drawn again",
      "if (keys.every(({ accessKeyId, version }) => versions.get(accessKeyId) === version)) return;",
      "return;",
    ],
    [
      "what is kept for long enough is forgotten",
      '.where("posted_at", "<", at - olderThanMs)',
      '.where("posted_at", "<=", at)',
    ],
    ["a key that goes takes along what names it", "if (accessKeyIds.length === 0) return;", "return;"],
  ]),
];
