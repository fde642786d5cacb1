import { noticeWords } from "../../../src/slack/words/notices";
import { bold, channel, code, group, OPERATOR, time, user } from "../../../src/slack/words/sentence";

describe("a sentence that was stored", () => {
  const said = (sentence: readonly unknown[]) => noticeWords({ code: "written", about: { sentence } });

  test("comes back from JSON as it was, with every kind of part", () => {
    const sentence = ["a ", bold("b"), code("c"), user("UANN"), group("S1"), channel("C1"), time(2_000), OPERATOR];
    expect(said(JSON.parse(JSON.stringify(sentence)))).toEqual(sentence);
  });

  test("loses what is no part of one, and keeps the rest", () => {
    const wrong = [7, null, "", [], {}, { kind: "link", text: "x" }, { kind: "bold" }, user("U1> <!channel"), user("")];
    const never = [time(-1), time(1.5), time(Number.MAX_SAFE_INTEGER), { kind: "time", at: "2000" }];
    expect(said(["a", ...wrong, ...never, { kind: "bold", text: "b", url: "x" }])).toEqual(["a", bold("b")]);
  });

  test.each([[[]], [[null]], [[""]], [undefined], ["text"], [{ 0: "a" }]])("is never empty: %j", (stored) => {
    expect(said(stored as readonly unknown[])).toEqual([" "]);
  });
});
