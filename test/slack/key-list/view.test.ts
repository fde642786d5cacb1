import { readPosition } from "../../../src/slack/key-list/position";
import { keyList } from "../../../src/slack/key-list/view";
import { keyIn } from "../../domain/samples";
import { KEYS } from "../../workflow/keys";
import { buttonsOf, objectsIn, rowsOf } from "../reading";

const HOUR = 3_600_000;
const LIVE = KEYS.live;
const OLDER = keyIn(LIVE.state, { accessKeyId: "tid_last", keyName: "backup", madeAt: 1_000 });

type Shown = Parameters<typeof keyList>[0];
const PAGE: Shown["page"] = {
  kind: "page",
  keys: [LIVE, OLDER],
  total: 2,
  before: 0,
  hasOlder: false,
  hasNewer: false,
  isApprover: false,
};
const LIST: Shown = { page: PAGE, whose: { kind: "own" }, search: null, viewerId: "UDEV", at: 2 * HOUR, deed: null };
const page = (changes: Partial<Shown["page"]>): Shown["page"] => ({ ...PAGE, ...changes });

/** The title, then each row: without what keeps its text literal. */
function linesOf(shown: Shown): string[] {
  const { blocks } = keyList(shown);
  const rows = blocks.flatMap((block) => (block.type === "section" ? [block.text?.text ?? ""] : []));
  return [...rowsOf(blocks), ...rows.map((text) => text.replaceAll("\u200B", ""))];
}

describe("a list of keys", () => {
  test("a title with how many they are, then a row for each", () => {
    expect(linesOf(LIST)).toEqual([
      "2 keys",
      "*deploy* · Admin · whole organization · on · 1 hour old",
      "*backup* · Admin · whole organization · on · 1 hour old",
    ]);
    expect(keyList(LIST).text).toMatch(/^2 keys\ndeploy · Admin/);
  });

  test.each<[string, Partial<Shown>, string]>([
    ["the first of several pages", { page: page({ total: 17, hasOlder: true }) }, "17 keys, 1–2"],
    ["a later one", { page: page({ total: 17, before: 10, hasNewer: true }) }, "17 keys, 11–12"],
    ["one key", { page: page({ keys: [LIVE], total: 1 }) }, "1 key"],
    ["of so many that nobody counts them", { page: page({ total: 1_001 }) }, "Over 1000 keys, 1–2"],
    ["far back in those", { page: page({ total: 1_001, before: 1_001 }) }, "Over 1000 keys"],
    ["everybody's", { whose: { kind: "all" } }, "2 keys of everybody"],
    ["a person's", { whose: { kind: "person", userId: "UANN" } }, "2 keys of @UANN"],
    ["those with some words", { whose: { kind: "all" }, search: "ci" }, "2 keys of everybody with “ci”"],
  ])("the title of %s", (_what, changes, title) => {
    expect(linesOf({ ...LIST, ...changes })[0]).toBe(title);
  });

  test("whose a key is stands in its row where it is somebody else's", () => {
    const [, row] = linesOf({ ...LIST, page: page({ isApprover: true }), whose: { kind: "all" }, viewerId: "UANN" });
    expect(row).toMatch(/ · <@UDEV>$/);
  });

  test("what was done shows in its row, and a key that was deleted stays where it was", () => {
    const { state } = KEYS.deleted;
    const newest = keyIn(LIVE.state, { accessKeyId: "tid_new", keyName: "newest", madeAt: 5_000 });
    for (const [gone, at] of [
      [{ ...LIVE, state }, 2],
      [{ ...newest, state }, 1],
    ] as const) {
      const others = [newest, LIVE, OLDER].filter(({ accessKeyId }) => accessKeyId !== gone.accessKeyId);
      const shown = { ...LIST, page: page({ keys: others }), deed: { key: gone, just: "deleted" as const } };
      expect(linesOf(shown)[0]).toBe("2 keys");
      expect(linesOf(shown)[at]).toBe(`*${gone.keyName}* · deleted by you just now`);
      expect(objectsIn(keyList(shown).blocks).filter(({ type }) => type === "overflow")).toHaveLength(2);
    }
    expect(linesOf({ ...LIST, deed: { key: OLDER, just: "paused" } })[2]).toContain("paused by you just now");
    const last = {
      ...LIST,
      page: page({ keys: [], total: 0 }),
      deed: { key: { ...LIVE, state }, just: "deleted" as const },
    };
    expect(linesOf(last)).toEqual(["0 keys", "*deploy* · deleted by you just now"]);
  });

  test("each block says which page it is of, and no two of them are one", () => {
    const shown = {
      ...LIST,
      page: page({ hasOlder: true }),
      whose: { kind: "person", userId: "UANN" } as const,
      search: "c",
    };
    const ids = keyList(shown).blocks.flatMap((block) => (block.block_id ? [block.block_id] : []));
    expect(new Set(ids).size).toBe(3);
    for (const id of ids)
      expect(readPosition(id)).toEqual({ whose: shown.whose, search: "c", firstId: LIVE.accessKeyId });
  });

  test.each([
    ["own", "keys_own_newer", "keys_own_older"],
    ["all", "keys_all_newer", "keys_all_older"],
    ["person", "keys_person_newer", "keys_person_older"],
  ] as const)("pages of %s keys are turned from the first and the last key", (kind, newer, older) => {
    const whose = kind === "person" ? { kind, userId: "UDEV" } : { kind };
    const { blocks } = keyList({ ...LIST, page: page({ hasOlder: true, hasNewer: true }), whose });
    expect(buttonsOf(blocks)).toMatchObject([
      { label: "Newer", actionId: newer, value: "tid_one" },
      { label: "Older", actionId: older, value: "tid_last" },
    ]);
  });

  test("where there is more than a page, it says how to find one", () => {
    const hint = (changes: Partial<Shown>) =>
      objectsIn(keyList({ ...LIST, page: page({ hasOlder: true }), ...changes }).blocks)
        .filter(({ type }) => type === "context")
        .map(({ elements }) => JSON.stringify(elements));
    expect(hint({})[0]).toContain("Find one by its name or id: `/tigris-key list ci`");
    expect(hint({ whose: { kind: "all" } })[0]).toContain("list all ci`");
    expect(hint({ whose: { kind: "person", userId: "UANN" } })[0]).toContain("list @person ci`");
    expect(hint({ search: "ci" })).toEqual([]);
    expect(hint({ page: PAGE })).toEqual([]);
  });

  test("an empty one says so, and what to do where something can be done", () => {
    const empty = (changes: Partial<Shown>) => linesOf({ ...LIST, page: page({ keys: [], total: 0 }), ...changes })[0];
    expect(empty({})).toBe("You have no keys.");
    expect(empty({ whose: { kind: "person", userId: "UANN" } })).toBe("@UANN has no keys.");
    expect(empty({ whose: { kind: "all" } })).toBe("Nobody has a key.");
    expect(empty({ search: "ci" })).toBe(
      "No key of yours has “ci” in its name. See all of yours with /tigris-key list.",
    );
    expect(empty({ search: "al" })).toContain("Did you mean /tigris-key list all?");
    expect(empty({ search: "ci", whose: { kind: "all" } })).toBe(
      "No key has “ci” in its name. See all with /tigris-key list all.",
    );
  });
});

test.each(["", "{", "null", "7", '{"of":"everybody"}', '{"of":7}', "actions-1"])("no page is read from %j", (id) => {
  expect(readPosition(id)).toBeNull();
  expect(readPosition(null)).toBeNull();
});
