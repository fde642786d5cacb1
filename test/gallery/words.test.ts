import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { gallery } from ".";
import { textsOf } from "./texts";
import { otherWords } from "./words";

const ROOT = join(__dirname, "..", "..");

/** The words that the table in docs/architecture.md keeps out. */
const OTHERS = otherWords(readFileSync(join(ROOT, "docs", "architecture.md"), "utf8"));

/** What people read in Slack before the bot has said anything. */
const MANIFEST = JSON.stringify(parse(readFileSync(join(ROOT, "manifest.yml"), "utf8")).features);

/** Names, which are written as they are; Enter is a key of the keyboard. */
const NAMES =
  /\b(?:I|I've|Tigris|Slack|DM|ID|IDs|Dashboard|ReadOnly|Editor|Admin|Default|Fly|AWS|Enter|ci-uploader|deploy|service-\d+)\b/g;

const SAID = gallery().map((entry) => ({ where: `${entry.group}, ${entry.name}`, ...textsOf(entry) }));

/** What a pattern finds, with some of what stands around it; each once, with the first place where it stands. */
function found(pattern: RegExp, texts: "all" | "labels" = "all"): string[] {
  const places = new Map<string, string>();
  for (const { where, ...read } of SAID)
    for (const text of read[texts])
      for (const { index, 0: match } of text.matchAll(new RegExp(pattern, `g${pattern.flags}`))) {
        const around = text.slice(Math.max(0, index - 30), index + match.length + 30);
        if (!places.has(around)) places.set(around, where);
      }
  return [...places].map(([around, where]) => `${where}: …${around}…`);
}

test("the table names words to keep out", () => {
  expect(OTHERS).toEqual(expect.arrayContaining(["credential", "live", "expired", "organisation"]));
});

test.each(OTHERS)("nobody reads %p", (word) => {
  const inText = new RegExp(`(?<![\\w-])${word}(?![\\w-])`, "i");
  expect(found(inText)).toEqual([]);
  expect(MANIFEST).not.toMatch(inText);
});

test("buttons, titles and labels are in sentence case", () => {
  const odd = SAID.flatMap(({ where, labels }) => labels.filter(isOdd).map((label) => `${where}: ${label}`));
  expect(odd).toEqual([]);
});

function isOdd(label: string): boolean {
  const [first = "", ...more] = label.replace(NAMES, (name) => name.toLowerCase()).split(/[ :?]+/);
  return /^\p{Ll}/u.test(label) || /^\p{Lu}{2}/u.test(first) || more.some((word) => /^\p{Lu}/u.test(word));
}

test("nobody is shouted at", () => {
  expect(found(/!/)).toEqual([]);
});

test("one emoji at most in a message or a view, and no label is nothing else", () => {
  const emoji = /\p{Extended_Pictographic}/gu;
  const countIn = (texts: string[]): number => texts.join(" ").match(emoji)?.length ?? 0;
  // A message says all of it once more in its notification.
  const whole = gallery().map((entry) => (entry.kind === "message" ? [entry.message.text] : textsOf(entry).all));
  expect(SAID.filter((_, at) => countIn(whole[at] ?? []) > 1).map(({ where }) => where)).toEqual([]);
  expect(found(/^\P{L}*\p{Extended_Pictographic}\P{L}*$/u, "labels")).toEqual([]);
});

test("it is spelled as in the US", () => {
  expect(found(BRITISH)).toEqual([]);
});

const BRITISH =
  /\b(?:\w*(?:organ|author|recogn|real|custom|minim|maxim|normal|final|initial|synchron)is(?:e|es|ed|ing|ation)|(?:col|fav|behavi|hon|lab)our\w*|(?:cent|met|fib)re|cancell(?:ed|ing)|licence|grey|catalogue|dialogue|whilst|amongst)\b/i;
