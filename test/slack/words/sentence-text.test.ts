import { bold, channel, code, group, time, user } from "../../../src/slack/words/sentence";
import { sentenceText } from "../../../src/slack/words/sentence-text";

test("people, groups, channels and moments become Slack's codes, with a fallback that names its zone", () => {
  expect(sentenceText([user("UANN"), " ", group("S1"), " ", channel("C1")])).toBe("<@UANN> <!subteam^S1> <#C1>");
  expect(sentenceText([time(1_764_000_000_999)])).toBe(
    "<!date^1764000000^{date_short_pretty} at {time}|2025-11-24 16:00 UTC>",
  );
});

test.each([
  ["<!channel>", "&lt;!channel&gt;"],
  ["<@UANN|ann>", "&lt;@UANN|ann&gt;"],
  ["&lt;!here&gt;", "&amp;lt;!here&amp;gt;"],
  ["<https://evil.example|t3>", "&lt;https:\u200B//evil.\u200Bexample|t3&gt;"],
  ["*b* _i_ ~s~", "\u200B*\u200Bb\u200B*\u200B \u200B_\u200Bi_ \u200B~\u200Bs\u200B~\u200B"],
  [":tada:", ":\u200Btada:"],
  ["tid_one: 2 keys.", "tid_one: 2 keys."],
  ["\u202Egnp.exe", "\uFFFDgnp.\u200Bexe"],
])("%s has no effect, bare, bold or as code", (typed, shown) => {
  expect(sentenceText([typed])).toBe(shown);
  expect(sentenceText([bold(typed)])).toBe(shown);
  expect(sentenceText([code(typed)])).toBe(shown);
});

test("an id that is none of Slack's can't end its code", () => {
  expect(sentenceText([user("U1> <!channel")])).toBe("<@U1>");
});

test("a long text is cut before a code, never inside one", () => {
  const text = sentenceText(["x".repeat(3_990), user("U0123456789"), " more"]);
  expect(text).toBe(`${"x".repeat(3_990)}…`);
  expect(sentenceText(["&".repeat(2_000)])).toBe(`${"&amp;".repeat(799)}…`);
  expect(sentenceText(["x".repeat(3_999)])).toHaveLength(3_999);
});
