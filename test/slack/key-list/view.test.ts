import { keyList } from "../../../src/slack/key-list/view";
import { keyIn } from "../../domain/samples";
import { buttonsOf, rowsOf } from "../reading";

const LIVE = keyIn({ kind: "live", secret: { kind: "unconfirmed", cover: null } });
const page = { kind: "page", keys: [LIVE], hasOlder: false, hasNewer: false } as const;

describe("a list of keys", () => {
  test("each key with what it is, how old, and whose where it is not one's own", () => {
    const shown = keyList({ page: { ...page, keys: [LIVE] }, whose: { kind: "own" }, viewerId: "UDEV" });
    expect(rowsOf(shown.blocks)).toEqual([
      "Your live keys, newest first",
      "deploy · Admin · whole organisation",
      "tid_one · made [2] · secret not confirmed · ref K7QM2XAB",
    ]);
    expect(shown.text).toContain("tid_one · made");
    const others = keyList({ page: { ...page, keys: [LIVE] }, whose: { kind: "all" }, viewerId: "UANN" });
    expect(rowsOf(others.blocks)[1]).toBe("deploy · Admin · whole organisation · @UDEV");
  });

  test("all but what is on its way out can be deleted, after a question", () => {
    const keys = [
      LIVE,
      keyIn({ kind: "secret_unknown", at: 3_000, cover: null }, { accessKeyId: "tid_two" }),
      keyIn({ kind: "rotating", before: { kind: "secret_unknown", at: 1, cover: null } }, { accessKeyId: "tid_three" }),
      keyIn({ kind: "deleting", byId: "UANN", at: 3_000 }, { accessKeyId: "tid_four" }),
    ];
    const { blocks } = keyList({ page: { ...page, keys }, whose: { kind: "own" }, viewerId: "UDEV" });
    expect(buttonsOf(blocks).map(({ value }) => value)).toEqual(["tid_one", "tid_two", "tid_three"]);
    for (const button of buttonsOf(blocks)) expect(button.asks).toContain("stop working at once");
  });

  test.each([
    ["own", "keys_own_newer", "keys_own_older"],
    ["all", "keys_all_newer", "keys_all_older"],
    ["person", "keys_person_newer", "keys_person_older"],
  ] as const)("pages of %s keys are turned from the first and the last key", (kind, newer, older) => {
    const keys = [LIVE, keyIn(LIVE.state, { accessKeyId: "tid_last" })];
    const whose = kind === "person" ? { kind, userId: "UDEV" } : { kind };
    const { blocks } = keyList({ page: { kind: "page", keys, hasOlder: true, hasNewer: true }, whose, viewerId: "UX" });
    expect(buttonsOf(blocks).slice(2)).toMatchObject([
      { label: "Newer keys", actionId: newer, value: "tid_one" },
      { label: "Older keys", actionId: older, value: "tid_last" },
    ]);
  });

  test("an empty one says so, and what to do where something can be done", () => {
    const said = (whose: Parameters<typeof keyList>[0]["whose"], hasNewer = false) =>
      rowsOf(keyList({ page: { ...page, keys: [], hasNewer }, whose, viewerId: "UDEV" }).blocks);
    expect(said({ kind: "own" })).toEqual(["Your live keys: none. Ask for one with /tigris-key create."]);
    expect(said({ kind: "person", userId: "UANN" })).toEqual(["Live keys of @UANN: none."]);
    expect(said({ kind: "all" }, true)[0]).toContain("none left on this page");
  });
});
