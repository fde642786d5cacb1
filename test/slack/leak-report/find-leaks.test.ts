import fc from "fast-check";
import { MAX_KEYS_REPORTED, MAX_PARTS_LOOKED_THROUGH } from "../../../src/domain/limits";
import { findLeaks, type Leaks } from "../../../src/slack/leak-report/find-leaks";

const ID = "tid_cGzkeGhsEnQbTRBvTGmiNvKZWsXNFHXeUTdGEvnOaqbWeKc_mA";
const rich = (...elements: object[]) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements }] });

test.each<[string, unknown]>([
  ["its text", { text: `look: ${ID}, oh` }],
  ["an assignment", { text: `export AWS_ACCESS_KEY_ID=${ID}` }],
  ["quotes", { text: `"${ID}"` }],
  ["marks of mrkdwn", { text: `\`${ID}\` *${ID}* ~${ID}~` }],
  ["a name that goes before", { text: `key_${ID}` }],
  ["rich text", { blocks: [rich({ type: "text", text: ID, style: { code: true } })] }],
  ["a list in rich text", { blocks: [{ type: "rich_text", elements: [{ elements: [rich({ text: ID })] }] }] }],
  ["a link", { blocks: [rich({ type: "link", url: `https://example.com/?id=${ID}&x=1` })] }],
  ["an attachment", { text: "", attachments: [{ fallback: "x", fields: [{ title: "id", value: `${ID}\n` }] }] }],
  ["blocks of an attachment", { attachments: [{ blocks: [{ text: { text: ID } }] }] }],
  ["the beginning of a file", { files: [{ preview: `AWS_ACCESS_KEY_ID=${ID}\n` }] }],
])("an id in %s", (_what, message) => {
  expect(findLeaks(message)).toEqual({ accessKeyIds: [ID], holdsSecret: false, isCut: false });
});

test("an id in italics is the one without their marks, where it stands elsewhere too", () => {
  const message = { text: "_tid_abc_", blocks: [rich({ text: "tid_abc", style: { italic: true } })] };
  expect(findLeaks(message).accessKeyIds).toEqual(["tid_abc"]);
  expect(findLeaks({ text: "_tid_abc_" }).accessKeyIds).toEqual(["tid_abc_"]);
});

test("several ids, each once, in the order in which they stand", () => {
  const message = { text: "tid_one tid_two", attachments: [{ text: "tid_two, tid_three" }] };
  expect(findLeaks(message).accessKeyIds).toEqual(["tid_one", "tid_two", "tid_three"]);
});

test.each<unknown>([
  undefined,
  null,
  7,
  "",
  {},
  { text: "nothing" },
  { text: "tid_" },
  { text: "tid _abc" },
  { text: "xtid_abc" },
  { text: `tid_${"a".repeat(121)}` },
  { tid_abc: "a name is no text" },
])("no id in %j", (message) => {
  expect(findLeaks(message)).toEqual({ accessKeyIds: [], holdsSecret: false, isCut: false });
});

test.each(["_", "-", "", "_-_"])(
  "what is joined by %j is two: an id never ends with a secret, nor with another id",
  (joint) => {
    const secret = `tsec_${"a1".repeat(20)}`;
    expect(findLeaks({ text: `tid_abc${joint}${secret}` })).toEqual({
      accessKeyIds: [`tid_abc${joint}`],
      holdsSecret: true,
      isCut: false,
    });
    expect(findLeaks({ text: `${secret}${joint}tid_abc` }).accessKeyIds.join()).not.toContain("tsec_");
    if (joint !== "") expect(findLeaks({ text: `tid_abc${joint}tid_def` }).accessKeyIds).toContain("tid_def");
  },
);

test("a secret is noticed, and not kept", () => {
  const found = findLeaks({ text: "tid_abc", attachments: [{ text: "AWS_SECRET_ACCESS_KEY=tsec_abcdefgh" }] });
  expect(found).toEqual({ accessKeyIds: ["tid_abc"], holdsSecret: true, isCut: false });
});

test("a list of ids is taken up to a number", () => {
  const ids = Array.from({ length: MAX_KEYS_REPORTED + 1 }, (_, index) => `tid_${index}`);
  expect(findLeaks({ text: ids.slice(1).join(" ") })).toMatchObject({ isCut: false });
  const found = findLeaks({ text: ids.join(" ") });
  expect(found.accessKeyIds).toEqual(ids.slice(0, MAX_KEYS_REPORTED));
  expect(found.isCut).toBe(true);
});

const MEGABYTES_4 = 4_194_304;

/** As deep as a payload of that many bytes can be. */
function deep(levels: number, bottom: unknown): unknown {
  let value = bottom;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

const few = Array.from({ length: MAX_KEYS_REPORTED }, (_, i) => `tid_${i}`);

test.each<[string, unknown, Partial<Leaks>]>([
  ["one text", { text: "x".repeat(MEGABYTES_4) }, { accessKeyIds: [] }],
  ["a text of beginnings", { text: "tid_".repeat(MEGABYTES_4 / 4) }, { accessKeyIds: [] }],
  [
    "a text of beginnings after letters",
    { text: `x${"tid".repeat(9)}tid_`.repeat(MEGABYTES_4 / 32) },
    { accessKeyIds: [] },
  ],
  ["a text of beginnings of secrets", { text: "tsec_".repeat(MEGABYTES_4 / 5) }, { holdsSecret: true }],
  ["a text of short ids", { text: "tid_a ".repeat(MEGABYTES_4 / 6) }, { accessKeyIds: ["tid_a"], isCut: true }],
  [
    "a text of other ids",
    { text: Array.from({ length: MEGABYTES_4 / 12 }, (_, i) => `tid_${i}`).join(" ") },
    { accessKeyIds: few, isCut: true },
  ],
  ["a text of underscores", { text: `tid_${"_".repeat(MEGABYTES_4)}` }, { accessKeyIds: [] }],
  ["lists in lists", deep(MEGABYTES_4 / 2, "tid_abc"), { accessKeyIds: [], isCut: true }],
  ["a wide list", { blocks: Array(MEGABYTES_4 / 2).fill(0) }, { accessKeyIds: [], isCut: true }],
  [
    "a list of texts",
    { blocks: Array.from({ length: MEGABYTES_4 / 10 }, (_, i) => `tid_${i}`) },
    { accessKeyIds: few, isCut: true },
  ],
])("a payload of four megabytes with %s is read to its end, or cut", (_what, message, found) => {
  expect(findLeaks(message)).toMatchObject(found);
});

test("no more parts are opened than a number, however many there are", () => {
  let opened = 0;
  const endless = (): object => ({
    get blocks() {
      opened++;
      return [endless(), endless()];
    },
  });
  expect(findLeaks(endless())).toMatchObject({ isCut: true });
  expect(opened).toBeLessThanOrEqual(MAX_PARTS_LOOKED_THROUGH);
});

test("what is deeper than is looked through is said to be cut", () => {
  expect(findLeaks(deep(60_000, "tid_abc"))).toEqual({ accessKeyIds: [], holdsSecret: false, isCut: true });
  expect(findLeaks(deep(40_000, "tid_abc"))).toEqual({ accessKeyIds: ["tid_abc"], holdsSecret: false, isCut: false });
});

test("whatever a message is, only ids come of it", () => {
  const texts = fc.stringMatching(/^[ tidsec_a\n-]*$/);
  const any = fc.anything({ values: [texts, fc.constantFrom("tid_abc", "tsec_abcdefgh")], withNullPrototype: true });
  fc.assert(
    fc.property(any, (message) => {
      const { accessKeyIds } = findLeaks(message);
      expect(accessKeyIds.length).toBeLessThanOrEqual(MAX_KEYS_REPORTED);
      for (const id of accessKeyIds) expect(id).toMatch(/^tid_[\w-]{1,120}$/);
    }),
  );
});
