import { of } from "./of.mjs";

/** Rules of `src/workflow` about the keys themselves: intents, leases, what is lost, what is deleted. */

const FAULTS = "test/e2e/faults";
const LATE = "test/e2e/late";
const OVERLAPS = "test/e2e/overlaps";
const LIMITS = "test/e2e/limits";

/** @type {import("./mutations.mjs").Mutation[]} */
export const KEYS = [
  ...of("src/workflow/make-key.ts", FAULTS, [
    [
      "an undelivered key is deleted",
      'if (posting.kind === "not_posted")',
      'if (posting.kind === "not_posted" && posting.code === "")',
      "the secret can't be shown: Slack refuses",
    ],
    [
      "a lost answer is searched for",
      "await startSearch(ports, attempt,",
      'if (ports.settings.workerId === "") await startSearch(ports, attempt,',
      "its answer is lost: the connection",
    ],
    [
      "the bot's own key is nobody's",
      "if (accessKeyId === ports.settings.ownAccessKeyId) return true;",
      "",
      "no new key's: the bot's own",
    ],
    [
      "a recorded key is nobody's new one",
      "return ports.store.transact((tx) => tx.attempts.isRecorded(accessKeyId, attempt.id)).catch(() => false);",
      "return false;",
      "no new key's: another key's",
    ],
  ]),
  ...of("src/workflow/make-key.ts", OVERLAPS, [
    [
      "who lost the lease posts nothing",
      "if (!delivering) return deleteUnheld(ports, request, attempt, accessKeyId);",
      'if (!delivering) return done("Made.");',
      "lost its lease to itself",
    ],
    [
      "a delivery that was not recorded counts as none",
      "if (await recordPosted(ports, request, delivering, accessKeyId))",
      "await recordPosted(ports, request, delivering, accessKeyId);\n  if (request.id)",
      "answer comes after its lease",
    ],
  ]),
  ...of("src/workflow/posted.ts", OVERLAPS, [
    [
      "only who holds the lease records a delivery",
      "if (!(await tx.attempts.save(closed, attempt.lease.workerId))) return false;",
      "await tx.attempts.save(closed, attempt.lease.workerId);",
      "answer comes after its lease",
    ],
  ]),
  ...of("src/workflow/lease.ts", OVERLAPS, [
    ["each holding of a lease has its own name", "/$" + "{ports.ids.unique()}`", "`", "lost its lease to itself"],
    [
      "a write holds the lease",
      "(await tx.attempts.save(renewed, attempt.lease.workerId)) ? renewed : null",
      "(await tx.attempts.save(renewed, attempt.lease.workerId)) ? renewed : renewed",
      "lost its lease to itself",
    ],
  ]),
  ...of("src/workflow/recover.ts", OVERLAPS, [
    [
      "an interrupted making is searched for",
      "return startSearch(ports, attempt, failure);",
      'return closeWithoutKey(ports, attempt, "not_found");',
      "hangs past its lease",
    ],
    [
      "an interrupted delivery is undone",
      "await startDiscard(ports, attempt, failure);",
      'await closeWithoutKey(ports, attempt, "not_found");',
      "answer comes after its lease",
    ],
  ]),
  ...of("src/workflow/recover.ts", LIMITS, [
    ["what is hours old is left to people", ">= STALE_AFTER_MS)", "< 0)", "away for hours"],
  ]),
  ...of("src/workflow/recover.ts", LATE, [
    [
      "an interrupted rotation is not undone",
      'closeRotation(ports, attempt, "secret_unknown",',
      'closeRotation(ports, attempt, "refused",',
      "rotation that takes effect",
    ],
  ]),
  ...of("src/workflow/recover.ts", "test/safety/races/pairs", [
    [
      "of two bots one takes over",
      "if (!(await tx.attempts.takeOver(attempt, lease, at))) return null;",
      "await tx.attempts.takeOver(attempt, lease, at);",
      "1 bots.*new secret and delete, both",
      "who did not get the lease can't write: each later write holds it, and what is asked of Tigris may be repeated",
    ],
  ]),
  ...of("src/workflow/discard.ts", FAULTS, [
    [
      "a deletion is done when Tigris says so",
      'const isDeleted = answer.kind === "deleted" || isGone;',
      'const isDeleted = answer.kind !== "refused" || isGone;',
      "deletion that keeps failing",
    ],
  ]),
  ...of("src/workflow/discard.ts", OVERLAPS, [
    [
      "an attempt gives only its own request back",
      " || request.attempts !== work.number) return null;",
      ") return null;",
      "leaves the next attempt alone",
    ],
    [
      "only who holds the lease closes an attempt",
      "if (!(await tx.attempts.save({ ...attempt, work: { ...work, phase } }, attempt.lease.workerId))) return;",
      "await tx.attempts.save({ ...attempt, work: { ...work, phase } }, attempt.lease.workerId);",
      "hangs past its lease",
      "a request is given back by the number of its attempt, once: only an event would stand twice",
    ],
  ]),
  ...of("src/workflow/search.ts", FAULTS, [
    [
      "of two keys under one name none is deleted",
      "if (key && more.length === 0) return discardFound",
      "if (key) return discardFound",
      "two keys under",
    ],
  ]),
  ...of("src/workflow/search.ts", OVERLAPS, [
    [
      "what may not be the bot's is told",
      "if (key || (isLast && found.keys.length > 0)) return giveUp",
      "if (key) return giveUp",
      "last search sees",
    ],
    [
      "a found key is deleted only where it is surely lost",
      "isLostKey(key, { tigrisName, startedAt }, ownAccessKeyId, (accessKeyId) => recorded.has(accessKeyId))",
      "key.accessKeyId !== ownAccessKeyId",
      "last search sees",
    ],
    [
      "a recorded key is no lost one",
      "if (await tx.attempts.isRecorded(key.accessKeyId, id)) recorded.add(key.accessKeyId);",
      "recorded.delete(key.accessKeyId);",
      "hangs past its lease",
      "each attempt's name is its own, so no recorded key has it; what the rule says is tested in the domain",
    ],
  ]),
  ...of("src/workflow/search.ts", "test/safety/faults/tigris.test", [
    [
      "a search without an answer finds nothing out",
      'if (found.kind === "unavailable") return searchAgain(ports, attempt, "no_answer");',
      'if (found.kind === "unavailable") return closeWithoutKey(ports, attempt, "not_found");',
      "refuses every listing",
    ],
  ]),
  ...of("src/workflow/put-off.ts", FAULTS, [
    [
      "a deletion that fails for long is told",
      "at - attempt.startedAt >= ALERT_AFTER_MS",
      "at - attempt.startedAt < 0",
      "deletion that keeps failing",
    ],
  ]),
];
