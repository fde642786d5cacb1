import { of } from "./of.mjs";

/** Rules of `src/workflow` about clicks on keys and requests that are there: once, in order, and told as it is. */

const FAULTS = "test/e2e/faults";
const REPEATS = "test/e2e/repeats";
const CHANGES = "test/e2e/rotate-delete";
const LATE = "test/e2e/late";
const MAIN = "test/e2e/main-job";

const ONE_TRANSACTION =
  "a transaction holds the write lock from its first read on; the condition is tested in the store";

/** @type {import("./mutations.mjs").Mutation[]} */
export const CHANGING = [
  ...of("src/workflow/reveal.ts", REPEATS, [
    [
      "a repeated Reveal makes one attempt",
      "if (await tx.attempts.findByClick(clickId)) return sameClick(request);",
      "",
      "over socket a redelivered click on Reveal whose",
    ],
  ]),
  ...of("src/workflow/reveal.ts", FAULTS, [
    [
      "each attempt is counted, and has its own name",
      "await tx.requests.countAttempt(request);",
      "",
      "a refusal of Tigris's",
    ],
  ]),
  ...of("src/workflow/rotate.ts", REPEATS, [
    [
      "a repeated New secret makes one",
      "if (await tx.attempts.findByClick(clickId)) return sameClick(key);",
      "",
      "over socket a redelivered click on New secret",
    ],
  ]),
  ...of("src/workflow/rotate.ts", CHANGES, [
    [
      "a rotation that was lost is said",
      'closeRotation(ports, attempt, "secret_unknown", answer.cause)',
      'closeRotation(ports, attempt, "refused", answer.cause)',
      "Tigris's answer is lost",
    ],
    [
      "a refused rotation leaves the secret",
      'closeRotation(ports, attempt, "refused", answer.code)',
      'closeRotation(ports, attempt, "secret_unknown", answer.code)',
      "that Tigris refuses",
    ],
  ]),
  ...of("src/workflow/rotated.ts", CHANGES, [
    [
      "a new secret that was not shown is nobody's",
      'closeRotation(ports, delivering.held, "secret_unknown", posting.code)',
      'closeRotation(ports, delivering.held, "refused", posting.code)',
      "Slack refuses to post",
    ],
  ]),
  ...of("src/workflow/rotated.ts", LATE, [
    [
      "a rotation that came late doubts what came after it",
      "if (!delivering) return rotatedLate(ports, key);",
      "if (!delivering) return secretUnknown(key);",
      "rotation that takes effect",
    ],
    [
      "a newer secret is doubted",
      'if (key.state.kind === "live")\n      await recordKeyStep',
      'if (key.state.kind === "secret_unknown")\n      await recordKeyStep',
      "rotation that takes effect",
    ],
  ]),
  ...of("src/workflow/rotated.ts", MAIN, [
    [
      "an older delivery's buttons are out of date",
      'phase === "posted" ? { deliveryId: attempt.id } : {}',
      "{}",
      "over socket a new secret",
    ],
  ]),
  ...of("src/workflow/saved.ts", "test/e2e/older-secret", [
    [
      "an older secret's Delete deletes nothing",
      'found.kind === "refused" || found.key.deliveryId === click.deliveryId',
      'found.kind === "refused" || found.key.deliveryId !== ""',
      "older secret",
    ],
  ]),
  ...of("src/workflow/delete.ts", CHANGES, [
    ["a deletion that failed goes on", "await putOff(ports, attempt);", "return true;", "whose answer is lost goes on"],
    [
      "what is gone is deleted",
      "const answer = await ports.tigris.deleteKey(attempt.accessKeyId);",
      'const said = await ports.tigris.deleteKey(attempt.accessKeyId);\n  const answer = said.kind === "gone" ? { kind: "lost" } : said;',
      "deleted without a complaint",
    ],
  ]),
  ...of("src/workflow/end.ts", "test/e2e/fresh-look", [
    [
      "an approval ends only while it is unused",
      'if (!request || !isIn(request, "approved")) return;',
      "if (!request) return;",
      "leaves its key",
    ],
  ]),
  ...of("src/workflow/record.ts", REPEATS, [
    [
      "a step that does not hold is not recorded",
      "if (!(await tx.requests.move(request, step.to, by.at))) return false;",
      "await tx.requests.move(request, step.to, by.at);",
      "over socket two approvals",
      ONE_TRANSACTION,
    ],
    [
      "a key's step that does not hold is not recorded",
      "if (!(await tx.keys.move(key, step.to, by.deliveryId))) return false;",
      "await tx.keys.move(key, step.to, by.deliveryId);",
      "over socket two new secrets",
      ONE_TRANSACTION,
    ],
  ]),
];
