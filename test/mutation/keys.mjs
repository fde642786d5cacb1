import { of } from "./of.mjs";

/** Rules of `src/workflow` about the keys themselves: intents, leases, what is lost, what is deleted. */

const FAULTS = "test/e2e/faults";
const OVERLAPS = "test/e2e/overlaps";
const CALL = "test/workflow/calls/call.test";
const CREATE_KEY = "test/workflow/calls/create-key";
const DELIVER_KEY = "test/workflow/calls/deliver-key";
const DISCARD = "test/workflow/calls/discard";
const SEARCH = "test/workflow/calls/search";
const ORPHAN = "test/workflow/calls/orphan";
const RECOVER = "test/workflow/recover";

/** @type {import("./mutations.mjs").Mutation[]} */
export const KEYS = [
  ...of("src/workflow/calls/create-key.ts", CREATE_KEY, [
    [
      "a lost answer is searched for",
      '...failAttempt(held, "searching", { why: "lost", detail: answer.cause, at }),',
      '...closeWithoutKey(held, "not_found", { at }),',
    ],
    [
      "an interrupted making is searched for",
      'return afterInterruption(held, "searching", at);',
      'return closeWithoutKey(held, "not_found", { at });',
    ],
  ]),
  ...of("src/workflow/calls/create-key.ts", FAULTS, [
    [
      "the bot's own key is nobody's",
      "if (accessKeyId === ports.settings.ownAccessKeyId) return true;",
      "",
      "no new key's: the bot's own",
    ],
    [
      "a recorded key is nobody's new one",
      "return ports.store.read((record) => record.attempts.isRecorded(accessKeyId, attempt.id)).catch(() => false);",
      "return false;",
      "no new key's: another key's",
    ],
  ]),
  ...of("src/workflow/calls/deliver-key.ts", DELIVER_KEY, [
    [
      "an undelivered key is deleted",
      'return failAttempt(held, "discarding", { why: "not_delivered", detail: answer.code, at });',
      'return recordDelivery(held, held.attempt.accessKeyId ?? "", at);',
    ],
    [
      "an interrupted delivery is undone",
      'return afterInterruption(held, "discarding", at);',
      'return recordDelivery(held, held.attempt.accessKeyId ?? "", at);',
    ],
  ]),
  ...of("src/workflow/calls/without-key.ts", CREATE_KEY, [
    [
      "what is hours old is left to people",
      "if (at - attempt.startedAt < STALE_AFTER_MS)",
      "if (at >= attempt.startedAt)",
    ],
  ]),
  ...of("src/workflow/calls/without-key.ts", DISCARD, [
    [
      "an attempt gives only its own request back",
      " && request.attempts === attempt.work.number ? request : null",
      " ? request : null",
    ],
  ]),
  ...of("src/workflow/calls/rotate-key.ts", "test/workflow/calls/rotate-key", [
    [
      "an interrupted rotation is not undone",
      'closeRotation(held, "secret_unknown", "interrupted", at)',
      'closeRotation(held, "refused", "interrupted", at)',
    ],
  ]),
  ...of("src/workflow/calls/discard.ts", DISCARD, [
    [
      "a deletion is done when Tigris says so",
      'if (answer.kind === "deleted") return true;',
      'if (answer.kind === "deleted" || answer.kind === "lost") return true;',
    ],
  ]),
  ...of("src/workflow/calls/search.ts", SEARCH, [
    [
      "of two keys under one name none is deleted",
      "if (key && more.length === 0) return discardFound",
      "if (key) return discardFound",
    ],
    [
      "what may not be the bot's is told",
      "if (key || (isLast && answer.keys.length > 0)) return giveUp",
      "if (key) return giveUp",
    ],
    [
      "a found key is deleted only where it is surely lost",
      "isLostKey(listed, { startedAt, tigrisName: work.tigrisName }, settings.ownAccessKeyId, (id) =>\n        answer.recorded.has(id),\n      ),",
      "listed.accessKeyId !== settings.ownAccessKeyId && !answer.recorded.has(listed.accessKeyId),",
    ],
    [
      "a recorded key is no lost one",
      "if (await record.attempts.isRecorded(accessKeyId, attemptId)) ids.add(accessKeyId);",
      "ids.delete(accessKeyId);",
    ],
    ["a search leaves a recorded key alone", "answer.recorded.has(id)", "id === attempt.accessKeyId"],
    [
      "a search without an answer finds nothing out",
      'if (answer.kind !== "found") return searchAgain(held, "no_answer", at);',
      'if (answer.kind !== "found") return closeWithoutKey(held, "not_found", { at });',
    ],
  ]),
  ...of("src/workflow/calls/put-off.ts", "test/workflow/calls/put-off", [
    [
      "a deletion that fails for long is told",
      "at - attempt.startedAt >= ALERT_AFTER_MS",
      "at - attempt.startedAt < 0",
    ],
  ]),
  ...of("src/workflow/calls/call.ts", OVERLAPS, [
    [
      "who lost the lease posts nothing",
      "now.lease.holder === attempt.lease.holder && ",
      "",
      "lost its lease to itself",
    ],
    [
      "a delivery that was not recorded counts as none",
      'const isOurs = changed?.kind === "changed" && isHeld(changed.before, held.attempt);',
      'const isOurs = changed?.kind === "changed";',
      "answer comes after its lease",
    ],
  ]),
  ...of("src/workflow/calls/call.ts", CALL, [
    [
      "only who holds the lease records a delivery",
      "isHeld(recorded, attempt)\n        ? call.after(",
      "recorded.attempt !== null\n        ? call.after(",
    ],
    ["only who holds the lease closes an attempt", " && !isClosed(now.work)"],
    [
      "what gives power is not repeated after a crash",
      'isRecovery && call.power === "gives" ? { answer: { kind: "interrupted" } } : await call.make(ports, held, secret);',
      "await call.make(ports, held, secret);",
    ],
    ["what takes power away is repeated after a crash", 'isRecovery && call.power === "gives" ?', "isRecovery ?"],
    [
      "a key whose attempt can't be written goes",
      "if (orphan === null) throw error;",
      "if (orphan === null || orphan.accessKeyId) throw error;",
    ],
    ["a failure that costs no key is said", "if (orphan === null) throw error;", "if (orphan === null) return null;"],
    [
      "a key that may be recorded, and seen, is left",
      'if (error instanceof CommitUnknown && orphan.ifUnknown === "leave") throw error;',
    ],
    ["a key that nobody has seen goes", ' && orphan.ifUnknown === "leave"'],
    ["a key whose attempt is somebody else's goes", "if (orphan && !isOurs)", "if (orphan && changed === null)"],
    ["nobody goes on with what is somebody else's", "next: isOurs ? nextHand(", "next: changed ? nextHand("],
    ["a secret goes on to the next call alone", "made.secret ?? null)", "made.secret ?? secret)"],
    ["what was put off waits", " && attempt.lease.until > 0"],
  ]),
  ...of("src/workflow/calls/index.ts", FAULTS, [
    [
      "what is said first is what is said",
      "said ??= turn?.say ?? null;",
      "said = turn?.say ?? said;",
      "its answer is lost: the connection",
    ],
  ]),
  ...of("src/workflow/calls/orphan.ts", ORPHAN, [
    [
      "a key that nobody looks for any more is told",
      "if (!isDeleted) await tellIfNobodyLooks(ports, attempt.id, accessKeyId).catch(() => {});",
    ],
    [
      "what somebody looks for is not told",
      "attempt === null || isClosed(attempt.work)",
      "attempt === null || attempt.id === attemptId",
    ],
    [
      "a key that is on no record is told",
      "attempt === null || isClosed(attempt.work)",
      "attempt !== null && isClosed(attempt.work)",
    ],
    ["a late key is called deleted once it is", '?? "", isDeleted });', '?? "", isDeleted: true });'],
  ]),
  ...of("src/workflow/begin-attempt.ts", OVERLAPS, [
    ["each holding of a lease has its own name", "/$" + "{ids.unique()}`", "`", "lost its lease to itself"],
  ]),
  ...of("src/workflow/begin-attempt.ts", "test/workflow/reveal", [
    ["an attempt begins under a lease", "lease: newLease(leaseHolder, at)", "lease: { holder: leaseHolder, until: 0 }"],
  ]),
  ...of("src/workflow/change.ts", "test/workflow/change", [
    [
      "a write holds the lease",
      "await must(writeAttempt(tx, before.attempt, attempt.to, at));",
      "await writeAttempt(tx, before.attempt, attempt.to, at);",
    ],
  ]),
  ...of("src/workflow/recover.ts", RECOVER, [
    ["of two bots one takes over", "!isLeaseOver(attempt.lease.until, at) || "],
    ["what is put off is not taken over", " || !isDue(attempt.nextAt, at, MOST_ATTEMPT_PAUSE_MS)"],
    ["what is closed is not taken over", " || isClosed(attempt.work)"],
    ["who did not take it over leaves it alone", "if (attempt?.lease.holder === leaseHolder)", "if (attempt)"],
    ["a take-over in the middle of a call is written down", "...(isInterrupted ? event : {})"],
  ]),
  ...of("src/worker.ts", "test/e2e/lost-commit", [
    [
      "a job that fails holds up no other",
      ".catch((error: unknown) => {\n      ports.log.error({ event: `worker.$" +
        "{kind}_failed`, subjectId, code: errorCode(error) });\n    })",
      "",
      "holds up no other",
    ],
  ]),
  ...of("src/worker.ts", "test/workflow/worker", [
    [
      "a message whose sending breaks holds up no other",
      '.catch(\n    (error: unknown): Sent => ({ kind: "later", code: errorCode(error), afterMs: null }),\n  )',
    ],
  ]),
];
