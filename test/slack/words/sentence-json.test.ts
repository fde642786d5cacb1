import { bold, channel, code, group, type Sentence, time, user } from "../../../src/slack/words/sentence";
import { sentenceFromJson } from "../../../src/slack/words/sentence-json";

const SENTENCE: Sentence = [
  user("U1"),
  " asked ",
  group("S1"),
  " in ",
  channel("C1"),
  " for ",
  bold("deploy"),
  code("K7QM2XAB"),
  time(0),
];

test("a sentence comes back as it was stored", () => {
  expect(sentenceFromJson(JSON.parse(JSON.stringify(SENTENCE)))).toEqual(SENTENCE);
});

test.each<[string, unknown]>([
  ["no text at all", ""],
  ["an id with a mark", { kind: "user", id: "U1>" }],
  ["an id in small letters", { kind: "group", id: "s1" }],
  ["no id", { kind: "channel", id: "" }],
  ["a part of another kind", { kind: "link", url: "https://example.com" }],
  ["a bold part without text", { kind: "bold" }],
  ["a moment before 1970", { kind: "time", at: -1 }],
  ["a moment after the last one", { kind: "time", at: 8_640_000_000_000_001 }],
  ["a moment between two milliseconds", { kind: "time", at: 0.5 }],
  ["a number", 7],
  ["nothing", null],
  ["a sentence in a sentence", ["deploy"]],
])("what is no part is left out: %s", (_what, odd) => {
  expect(sentenceFromJson(["You canceled ", odd, bold("deploy")])).toEqual(["You canceled ", bold("deploy")]);
});

test("the last moment that there is, is one", () => {
  expect(sentenceFromJson([{ kind: "time", at: 8_640_000_000_000_000 }])).toEqual([time(8_640_000_000_000_000)]);
});

test.each([null, "a text", { 0: "a text" }, [], [""], [{ kind: "link" }]])(
  "where nothing is left there is a space, since Slack refuses a message without text: %j",
  (stored) => {
    expect(sentenceFromJson(stored)).toEqual([" "]);
  },
);
