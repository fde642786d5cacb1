import { of } from "./of.mjs";

/** Rules that a security review asked for, of every area. */
/** @type {import("./mutations.mjs").Mutation[]} */
export const REVIEWED = [
  ...of("src/workflow/confirm-saved.ts", "test/workflow/confirm-saved", [
    [
      "a secret's buttons wait for its delivery",
      'if (attempt.work.phase === "calling" || attempt.work.phase === "delivering") return refused("delivery_open");',
    ],
  ]),
  ...of("src/domain/attempt.ts", "test/workflow/calls/delete-key", [
    ["a new key is missed twice", "return key.tries > 0 || at - key.madeAt >= SETTLED_AFTER_MS;", "return true;"],
  ]),
  ...of("src/workflow/calls/rotate-key.ts", "test/workflow/calls/rotate-key", [
    [
      "a lost rotation puts a newer secret in doubt",
      'case "lost":\n        return rotatedLate(key, at);',
      '  return rotatedLate(key, at);\n      case "lost":\n        return step("bot", { say: rotationLost(key) });',
    ],
    [
      "an interrupted rotation is told",
      "    tell: [lostRing(rotatingKey(held), canRevealAgain(held, at) ? requestOf(held) : null)],\n",
      "",
    ],
  ]),
  ...of("src/workflow/calls/deliver-new-secret.ts", "test/workflow/calls/deliver-new-secret", [
    ["notes on new secrets have an end", " || notes >= MAX_NOTES_PER_HOUR"],
  ]),
  ...of("src/workflow/redraw.ts", "test/workflow/redraw", [
    ["no card is drawn over another's", "if (!isCurrent && facts.isOthersCard) return NO_CHANGE;"],
    [
      "a card is drawn only where such a card may stand",
      "if (place.channelId !== homeOf(card, { request, cards: facts.cards, settings: ports.settings })) return NO_CHANGE;",
    ],
    [
      "what policy approved has no approvals card",
      "return request.needsApproval ? settings.approvalsChannelId : null;",
      "return settings.approvalsChannelId;",
    ],
  ]),
  ...of("src/workflow/keys-to-delete.ts", "test/e2e/answers", [
    [
      "one's own keys need only a member",
      'checked.kind === "refused" ? await requireMember(ports, actor) : mayUse(checked.standing);',
      'checked.kind === "refused" ? checked : mayUse(checked.standing);',
    ],
  ]),
  ...of("src/slack/clients/place-card.ts", "test/e2e/start-stop", [
    [
      "a channel that was left is left alone",
      "if (place?.channelId === home && ring === undefined) {",
      "if (place && ring === undefined) {",
    ],
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
