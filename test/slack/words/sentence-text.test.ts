import { bold, channel, code, group, link, type Sentence, time, user } from "../../../src/slack/words/sentence";
import { sentenceMrkdwn, sentenceText } from "../../../src/slack/words/sentence-text";

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

describe("as the mrkdwn of a block", () => {
  const marked = (...sentence: Sentence) => sentenceMrkdwn(sentence, 3_000);

  test("bold, code and links show as such", () => {
    expect(marked(bold("ci"), " has the id ", code("tid_a.b"))).toBe("*ci* has the id `tid_a.b`");
    expect(marked(link("ci", "https://console.example/?a=1&b=2"))).toBe("<https://console.example/?a=1&b=2|ci>");
  });

  test("what is typed opens nothing and closes nothing", () => {
    expect(marked(bold("a*b"))).toBe("*a\u200B*\u200Bb*");
    expect(marked(code("a`b<!here>"))).toBe("`a'b&lt;!here&gt;`");
    expect(marked("<!channel> & *all*")).toBe("&lt;!channel&gt; &amp; \u200B*\u200Ball\u200B*\u200B");
    expect(marked(link("a|b>c", "https://x.example/|>"))).toBe("<https://x.example/%7C%3E|a|b&gt;c>");
  });

  test("it is cut at its limit, never inside a mark", () => {
    expect(sentenceMrkdwn(["ab", bold("cdef")], 6)).toBe("ab…");
  });
});
