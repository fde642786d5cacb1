import type { Hold, Key } from "../../../src/domain/key";
import { keyRow, type RowView } from "../../../src/slack/blocks/key-row";
import { ageWords } from "../../../src/slack/words/age";
import { finalEnd, keyIn } from "../../domain/samples";
import { BY_APPROVER, BY_BOT, BY_OWNER, CHANGES, KEYS, PAUSES, pausedBy } from "../../workflow/keys";
import { plainText } from "../words/plain-text";

const HOUR = 3_600_000;
const IDS = { details: "d", newSecret: "n", rotate: "o", changeAccess: "c", pause: "p", resume: "r", deleteKey: "x" };
const OWNER: RowView = { viewerId: "UDEV", isApprover: false, at: 2_000 + 13 * 24 * HOUR - 1, ids: IDS };
const APPROVER: RowView = { ...OWNER, viewerId: "UANN", isApprover: true };

const said = (key: Key, view: RowView) => plainText(keyRow(key, view).sentence);

function menuOf(key: Key, view: RowView): string[] {
  const { accessory } = keyRow(key, view).block;
  return accessory?.type === "overflow" ? accessory.options.map(({ text }) => text.text) : [];
}

test("name, access, state and age, and whose it is where it is somebody else's", () => {
  const access = { permission: "ReadOnly", buckets: { kind: "named", names: ["builds", "logs"] } } as const;
  const key = keyIn(KEYS.live.state, { keyName: "ci-uploader", access });
  expect(said(key, OWNER)).toBe("*ci-uploader* · ReadOnly · builds, logs · on · 12 days old");
  expect(said(key, APPROVER)).toBe("*ci-uploader* · ReadOnly · builds, logs · on · 12 days old · @UDEV");
});

test("it is drawn as a section, where what was typed has no effect, and each option is a click on its key", () => {
  const key = keyIn(KEYS.live.state, { keyName: "<!here> *ci*" });
  const { block } = keyRow(key, { ...OWNER, blockId: "row-1" });
  expect(block).toMatchObject({ type: "section", block_id: "row-1", text: { type: "mrkdwn", verbatim: true } });
  expect(block.text?.text).toMatch(/^\*&lt;!here&gt; \u200B\*\u200Bci\u200B\*\u200B\*/);
  expect(block.accessory).toMatchObject({
    options: expect.arrayContaining([{ text: expect.anything(), value: "x:tid_one" }]),
  });
});

const held = (key: Key, ...holds: Hold[]) => pausedBy(key, { ...PAUSES.paused, holds });

test.each<[string, Key, string, string[], string[]]>([
  ["off", KEYS.off, "off", ["Details", "New secret", "Delete key"], ["Details", "Delete key"]],
  [
    "switched on right now",
    KEYS.switching_on,
    "being switched on",
    ["Details", "Pause", "Delete key"],
    ["Details", "Pause", "Delete key"],
  ],
  [
    "on",
    KEYS.live,
    "on",
    ["Details", "New secret", "Rotate", "Pause", "Delete key"],
    ["Details", "Pause", "Delete key"],
  ],
  [
    "on, and its access changes",
    { ...KEYS.live, accessChange: CHANGES.narrowing },
    "on, its access is changing",
    ["Details", "New secret", "Change access", "Pause", "Delete key"],
    ["Details", "Pause", "Delete key"],
  ],
  [
    "on by breaking the glass",
    { ...KEYS.live, end: finalEnd(9_000) },
    "on until [9000]",
    ["Details", "New secret", "Pause", "Delete key"],
    ["Details", "Pause", "Delete key"],
  ],
  [
    "without a secret",
    KEYS.secret_unknown,
    "nobody holds its secret",
    ["Details", "New secret", "Pause", "Delete key"],
    ["Details", "Pause", "Delete key"],
  ],
  [
    "getting one",
    KEYS.rotating,
    "getting a new secret",
    ["Details", "Pause", "Delete key"],
    ["Details", "Pause", "Delete key"],
  ],
  ["going", KEYS.deleting, "being deleted", ["Details"], ["Details"]],
  [
    "paused by its owner",
    held(KEYS.live, BY_OWNER),
    "paused",
    ["Details", "New secret", "Resume", "Delete key"],
    ["Details", "Pause", "Delete key"],
  ],
  [
    "paused by an approver",
    held(KEYS.live, BY_APPROVER),
    "paused",
    ["Details", "New secret", "Pause", "Delete key"],
    ["Details", "Resume", "Delete key"],
  ],
  [
    "paused by both",
    held(KEYS.live, BY_OWNER, BY_APPROVER),
    "paused",
    ["Details", "New secret", "Resume", "Delete key"],
    ["Details", "Resume", "Delete key"],
  ],
  [
    "paused by the bot",
    held(KEYS.live, BY_BOT),
    "paused",
    ["Details", "New secret", "Pause", "Delete key"],
    ["Details", "Resume", "Pause", "Delete key"],
  ],
  [
    "being paused",
    pausedBy(KEYS.live, PAUSES.pausing),
    "being paused",
    ["Details", "New secret", "Resume", "Delete key"],
    ["Details", "Pause", "Delete key"],
  ],
  [
    "not resumed yet",
    pausedBy(KEYS.live, PAUSES.resuming),
    "paused",
    ["Details", "New secret", "Resume", "Pause", "Delete key"],
    ["Details", "Resume", "Pause", "Delete key"],
  ],
  [
    "off and paused",
    held(KEYS.off, BY_OWNER),
    "paused",
    ["Details", "Resume", "Delete key"],
    ["Details", "Delete key"],
  ],
  [
    "paused and getting a secret",
    held(KEYS.rotating, BY_OWNER),
    "paused",
    ["Details", "Delete key"],
    ["Details", "Pause", "Delete key"],
  ],
  ["paused and going", held(KEYS.deleting, BY_OWNER), "being deleted", ["Details"], ["Details"]],
])("a key that is %s: its word, and what its owner and an approver can choose", (_what, key, word, owner, approver) => {
  expect(said(key, OWNER)).toBe(`*deploy* · Admin · whole organization · ${word} · 12 days old`);
  expect(menuOf(key, OWNER)).toEqual(owner);
  expect(menuOf(key, APPROVER)).toEqual(approver);
});

test("an approver is their own keys' owner, and nobody's approver there", () => {
  const key = held(KEYS.live, BY_APPROVER);
  expect(menuOf(key, { ...APPROVER, viewerId: "UDEV" })).not.toContain("Resume");
});

test("whoever is neither owner nor approver can choose nothing", () => {
  expect(menuOf(KEYS.live, { ...APPROVER, isApprover: false })).toEqual([]);
});

test("what was done a moment ago stands in place of the state, and what is deleted has neither access nor menu", () => {
  expect(said(held(KEYS.live, BY_OWNER), { ...OWNER, just: "paused" })).toBe(
    "*deploy* · Admin · whole organization · paused by you just now · 12 days old",
  );
  expect(said(KEYS.deleted, { ...OWNER, just: "deleted" })).toBe("*deploy* · deleted by you just now");
  expect(said(KEYS.deleted, APPROVER)).toBe("*deploy* · deleted by you [3000] · @UDEV");
  expect(menuOf(KEYS.deleted, OWNER)).toEqual([]);
});

test.each([
  [0, "made just now"],
  [-5 * HOUR, "made just now"],
  [HOUR / 60, "1 minute old"],
  [HOUR - 1, "59 minutes old"],
  [HOUR, "1 hour old"],
  [24 * HOUR - 1, "23 hours old"],
  [24 * HOUR, "1 day old"],
  [400 * 24 * HOUR, "400 days old"],
])("after %d ms a key is %s", (ageMs, words) => {
  expect(ageWords(1_000, 1_000 + ageMs)).toBe(words);
});
