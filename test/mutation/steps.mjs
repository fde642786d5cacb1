/** Rules of `src/domain` about what follows what: requests, keys, and attempts that are repeated. */

const STEPS = "test/domain/request-steps";
const KEYS = "test/domain/key-steps";
const ATTEMPT = "test/domain/attempt";

/** @type {import("./mutations.mjs").Mutation[]} */
export const DOMAIN_STEPS = [
  {
    rule: "what has lapsed can't be used",
    file: "src/domain/request-steps.ts",
    find: "&& isOpenTimeOver(state.lapsesAt, at)",
    replace: "&& isOpenTimeOver(state.lapsesAt, at - 1)",
    tests: STEPS,
  },
  ...[
    [
      "approved",
      "by.at",
      '  if (!isIn(request, "pending")) return refused("already_decided", ...whatHappened(request), NOTHING_CHANGED);\n  const approval',
    ],
    [
      "denied",
      "by.at",
      '  if (!isIn(request, "pending")) return refused("already_decided", ...whatHappened(request), NOTHING_CHANGED);\n  return moves',
    ],
    ["cancelled", "at", '  switch (request.state.kind) {\n    case "pending":'],
    ["withdrawn", "by.at", '  switch (request.state.kind) {\n    case "approved":'],
    ["made", "at", '  switch (request.state.kind) {\n    case "approved": {'],
  ].map(([verb, at, next]) => ({
    rule: `too late, nothing is ${verb}`,
    file: "src/domain/request-steps.ts",
    find: `  if (isLate(request, ${at})) return tooLate();\n${next}`,
    replace: next,
    tests: STEPS,
  })),
  {
    rule: "only what waits is approved",
    file: "src/domain/request-steps.ts",
    find: 'if (!isIn(request, "pending")) return refused("already_decided", ...whatHappened(request), NOTHING_CHANGED);\n  const',
    replace: "const",
    tests: STEPS,
  },
  {
    rule: "only what waits is denied",
    file: "src/domain/request-steps.ts",
    find: 'if (!isIn(request, "pending")) return refused("already_decided", ...whatHappened(request), NOTHING_CHANGED);\n  return',
    replace: "return",
    tests: STEPS,
  },
  {
    rule: "what is being made can't be cancelled",
    file: "src/domain/request-steps.ts",
    find: '    case "making":\n      return refused("in_progress", ...whatHappened(request), " Wait',
    replace:
      '    case "making":\n      return moves({ kind: "cancelled", at }, "request.cancelled");\n      return refused("in_progress", ...whatHappened(request), " Wait',
    tests: STEPS,
  },
  {
    rule: "what is made can't be withdrawn",
    file: "src/domain/request-steps.ts",
    find: '    case "making":\n    case "made":\n      return refused(',
    replace:
      '    case "making":\n    case "made":\n      return moves({ kind: "withdrawn", approval: request.state.approval, ...by }, "request.withdrawn");\n      return refused(',
    tests: STEPS,
  },
  {
    rule: "only an approved request is made",
    file: "src/domain/request-steps.ts",
    find: '    case "approved": {\n      const { approval, lapsesAt }',
    replace: '    case "pending" as "approved":\n    case "approved": {\n      const { approval, lapsesAt }',
    tests: STEPS,
  },
  {
    rule: "one attempt at a time",
    file: "src/domain/request-steps.ts",
    find: '    case "approved": {\n      const { approval, lapsesAt }',
    replace: '    case "making":\n    case "approved": {\n      const { approval, lapsesAt }',
    tests: STEPS,
  },
  {
    rule: "a request makes one key",
    file: "src/domain/request-steps.ts",
    find: '    case "made":\n      return refused(\n        "already_ended"',
    replace:
      '    case "made":\n      return moves({ kind: "making", approval: request.state.approval, lapsesAt: at, failure: null }, "attempt.started");\n      return refused(\n        "already_ended"',
    tests: STEPS,
  },
  {
    rule: "an approval that was given back keeps its time limit",
    file: "src/domain/request-steps.ts",
    find: "if (isOpenTimeOver(lapsesAt, failure.at))",
    replace: "if (lapsesAt < 0)",
    tests: STEPS,
  },
  {
    rule: "an approval is for a while",
    file: "src/domain/request-steps.ts",
    find: "lapsesAt: by.at + by.revealTtlMs",
    replace: "lapsesAt: Number.MAX_SAFE_INTEGER",
    tests: STEPS,
  },
  {
    rule: "a request whose requester is gone does not end while its key is being made",
    file: "src/domain/request-steps.ts",
    find: 'if (state.kind === "approved") return moves({ kind: "ended"',
    replace: 'if (state.kind === "approved" || state.kind === "making") return moves({ kind: "ended"',
    tests: STEPS,
  },
  {
    rule: "one thing at a time on a key",
    file: "src/domain/key.ts",
    find: 'return state.kind === "live" || state.kind === "secret_unknown";',
    replace: 'return state.kind !== "deleted";',
    tests: KEYS,
  },
  {
    rule: "a key that is being deleted gets no new secret",
    file: "src/domain/key-steps.ts",
    find: 'if (!isFree(state)) return busy(key, state);\n  return moves({ kind: "rotating"',
    replace: 'return moves({ kind: "rotating"',
    tests: KEYS,
  },
  {
    rule: "a key that is getting a new secret is not deleted",
    file: "src/domain/key-steps.ts",
    find: 'if (!isFree(state)) return busy(key, state);\n  return moves({ kind: "deleting"',
    replace: 'return moves({ kind: "deleting"',
    tests: KEYS,
  },
  {
    rule: "while a key changes, nothing about it is confirmed",
    file: "src/domain/key-steps.ts",
    find: 'if (!isFree(state)) return busy(key, state);\n  if (state.kind === "secret_unknown")',
    replace:
      'if (!isFree(state)) return moves({ kind: "live", secret: { kind: "unconfirmed" } }, "key.confirmed");\n  if (state.kind === "secret_unknown")',
    tests: KEYS,
  },
  {
    rule: "a secret that nobody knows is not confirmed",
    file: "src/domain/key-steps.ts",
    find: 'if (state.kind === "secret_unknown") return unknownSecret(key);',
    replace:
      'if (state.kind === "secret_unknown") return moves({ kind: "live", secret: { kind: "unconfirmed" } }, "key.confirmed");',
    tests: KEYS,
  },
  {
    rule: "only the newest delivery is confirmed",
    file: "src/domain/key-steps.ts",
    find: "if (key.deliveryId !== delivery.id) return olderSecret(key);",
    replace: "",
    tests: KEYS,
  },
  {
    rule: "a refused rotation leaves the key as it was",
    file: "src/domain/key-steps.ts",
    find: "return moves(key.state.before,",
    replace: 'return moves({ kind: "live", secret: { kind: "unconfirmed" } },',
    tests: KEYS,
  },
  {
    rule: "a lost secret is called lost",
    file: "src/domain/key-steps.ts",
    find: 'return moves({ kind: "secret_unknown", at }',
    replace: 'return moves({ kind: "live", secret: { kind: "confirmed", at } }',
    tests: KEYS,
  },
  ...["calling", "delivering", "discarding", "searching"].map((phase) => ({
    rule: `an attempt that is ${phase} is not closed`,
    file: "src/domain/attempt.ts",
    find: `    case "${phase}":\n`,
    replace: phase === "searching" ? '    case "never" as "searching":\n' : "",
    tests: ATTEMPT,
  })),
  {
    rule: "the pauses of a deletion grow",
    file: "src/domain/attempt.ts",
    find: "2 ** (tries - 1)",
    replace: "1",
    tests: ATTEMPT,
  },
  {
    rule: "a search has an end",
    file: "src/domain/attempt.ts",
    find: "next === undefined || last === undefined ? null : next - last",
    replace: "next === undefined || last === undefined ? 1_000 : next - last",
    tests: ATTEMPT,
  },
];
