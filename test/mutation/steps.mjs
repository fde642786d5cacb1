import { of } from "./of.mjs";

/** Rules about what follows what: requests, keys, attempts that are repeated, what is due, and how a change is written. */

const STEPS = "test/domain/request-steps";
const KEYS = "test/domain/key-steps";
const ATTEMPT = "test/domain/attempt";
const TIMERS = "test/store/timers";
const CHANGE = "test/workflow/change";

const DECIDED = '  if (!isIn(request, "pending")) return refused("already_decided", { request });\n';

/** @type {import("./mutations.mjs").Mutation[]} */
export const DOMAIN_STEPS = [
  ...of("src/domain/request-steps.ts", STEPS, [
    ["what has lapsed can't be used", "&& isOpenTimeOver(state.lapsesAt, at)", "&& state.lapsesAt < at"],
    ...[
      ["approved", "by.at", `${DECIDED}  const approval`],
      ["denied", "by.at", `${DECIDED}  return moves`],
      ["cancelled", "at", '  switch (request.state.kind) {\n    case "pending":'],
      ["withdrawn", "by.at", '  switch (request.state.kind) {\n    case "approved":'],
      ["made", "at", '  switch (request.state.kind) {\n    case "approved": {'],
    ].map(([verb, at, next]) => [
      `too late, nothing is ${verb}`,
      `  if (isLate(request, ${at})) return refused("lapsed");\n${next}`,
      next,
    ]),
    ["only what waits is approved", `${DECIDED}  const`, "  const"],
    ["only what waits is denied", `${DECIDED}  return`, "  return"],
    [
      "what is being made can't be cancelled",
      '? refused("being_made", { request, tried: "cancel" })',
      '? moves({ kind: "cancelled", at }, "request.cancelled")',
    ],
    [
      "what is made can't be withdrawn",
      '    case "made":\n      return refused("past_withdrawal", { request });',
      '    case "made":\n      return moves({ kind: "withdrawn", approval: request.state.approval, ...by }, "request.withdrawn");',
    ],
    [
      "what is being made can't be withdrawn",
      'if (request.state.failure === null) return refused("past_withdrawal", { request });',
    ],
    [
      "only an approved request is made",
      '    case "approved": {\n      const { approval, lapsesAt }',
      '    case "pending" as "approved":\n    case "approved": {\n      const { approval, lapsesAt }',
    ],
    [
      "one attempt at a time",
      '    case "approved": {\n      const { approval, lapsesAt }',
      '    case "making":\n    case "approved": {\n      const { approval, lapsesAt }',
    ],
    [
      "a request makes one key",
      'return refused("already_made", { request });',
      'return moves({ kind: "making", approval: request.state.approval, lapsesAt: at, failure: null }, "attempt.started");',
    ],
    [
      "an approval that was given back keeps its time limit",
      "if (isOpenTimeOver(lapsesAt, failure.at))",
      "if (lapsesAt < 0)",
    ],
    ["an approval is for a while", "lapsesAt: by.at + by.revealTtlMs", "lapsesAt: Number.MAX_SAFE_INTEGER"],
    [
      "a request whose requester is gone does not end while its key is being made",
      'return isIn(request, "approved") ? gone',
      'return isIn(request, "approved") || isIn(request, "making") ? gone',
    ],
  ]),
  ...of("src/domain/key.ts", KEYS, [
    [
      "one thing at a time on a key",
      'return state.kind === "live" || state.kind === "secret_unknown";',
      'return state.kind !== "deleted";',
    ],
  ]),
  ...of("src/domain/key-steps.ts", KEYS, [
    [
      "a key that is being deleted gets no new secret",
      'if (!isFree(state)) return whyBusy(key, state);\n  return moves({ kind: "rotating", before: state }',
      'return moves({ kind: "rotating", before: state as Live }',
    ],
    [
      "a key that is being deleted is not deleted again",
      "if (!canBeDeleted(state)) return whyBusy(key, state);\n  // Whoever had",
      "// Whoever had",
    ],
    [
      "whoever had a deletion wait does not confirm it",
      'if (state.kind === "deletion_held" && ids.includes(state.byId) && by.byId !== key.ownerId) return whyBusy(key, state);',
    ],
    [
      "while a key changes, nothing about it is confirmed",
      'if (!isFree(state)) return whyBusy(key, state);\n  if (state.kind === "secret_unknown")',
      'if (!isFree(state)) return moves({ kind: "live", secret: { kind: "unconfirmed", cover: null } }, "key.confirmed");\n  if (state.kind === "secret_unknown")',
    ],
    [
      "a secret that nobody knows is not confirmed",
      'if (state.kind === "secret_unknown") return refused("secret_unknown", { keyName });',
      'if (state.kind === "secret_unknown") return moves({ kind: "live", secret: { kind: "unconfirmed", cover: null } }, "key.confirmed");',
    ],
    [
      "only the newest delivery is confirmed",
      'if (key.deliveryId !== delivery.id) return refused("older_secret", { keyName });',
    ],
    [
      "a refused rotation leaves the key as it was",
      "return moves(key.state.before,",
      'return moves({ kind: "live", secret: { kind: "unconfirmed", cover: null } },',
    ],
    [
      "a lost secret is called lost",
      'return moves({ kind: "secret_unknown", at, cover }',
      'return moves({ kind: "live", secret: { kind: "confirmed", at } } as unknown as SecretUnknown',
    ],
  ]),
  ...of("src/domain/attempt.ts", ATTEMPT, [
    ...["calling", "delivering", "discarding", "searching"].map((phase) => [
      `an attempt that is ${phase} is not closed`,
      `    case "${phase}":\n`,
      phase === "searching" ? '    case "never" as "searching":\n' : "",
    ]),
    [
      "a search has an end",
      "next === undefined || last === undefined ? null : next - last",
      "next === undefined || last === undefined ? 1_000 : next - last",
    ],
  ]),
  ...of("src/domain/backoff.ts", ATTEMPT, [
    ["the pauses of a deletion grow", "2 ** (failures - 1)", "1"],
    [
      "the pauses of a deletion have an end",
      "Math.min(firstMs * 2 ** (failures - 1), mostMs)",
      "firstMs * 2 ** (failures - 1)",
    ],
  ]),
  ...of("src/domain/timers.ts", TIMERS, [
    ["what is late is what is open", 'state.kind === "pending" || state.kind === "approved"', '"lapsesAt" in state'],
    ["what waits for a decision lapses", 'state.kind === "pending" || state.kind', "state.kind"],
    ["an approval that nobody uses lapses", ' || state.kind === "approved"'],
    ["what is closed is not due", "return isClosed(work) ? [", "return isClosed(work) && at < 0 ? ["],
    ["what is held is not due", "Math.max(lease.until, nextAt)", "nextAt"],
    ["what pauses is not due", "Math.max(lease.until, nextAt)", "lease.until"],
  ]),
  ...of("src/workflow/change.ts", CHANGE, [
    [
      "the write of a request holds, or nothing does",
      "await must(tx.requests.move(before.request, ",
      "await (tx.requests.move(before.request, ",
    ],
    ["the write of a key holds, or nothing does", "await must(tx.keys.move(", "await (tx.keys.move("],
    ["the write of an attempt holds, or nothing does", "await must(writeAttempt(", "await (writeAttempt("],
    [
      "who takes an attempt over writes against the lease that was read",
      "return isTakenOver ? tx.attempts.takeOver(before, to.lease, at) : tx",
      "return tx",
    ],
    ["a write that lost is decided again", 'if (error instanceof Overtaken) return { kind: "overtaken" };'],
    ["who always loses is told", "if (decisions === MAX_DECISIONS)", "if (decisions === 1_000)"],
    [
      "a commit without an answer is looked for",
      "if (planned === null || !(await isWritten(ports, planned, error))) throw error;",
      "throw error;",
    ],
    [
      "what is not written is an error",
      "if (planned === null || !(await isWritten(ports, planned, error))) throw error;",
      "if (planned === null) throw error;",
    ],
    ["what is as it was to be is written", "if (isDeepStrictEqual(now[own], after[own])) return true;"],
    [
      "what is as it was is not written",
      "if (parts.some((part) => isDeepStrictEqual(now[part], before[part]))) return false;",
    ],
    ["what has gone on is unknown", "throw new CommitUnknown(cause);\n    } catch", "return false;\n    } catch"],
    ["what can't be looked for counts as not written", "if (own === undefined) return false;"],
    [
      "what somebody else did alike is not one's own",
      "if (isDeepStrictEqual(now[own], after[own])) return true;",
      "if (parts.some((part) => isDeepStrictEqual(now[part], after[part]))) return true;",
    ],
    ["what can't be read is read again", "looks === MAX_COMMIT_LOOKS", "looks > 0"],
    ["what can't be read is read a few times", "looks === MAX_COMMIT_LOOKS", "looks === 99"],
    [
      "what can't be read is unknown",
      "MAX_COMMIT_LOOKS) throw new CommitUnknown(cause);",
      "MAX_COMMIT_LOOKS) throw error;",
    ],
    [
      "a change has its events",
      "for (const event of eventsOf(forget ? before : after, step, at)) await tx.events.append(event);",
    ],
    [
      "a change has its messages",
      "for (const message of messagesOf(before, after, step)) await tx.outbox.add(message, at);",
    ],
    [
      "a request has its timers",
      "if (after.request) await tx.timers.set(after.request.id, timersOfRequest(after.request));",
    ],
    [
      "an attempt has its timers",
      "if (after.attempt) await tx.timers.set(after.attempt.id, timersOfAttempt(after.attempt, at));",
    ],
    ["an alert is in the record", "if (alert) all.push(", " if (alert && at < 0) all.push("],
    [
      "what changed wakes the worker",
      "!isOnItsWay(ended.after)) ports.wake();",
      "!isOnItsWay(ended.after)) return ended;",
    ],
    ["a call on its way wakes nobody", " && !isOnItsWay(ended.after)"],
    ["what was put off is on no way", "? attempt.lease.until > 0 : false", "? true : false"],
    ["what was written without an answer wakes the worker", "ports.wake();\n    return planned;", "return planned;"],
  ]),
];
