import { messageProblems, viewProblems } from "../../sandbox/slack/limits/blocks";
import type { Message } from "../../src/slack/blocks/message";
import { objectsIn } from "./reading";

/** Slack's own codes with nothing but ids, moments and our own words in them. */
const OWN_CODES = /<(?:@|#|!subteam\^)[A-Z0-9]+>|<!date\^\d+\^\{date_short_pretty\} at \{time\}\|[\d-]+ [\d:]+ UTC>/g;

/** A message within Slack's limits, in which nothing that was typed has an effect. */
export function expectHarmless(message: Message): void {
  expect(messageProblems(message.blocks)).toEqual([]);
  expectNoMarkup(message.blocks);
  expect(message.text.length).toBeLessThanOrEqual(4_000);
  expect(message.text).not.toBe("");
  expectInert(message.text);
}

/** Nothing typed has an effect in a text that Slack reads as mrkdwn. Bold and code of ours are beside no such mark. */
function expectInert(text: string): void {
  const typed = text.replace(OWN_CODES, "");
  expect(typed).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  expect(typed).not.toMatch(/https?:\/\//);
  expect(typed).not.toMatch(/(?<!\u200B)[*~`]|[*~`](?!\u200B|$|…$)/);
}

/** No text anywhere that Slack would read as markup, and no part that pings a whole channel or leads away. */
export function expectNoMarkup(shown: unknown): void {
  const all = objectsIn(shown);
  const isMarked = ({ type }: (typeof all)[number]) => type === "mrkdwn";
  for (const { text } of all.filter(isMarked))
    expectInert(String(text).replace(OWN_LINK, "").replace(OWN_CODE, "").replace(OWN_BOLD, "$1"));
  const objects = all.filter((one) => !isMarked(one));
  const types = objects.map(({ type }) => type);
  for (const type of ["broadcast", "link", "emoji"]) expect(types).not.toContain(type);
  const texts = objects.flatMap(({ text, accessibility_label }) => [text, accessibility_label]);
  expect(texts.filter((text) => typeof text === "string" && UNSEEN.test(text))).toEqual([]);
}

/** The one address that we name. */
const OWN_LINK = "<https://console.storage.dev/|In the Dashboard>";

/** Code of ours, in which nothing has an effect, and bold: marks that stand beside no zero-width space. */
const OWN_CODE = /`[^`<>]*`/g;
const OWN_BOLD = /(?<!\u200B)\*([^*]+|(?:[^*]|\u200B\*\u200B)+)\*(?!\u200B)/g;

/** Some of what reverses or hides text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSEEN = /[\u202E\u200B\u0000\u0007]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/;

/** The same of a view. */
export function expectHarmlessView(view: unknown): void {
  expect(viewProblems(view)).toEqual([]);
  expectNoMarkup(view);
}
