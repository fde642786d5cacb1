import type { RequestKind, RevealFailure } from "../../../src/domain/request";
import { requesterCard } from "../../../src/slack/requester-card/view";
import { BY_ANN, keyIn, SECRETS, secretIn } from "../../domain/samples";
import { buttonsOf, rowsOf } from "../reading";

const labels = (blocks: readonly unknown[]) => buttonsOf(blocks).map(({ label }) => label);

describe("the card of a request for a new secret", () => {
  const key = keyIn({ kind: "live", secret: { kind: "confirmed", at: 4_000 } });
  const TITLE = "New secret of the Admin key deploy";

  test.each<[RequestKind, string[], string[]]>([
    ["pending", [`⏳ ${TITLE} is waiting for approval`, "Asked [1] · lapses [10] · ref SECRET22"], ["Cancel request"]],
    [
      "approved",
      [
        `✅ ${TITLE} was approved by @UANN [1]`,
        "Press Reveal secret when you can save it at once: it is shown one time, here, only to you.",
        "Lapses [10] · ref SECRET22",
      ],
      ["Reveal secret", "Cancel"],
    ],
    ["making", [`⏳ ${TITLE} is being made. Its secret appears here in a moment.`, "Approved [1] · ref SECRET22"], []],
    ["made", [`🔑 ${TITLE} was made [2] · ref SECRET22`], []],
    [
      "denied",
      [`${TITLE} was denied by @UANN [2]. The secret stays as it is. · ref SECRET22`, "Use Editor"],
      ["Ask again"],
    ],
    [
      "cancelled",
      [`You cancelled the request for ${TITLE} [2]. The secret stays as it is. · ref SECRET22`],
      ["Ask again"],
    ],
    [
      "withdrawn",
      [`The approval of ${TITLE} was withdrawn by @UBOB [2]. The secret stays as it is. · ref SECRET22`],
      ["Ask again"],
    ],
    [
      "lapsed",
      [
        `Nobody decided about ${TITLE} until [10], so the request has lapsed. The secret stays as it is. · ref SECRET22`,
      ],
      ["Ask again"],
    ],
    ["requester_gone", [`The request for ${TITLE} ended [2]: you can no longer ask for keys.`], []],
  ])("that is %s", (kind, rows, buttons) => {
    const { blocks } = requesterCard({ request: SECRETS[kind], key });
    expect(rowsOf(blocks)).toEqual(rows);
    expect(labels(blocks)).toEqual(buttons);
    for (const button of buttonsOf(blocks)) expect(button.value).toBe("request-2");
  });

  test.each<[RevealFailure["why"], string]>([
    ["refused", "⚠️ Tigris refused to make it [3] (AccessDenied). The old secret is unchanged."],
    ["lost", "⚠️ The new secret got lost [3]. The old one has probably stopped working. You can reveal another one."],
    [
      "interrupted",
      "⚠️ The new secret got lost [3]. The old one has probably stopped working. You can reveal another one.",
    ],
  ])("whose last reveal was %s says what became of the old secret, and can be used again", (why, said) => {
    const failure = { why, detail: "AccessDenied", at: 3_000 };
    const request = secretIn({ kind: "approved", approval: BY_ANN, lapsesAt: 10_000, failure });
    const { blocks } = requesterCard({ request, key });
    expect(rowsOf(blocks)[1]).toBe(said);
    expect(labels(blocks)).toEqual(["Reveal secret", "Cancel"]);
  });

  test.each([
    ["unused", "was not used until [10] and has lapsed"],
    ["approver_lost", "@UANN is no longer an approver"],
    ["policy_changed", "need a person's approval by now"],
  ] as const)("whose approval lapsed: %s", (why, said) => {
    const request = secretIn({ kind: "lapsed", why, approval: BY_ANN, at: 10_000 });
    const [row] = rowsOf(requesterCard({ request, key }).blocks);
    expect(row).toContain(TITLE);
    expect(row).toContain(said);
  });
});
