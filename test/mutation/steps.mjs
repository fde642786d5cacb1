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
      ["denied", "by.at", `${DECIDED}  return moves`],
      ["cancelled", "at", '  switch (request.state.kind) {\n    case "pending":'],
      ["withdrawn", "by.at", '  switch (request.state.kind) {\n    case "approved":'],
      ["made", "at", '  switch (request.state.kind) {\n    case "approved":\n      return moves({ kind: "making"'],
    ].map(([verb, at, next]) => [
      `too late, nothing is ${verb}`,
      `  if (isLate(request, ${at})) return refused("lapsed");\n${next}`,
      next,
    ]),
    ["only what waits is denied", `${DECIDED}  return`, "  return"],
    [
      "what is being made can't be cancelled",
      'return refused("being_made", { request, tried: "cancel" });',
      'return moves({ kind: "cancelled", at }, "request.cancelled");',
    ],
    [
      "what is made can't be withdrawn",
      '    case "made":\n      return refused("past_withdrawal", { request });',
      '    case "made":\n      return moves({ kind: "withdrawn", approval: request.state.approval, ...by }, "request.withdrawn");',
    ],
    [
      "what is being made can't be withdrawn",
      '    case "delivered":\n      return moves({ kind: "withdrawn"',
      '    case "delivered":\n    case "making":\n      return moves({ kind: "withdrawn"',
    ],
    [
      "only an approved request is made",
      '    case "approved":\n      return moves({ kind: "making"',
      '    case "pending" as "approved":\n    case "approved":\n      return moves({ kind: "making"',
    ],
    [
      "one attempt at a time",
      '    case "approved":\n      return moves({ kind: "making"',
      '    case "making":\n    case "approved":\n      return moves({ kind: "making"',
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
    [
      "a request whose requester is gone does not end while its key is being made",
      'return isIn(request, "approved") || isIn(request, "delivered") ? gone',
      'return isIn(request, "approved") || isIn(request, "delivered") || isIn(request, "making") ? gone',
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
      "if (!isFree(state)) return whyBusy(key, state);\n  // Nothing",
      "// Nothing",
    ],
    ["a key that is being deleted is not deleted again", "if (!canBeDeleted(state)) return whyBusy(key, state);"],
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
    ...["calling", "delivering", "searching", "looking", "revoking", "watching", "giving"].map((phase) => [
      `an attempt that is ${phase} is not closed`,
      `\n  "${phase}",`,
    ]),
    [
      "the looks for what got no answer have an end",
      "next === undefined ? null : next - (UNANSWERED_LOOKS_MS",
      "next === undefined ? 1_000 : next - (UNANSWERED_LOOKS_MS",
    ],
    [
      "the lists of what a key has made have an end",
      "next === undefined ? null : next - (MADE_LISTS_MS",
      "next === undefined ? 1_000 : next - (MADE_LISTS_MS",
    ],
    ["what is lost is looked for daily", "next === undefined ? SEARCH_AGAIN_MS", "next === undefined ? Infinity"],
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
    ["what is late is what is open", 'state.kind === "approved"', '"lapsesAt" in state'],
    [
      "what waits for a decision lapses",
      '...timer("lapse", request.state.lapsesAt),\n      ...timer("remind", nextReminderAt(request)),',
      '...timer("remind", nextReminderAt(request)),',
    ],
    [
      "an approval that nobody uses lapses",
      '  if (state.kind === "approved") return timer("lapse", state.lapsesAt);\n',
    ],
    ["what is closed is not due", "return isClosed(work)\n", "return isClosed(work) && at < 0\n"],
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
    ["a write that lost is decided again", "error instanceof Overtaken || "],
    ["who always loses is told", "if (decisions === MAX_DECISIONS)", "if (decisions === 1_000)"],
    ["a change that something was in the way of is decided again", " || error instanceof Conflict"],
    [
      "a change has its events",
      "for (const event of eventsOf(forget ? before : after, step, at)) await tx.events.append(event);",
    ],
    [
      "a change has its messages",
      "for (const message of messagesOf(before, after, step)) await tx.outbox.add(message);",
    ],
    [
      "a request has its timers",
      "if (after.request) await tx.timers.set(after.request.id, timersOfRequest(after.request));",
    ],
    [
      "an attempt has its timers",
      "if (after.attempt) await tx.timers.set(after.attempt.id, timersOfAttempt(after.attempt, at));",
    ],
    [
      "what changed wakes the worker",
      "!isOnItsWay(ended.after))\n      ports.wake();",
      "!isOnItsWay(ended.after))\n      return ended;",
    ],
    ["a call on its way wakes nobody", " && !isOnItsWay(ended.after)"],
    ["what was put off is on no way", "? attempt.lease.until > 0 : false", "? true : false"],
  ]),
  ...of("src/workflow/events-of.ts", CHANGE, [
    ["an alert is in the record", "if (alert) all.push(", " if (alert && at < 0) all.push("],
  ]),
];
