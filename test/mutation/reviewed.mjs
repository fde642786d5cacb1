import { of } from "./of.mjs";

/** Rules that a security review asked for, of every area. */
/** @type {import("./mutations.mjs").Mutation[]} */
export const REVIEWED = [
  ...of("src/workflow/saved.ts", "test/e2e/early", [
    [
      "a secret's buttons wait for its delivery",
      'if (attempt && (attempt.work.phase === "calling" || attempt.work.phase === "delivering")) return tooEarly();',
    ],
  ]),
  ...of("src/workflow/discard.ts", "test/e2e/early", [
    [
      "a key is called deleted once it is",
      "const isDeleted = held !== null && (await discard(ports, held));",
      "const isDeleted = true;\n  if (held) await discard(ports, held);",
    ],
  ]),
  ...of("src/domain/attempt.ts", "test/e2e/late", [
    ["a new key is missed twice", "return key.tries > 0 || at - key.madeAt >= SETTLED_AFTER_MS;", "return true;"],
  ]),
  ...of("src/workflow/rotate.ts", "test/e2e/late", [
    [
      "a lost rotation puts a newer secret in doubt",
      'if (!(await closeRotation(ports, attempt, "secret_unknown", answer.cause))) return rotatedLate(ports, key);',
      'await closeRotation(ports, attempt, "secret_unknown", answer.cause);',
    ],
  ]),
  ...of("src/workflow/rotated.ts", "test/e2e/late", [
    ["an interrupted rotation is told", "if (outcome === INTERRUPTED)", 'if (outcome === "")'],
  ]),
  ...of("src/workflow/rotated.ts", "test/e2e/rotate-delete", [
    ["notes on new secrets have an end", "if (notes > NOTES_PER_HOUR) return;"],
  ]),
  ...of("src/workflow/redraw.ts", "test/e2e/answers", [
    ["no card is drawn over another's", "if (!isCurrent && (await tx.requests.isCard(place))) return;"],
  ]),
  ...of("src/workflow/list.ts", "test/e2e/answers", [
    [
      "one's own keys need only a member",
      'seen.kind === "refused" ? await requireMember(ports, query.actor) : mayUse(seen.standing);',
      'seen.kind === "refused" ? seen : mayUse(seen.standing);',
    ],
  ]),
  ...of("src/slack/clients/place-card.ts", "test/e2e/start-stop", [
    ["a channel that was left is left alone", "if (place?.channelId === home) {", "if (place) {"],
  ]),
  ...of("src/slack/clients/group-rate-limit.ts", "test/slack/clients/group-rate-limit", [
    ["Slack's seldom calls are spared", "if (pause === 0) return call(groupId);", "return call(groupId);"],
  ]),
  ...of("src/slack/transport/read-request.ts", "test/slack/transport/http-crowd", [
    [
      "a body that can't be Slack's is not kept",
      "unsigned === null ? MAX_BODY_BYTES : MAX_CHECK_LENGTH",
      "MAX_BODY_BYTES",
    ],
    ["a small body is read in any case", "if (length > SMALL_BODY_BYTES && held.bytes", "if (held.bytes"],
  ]),
  ...of("src/config.ts", "test/config", [["certificates are checked", "...uncheckedTls(env),"]]),
];
