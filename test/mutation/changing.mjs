import { of } from "./of.mjs";

/** Rules about clicks on keys and requests that are there: once, in order, and told as it is. */

const REPEATS = "test/e2e/repeats";
const REVEAL = "test/workflow/reveal";
const NEW_SECRET = "test/workflow/new-secret";
const CHANGE = "test/workflow/change";
const ROTATE_KEY = "test/workflow/calls/rotate-key";
const DELIVER_NEW_SECRET = "test/workflow/calls/deliver-new-secret";
const DELETE_KEY = "test/workflow/calls/delete-key";

/** @type {import("./mutations.mjs").Mutation[]} */
export const CHANGING = [
  ...of("src/workflow/reveal.ts", REVEAL, [
    [
      "a repeated Reveal makes one attempt",
      'if (click.isRepeated) return refused("same_click", { keyName: asked.keyName });',
    ],
    [
      "each attempt is counted, and has its own name",
      "request: { ...moved, attempts: number }",
      "request: { ...moved }",
    ],
  ]),
  ...of("src/workflow/reveal.ts", REPEATS, [
    [
      "a repeated Reveal is known by its click",
      "(await record.attempts.findByClick(clickId)) !== null",
      "clickId === null",
      "over socket a redelivered click on Reveal whose",
    ],
  ]),
  ...of("src/workflow/new-secret.ts", NEW_SECRET, [
    [
      "a repeated New secret makes one",
      'if (click.isRepeated) return refused("same_click", { keyName: key.keyName });',
    ],
  ]),
  ...of("src/workflow/new-secret.ts", REPEATS, [
    [
      "a repeated New secret is known by its click",
      "(await record.attempts.findByClick(clickId)) !== null",
      "clickId === null",
      "over socket a redelivered click on New secret",
    ],
  ]),
  ...of("src/workflow/calls/rotate-key.ts", ROTATE_KEY, [
    [
      "a rotation that was lost is said",
      'closeRotation(held, "secret_unknown", answer.cause, at)',
      'closeRotation(held, "refused", answer.cause, at)',
    ],
    [
      "a refused rotation leaves the secret",
      'closeRotation(held, "refused", answer.code, at)',
      'closeRotation(held, "secret_unknown", answer.code, at)',
    ],
    [
      "a rotation that came late doubts what came after it",
      'case "rotated":\n      case "lost":\n        return rotatedLate',
      'case "rotated":\n        return step("bot", { say: rotationLost(key) });\n      case "lost":\n        return rotatedLate',
    ],
    ["a newer secret is doubted", 'key: { ...loseSecret(at, coverOf(key.state)), outcome: "rotated_late" },'],
  ]),
  ...of("src/workflow/calls/rotate-key.ts", DELIVER_NEW_SECRET, [
    [
      "an older delivery's buttons are out of date",
      '...(phase === "posted" ? { deliveryId: attempt.id, age: rotatedAge(age, at) } : {})',
    ],
  ]),
  ...of("src/workflow/calls/deliver-new-secret.ts", DELIVER_NEW_SECRET, [
    [
      "a new secret that was not shown is nobody's",
      'closeRotation(held, "secret_unknown", answer.code, at)',
      'closeRotation(held, "refused", answer.code, at)',
    ],
  ]),
  ...of("src/workflow/confirm-saved.ts", "test/e2e/older-secret", [
    [
      "an older secret's Delete deletes nothing",
      'found.kind === "refused" || found.key.deliveryId === deliveryId',
      'found.kind === "refused" || found.key.deliveryId !== ""',
      "older secret",
    ],
  ]),
  ...of("src/workflow/calls/delete-key.ts", DELETE_KEY, [
    [
      "a deletion that failed goes on",
      'return isDeleted ? { ...finish(held, answer, at), say } : { ...step("bot", putOff(lookFirst(held), at)), say };',
      "return { ...finish(held, answer, at), say };",
    ],
    [
      "what is gone is deleted",
      "return answer.isGone && (key === null || provesGone({ madeAt: key.madeAt, tries: attempt?.tries ?? 0 }, at));",
      "return false;",
    ],
  ]),
  ...of("src/workflow/end-request.ts", "test/e2e/fresh-look", [
    [
      "an approval ends only while it is unused",
      "return request && isVoidable(request)\n",
      "return request\n",
      "leaves its key",
    ],
  ]),
  ...of("src/workflow/change.ts", CHANGE, [
    [
      "a step that does not hold is not recorded",
      "await must(tx.requests.move(before.request, to, { at, ...also }));",
      "await tx.requests.move(before.request, to, { at, ...also });",
    ],
  ]),
  ...of("src/slack/secret/listener.ts", "test/e2e/worthless", [
    ["an older secret goes", '  "older_secret",\n', "", "an older secret"],
    ["the secret of a deleted key goes", '  "already_deleted",\n', "", "the secret of a deleted key goes"],
    ["a secret whose time is over goes", '  "lapsed",\n', "", "whose time ends while"],
    ["a secret that nobody can switch on goes", '  "approver_lost",\n', "", "whose approver may no longer approve"],
  ]),
  ...of("src/slack/secret/listener.ts", "test/e2e/early", [
    [
      "a secret that may work stays",
      'WORTHLESS.has(refusal.code) ? "instead" : "beside"',
      'WORTHLESS.size > 0 ? "instead" : "beside"',
    ],
  ]),
];
