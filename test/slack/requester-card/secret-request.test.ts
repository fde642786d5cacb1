import type { RequestKind, RevealFailure } from "../../../src/domain/request";
import { requesterCard } from "../../../src/slack/requester-card/view";
import { BY_ANN, keyIn, SECRETS, secretIn } from "../../domain/samples";
import { buttonsOf, labelsOf, linesOf, rowsOf } from "../reading";

const approvers = { users: [], groups: ["SAPPROVE"] };

describe("the card of a request for a new secret", () => {
  const key = keyIn({ kind: "live", secret: { kind: "confirmed", at: 4_000 } });
  const TITLE = "New secret of the Admin key deploy";

  test.each<[RequestKind, string[], string[]]>([
    [
      "pending",
      [
        `⏳ Waiting for @SAPPROVE · ${TITLE}`,
        "Nightly backups of the build server",
        'asked [1] · lapses [10] · rule "admin" · ref SECRET22',
      ],
      ["Remind", "Cancel request"],
    ],
    [
      "approved",
      [
        `✅ Ready · ${TITLE}`,
        "The secret is shown once, here, only to you: have your secret manager open. The old one stops working then.",
        'approved by @UANN [1] · rule "admin" · lapses [10] · ref SECRET22',
      ],
      ["Show my secret", "Cancel"],
    ],
    ["making", [`⏳ Being made · ${TITLE}`, "Its secret appears here in a moment.", "approved [1] · ref SECRET22"], []],
    ["made", [`🔑 Made · ${TITLE}`, "made [2] · ref SECRET22"], []],
    [
      "denied",
      [`Denied by @UANN · ${TITLE}`, "Use Editor", "The secret stays as it is.", "denied [2] · ref SECRET22"],
      ["Ask again"],
    ],
    [
      "cancelled",
      [`Canceled by you · ${TITLE}`, "The secret stays as it is.", "canceled [2] · ref SECRET22"],
      ["Ask again"],
    ],
    [
      "withdrawn",
      [`Withdrawn by @UBOB · ${TITLE}`, "The secret stays as it is.", "withdrawn [2] · ref SECRET22"],
      ["Ask again"],
    ],
    [
      "lapsed",
      [`Lapsed · ${TITLE}: nobody decided until [10].`, "The secret stays as it is.", "asked [1] · ref SECRET22"],
      ["Ask again"],
    ],
    ["requester_gone", [`Ended · ${TITLE}: you can no longer ask for keys.`, "ended [2] · ref SECRET22"], []],
  ])("that is %s", (kind, lines, buttons) => {
    const { blocks } = requesterCard({ request: SECRETS[kind], key, approvers, waited: approvers });
    expect(linesOf(blocks)).toEqual(lines);
    expect(labelsOf(blocks)).toEqual(buttons);
    for (const button of buttonsOf(blocks)) expect(button.value).toBe("request-2");
  });

  test.each<[RevealFailure["why"], string]>([
    ["refused", "⚠️ Tigris refused to make it [3], since it doesn't allow me to. The old secret is unchanged."],
    [
      "lost",
      "⚠️ The new secret got lost [3]. The old one has probably stopped working. Show my secret makes another one.",
    ],
    [
      "interrupted",
      "⚠️ The new secret got lost [3]. The old one has probably stopped working. Show my secret makes another one.",
    ],
  ])("whose last reveal was %s says what became of the old secret, and can be used again", (why, said) => {
    const failure = { why, detail: "AccessDenied", at: 3_000 };
    const request = secretIn({ kind: "approved", approval: BY_ANN, lapsesAt: 10_000, isExtended: false, failure });
    const { blocks } = requesterCard({ request, key, approvers, waited: approvers });
    expect(rowsOf(blocks)[1]).toBe(said);
    expect(labelsOf(blocks)).toEqual(["Show my secret", "Cancel"]);
  });

  test.each([
    ["unused", "its approval was not used until [10]"],
    ["approver_lost", "@UANN is no longer an approver"],
    ["policy_changed", "need a person's approval by now"],
  ] as const)("whose approval lapsed: %s", (why, said) => {
    const request = secretIn({ kind: "lapsed", why, approval: BY_ANN, at: 10_000 });
    const [row] = rowsOf(requesterCard({ request, key, approvers, waited: approvers }).blocks);
    expect(row).toContain(TITLE);
    expect(row).toContain(said);
  });
});
