import fc from "fast-check";
import { visible } from "../../../src/domain/input-rules";
import { message } from "../../../src/slack/blocks/message";
import { plain } from "../../../src/slack/blocks/plain";
import { nameOperator } from "../../../src/slack/clients/name-operator";
import { ANONYMOUS_OPERATOR, OPERATOR, OPERATOR_MARK, plainText } from "../../../src/slack/words/sentence";

const SENTENCE = ["Tell ", OPERATOR, "."] as const;
const MESSAGE = message({ lines: [SENTENCE], small: [SENTENCE], buttons: [] });

test.each([
  [{ kind: "user", id: "UOPS" } as const, "<@UOPS>", { type: "user", user_id: "UOPS" }],
  [{ kind: "group", id: "SOPS" } as const, "<!subteam^SOPS>", { type: "usergroup", usergroup_id: "SOPS" }],
])("%j is mentioned in rich text, in small print and in the text", (operator, mention, element) => {
  const named = nameOperator(MESSAGE, operator);
  expect(named.text).toBe(`Tell ${mention}.\nTell ${mention}.`);
  expect(named.blocks).toEqual([
    {
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [{ type: "text", text: "Tell " }, element, { type: "text", text: "." }],
        },
      ],
    },
    { type: "context", elements: [{ type: "mrkdwn", text: `Tell ${mention}.`, verbatim: true }] },
  ]);
});

test("where nobody is named it reads so, without anything that nobody sees", () => {
  const named = nameOperator(MESSAGE, null);
  expect(named.text).toBe("Tell whoever runs this bot.\nTell whoever runs this bot.");
  expect(JSON.stringify(named)).not.toContain("\u2060");
});

test("plain text has no mentions, and terminals neither", () => {
  const element = { ...plain("x", 10), text: `Tell ${OPERATOR_MARK}.` };
  expect(nameOperator(element, { kind: "user", id: "UOPS" }).text).toBe("Tell whoever runs this bot.");
  expect(plainText(SENTENCE)).toBe("Tell whoever runs this bot.");
});

test("nobody can type who runs the bot: what they typed stays what it is", () => {
  const operator = { kind: "user", id: "UOPS" } as const;
  for (const typed of [ANONYMOUS_OPERATOR, OPERATOR_MARK]) {
    expect(visible(typed)).not.toContain("\u2060");
    const written = message({ lines: [[typed], { quote: typed }], small: [[typed]], buttons: [] });
    expect(JSON.stringify(nameOperator(written, operator))).not.toContain("UOPS");
  }
});

test("whatever has no operator in it is left as the very object that it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(nameOperator(value, { kind: "user", id: "UOPS" })).toBe(value);
    }),
  );
});
