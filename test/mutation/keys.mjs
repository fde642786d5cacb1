import { of } from "./of.mjs";

/** Rules of `src/workflow` about the keys themselves: intents, leases, what is lost, what is deleted. */

const FAULTS = "test/e2e/faults";
const OVERLAPS = "test/e2e/overlaps";
const CALL = "test/workflow/calls/call.test";
const CREATE_KEY = "test/workflow/calls/create-key";
const DELIVER_KEY = "test/workflow/calls/deliver-key";
const SEARCH = "test/workflow/calls/search";
const RECOVER = "test/workflow/recover";

/** @type {import("./mutations.mjs").Mutation[]} */
export const KEYS = [
  ...of("src/workflow/calls/create-key.ts", CREATE_KEY, [
    [
      "a lost answer is searched for",
      '...giveUp(held, { why: "lost", detail: answer.cause, at }),',
      '...refuseCreate(held, "lost", at),',
    ],
    [
      "an interrupted making is searched for",
      'return giveUp(held, { why: "interrupted", detail: null, at });',
      'return refuseCreate(held, "interrupted", at);',
    ],
    [
      "a new key is off, and nobody knows whether its secret appears",
      'state: { kind: "off", shownAt: null } })',
      'state: { kind: "off", shownAt: at } })',
    ],
    ["what held the key before holds the new one", "pause: { ...NO_PAUSE, holds },", "pause: NO_PAUSE,"],
  ]),
  ...of("src/workflow/calls/create-key.ts", "test/e2e/pause-states", [
    [
      "the holds of the newest key of a request are looked up",
      "(request && (await record.keys.findByRequest(request.id))?.pause.holds) ?? []",
      "[]",
      "its holds go over",
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
      "a key whose secret Slack refused goes",
      "return recordFailure(held, answer.code, at);",
      'return recordDelivery(held, "unclear", at);',
    ],
    [
      "after a crash nobody says that a secret was shown",
      'recordDelivery(held, "unclear", at), tell',
      'recordDelivery(held, "posted", at), tell',
    ],
    [
      "without a clear yes nobody says that a secret was shown",
      'recordDelivery(held, "unclear", at), say',
      'recordDelivery(held, "posted", at), say',
    ],
    [
      "only Slack's word says that it was shown",
      '...(phase === "posted" ? { key: noteShown(at) } : {}),',
      "key: noteShown(at),",
    ],
    [
      "a key that somebody deleted meanwhile stays so",
      'if (key?.state.kind !== "off" || request === null)',
      "if (request === null || key === null)",
    ],
    [
      "a key with its power, of an older version, is none that is off",
      'if (held.key === null) return giveUp(held, { why: "interrupted", detail: null, at });',
    ],
    ["whoever deletes the key stops its secret", ' && key?.state.kind === "off";', ";"],
    ["a request that waits no more gets no secret", 'return request?.state.kind === "making" && ', "return "],
  ]),
  ...of("src/workflow/calls/without-key.ts", DELIVER_KEY, [
    [
      "an attempt gives only its own request back",
      " && request.attempts === attempt.work.number ? request : null",
      " ? request : null",
    ],
    ["whoever clicked before a crash is told", "...toldOfCrash(held, failure),"],
  ]),
  ...of("src/workflow/calls/rotate-key.ts", "test/workflow/calls/rotate-key", [
    [
      "an interrupted rotation is not undone",
      'closeRotation(held, "secret_unknown", "interrupted", at)',
      'closeRotation(held, "refused", "interrupted", at)',
    ],
  ]),
  ...of("src/workflow/calls/search.ts", SEARCH, [
    [
      "of two keys under one name none is deleted",
      "if (key && more.length === 0) return recordFound",
      "if (key) return recordFound",
    ],
    ["what may not be the bot's is told", "if (unknown.length > 0) return leaveToPeople(held, unknown, at);"],
    [
      "a found key goes only where it is surely lost",
      "unknown.filter((listed) => isLostKey(listed, sought, (id) => facts.signedWith.has(id)))",
      "unknown",
    ],
    [
      "what an earlier key of the bot's made is found too",
      "facts.signedWith.has(id)",
      "id === settings.ownAccessKeyId",
    ],
    [
      "a recorded key is no lost one",
      "if (!(await record.attempts.isRecorded(key.accessKeyId, attemptId))) unknown.push(key);",
      "unknown.push(key);",
    ],
    [
      "a search without an answer finds nothing out",
      'searchAgain(held, { outcome: "no_answer",',
      'searchAgain(held, { outcome: "not_there",',
    ],
    [
      "what is found is looked at before it goes",
      'const state = { kind: "deleting", byId: null, why: "never_on", at } as const;',
      'const state = { kind: "deleting", byId: attempt.actorId, why: "asked", at } as const;',
    ],
    ["what held the key before holds what is found", "holds, state })", "holds: [], state })"],
    [
      "a request waits for no search",
      '...giveRequestBack(held, { why: "interrupted", detail: null, at }),\n  });\n}\n\n/** Puts',
      "});\n}\n\n/** Puts",
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
      'const isInterrupted = isRecovery && call.power === "gives";',
      "const isInterrupted = false;",
    ],
    [
      "what takes power away is repeated after a crash",
      'const isInterrupted = isRecovery && call.power === "gives";',
      "const isInterrupted = isRecovery;",
    ],
    [
      "who stood still past the lease asks for nothing",
      " && !isRecovery && !lasts())",
      " && !isRecovery && lasts() === null)",
    ],
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
      "no call that says how it went is followed by another one at once",
    ],
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
    ["what is put off is not taken over", " || !isDue(attempt.nextAt, at, MOST_AHEAD_MS[timerOfOpen(attempt.work)])"],
    ["what is closed is not taken over", " || isClosed(attempt.work)"],
    ["who did not take it over leaves it alone", "if (attempt?.lease.holder === leaseHolder)", "if (attempt)"],
    ["a take-over in the middle of a call is written down", "...(isInterrupted ? event : {})"],
  ]),
  ...of("src/worker/index.ts", "test/e2e/lost-commit", [
    [
      "a job that fails holds up no other",
      ".catch((error: unknown) => {\n      ports.log.error({ event: `worker.$" +
        "{kind}_failed`, subjectId, code: errorCode(error) });\n    })",
      "",
      "holds up no other",
    ],
  ]),
  ...of("src/worker/send-due.ts", "test/workflow/worker", [
    [
      "a message whose sending breaks holds up no other",
      '.catch(\n    (error: unknown): Sent => ({ kind: "later", code: errorCode(error), afterMs: null }),\n  )',
    ],
  ]),
];
