import { loadingView } from "../../../src/slack/blocks/modals";
import { bucketOptions } from "../../../src/slack/create-form/bucket-options";
import { createdView } from "../../../src/slack/create-form/created-view";
import { keyOptions } from "../../../src/slack/delete-form/key-options";
import { deleteForm } from "../../../src/slack/delete-form/view";
import { denyForm } from "../../../src/slack/deny-form/view";
import { help } from "../../../src/slack/help/view";
import { keyList } from "../../../src/slack/key-list/view";
import { keyIn, REQUESTS } from "../../domain/samples";
import { buttonsOf, elementOf, inputsOf, objectsIn, rowsOf } from "../reading";

const LIVE = keyIn({ kind: "live", secret: { kind: "unconfirmed" } });
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

  test("only what is free can be deleted, after a question", () => {
    const keys = [
      LIVE,
      keyIn({ kind: "secret_unknown", at: 3_000 }, { accessKeyId: "tid_two" }),
      keyIn({ kind: "rotating", before: { kind: "secret_unknown", at: 1 } }, { accessKeyId: "tid_three" }),
      keyIn({ kind: "deleting", byId: "UANN", at: 3_000 }, { accessKeyId: "tid_four" }),
    ];
    const { blocks } = keyList({ page: { ...page, keys }, whose: { kind: "own" }, viewerId: "UDEV" });
    expect(buttonsOf(blocks).map(({ value }) => value)).toEqual(["tid_one", "tid_two"]);
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

describe("help", () => {
  test("says what the bot can do, with a button for each", () => {
    const { text, blocks } = help({ unknownWord: null, nearest: null });
    for (const word of ["create", "list", "delete"]) expect(text).toContain(`/tigris-key ${word}`);
    expect(buttonsOf(blocks).map(({ label }) => label)).toEqual(["Create a key", "List my keys", "Delete a key"]);
  });

  test("names the nearest word for one that it does not know", () => {
    expect(rowsOf(help({ unknownWord: "craete", nearest: "create" }).blocks)[0]).toBe(
      "I don't know craete. Did you mean /tigris-key create?",
    );
    expect(rowsOf(help({ unknownWord: "sing", nearest: null }).blocks)[0]).toBe(
      "I don't know sing. This is what I can do:",
    );
  });
});

describe("the form that deletes a key", () => {
  test("with a key: what it is, whose, how old, and what happens", () => {
    const view = deleteForm({ picked: LIVE, viewerId: "UANN" });
    expect(rowsOf(view.blocks)).toEqual([
      "deploy · Admin · whole organisation",
      "A key of @UDEV, made [2] · ID tid_one · ref K7QM2XAB",
      "⚠️ Programs that use it stop working at once. This can't be undone.",
    ]);
    const select = elementOf(inputsOf(view).picked_key);
    expect(select).toMatchObject({ min_query_length: 0, initial_option: { value: "tid_one" } });
    expect(view.submit).toMatchObject({ text: "Delete key" });
    expect(rowsOf(deleteForm({ picked: LIVE, viewerId: "UDEV" }).blocks)[1]).toMatch(/^Your key, made/);
  });

  test("without one: to be chosen, and the warning already", () => {
    const view = deleteForm({ picked: null, viewerId: "UDEV" });
    expect(elementOf(inputsOf(view).picked_key)).not.toHaveProperty("initial_option");
    expect(rowsOf(view.blocks)).toEqual(["⚠️ Programs that use it stop working at once. This can't be undone."]);
  });
});

test("the form for a denial holds the request's id and wants a reason", () => {
  const view = denyForm(REQUESTS.pending);
  expect(view.private_metadata).toBe("request-1");
  expect(rowsOf(view.blocks)).toEqual(["Admin key deploy, asked for by @UDEV · ref K7QM2XAB"]);
  expect(inputsOf(view).deny_reason).not.toHaveProperty("optional");
  expect(elementOf(inputsOf(view).deny_reason)).toMatchObject({ max_length: 500 });
});

test("after asking, the form says what comes next and leads to the DM", () => {
  const links = { dmUrl: "https://acme.slack.com/archives/D1", approvalsChannelId: "C1" };
  const approved = createdView({ request: REQUESTS.approved, ...links });
  expect(rowsOf(approved.blocks)).toEqual([
    "Your Admin key deploy is approved. Open your DM with me and press Reveal secret there.",
  ]);
  const waiting = createdView({ request: REQUESTS.pending, ...links });
  expect(rowsOf(waiting.blocks)).toEqual([
    "Your request for Admin key deploy (ref K7QM2XAB) was sent to #C1. I'll tell you in our DM as soon as somebody decides. It lapses [10].",
  ]);
  for (const view of [approved, waiting]) {
    expect(objectsIn(view.blocks)).toContainEqual(expect.objectContaining({ url: links.dmUrl }));
    expect(view).not.toHaveProperty("submit");
  }
  expect(loadingView("A title that is longer than views take").title.text).toHaveLength(24);
});

test("options hold what they name; buckets that no form could name are not offered", () => {
  const names = ["builds", "*", "", "<!channel>", "Old_Bucket.1", "x".repeat(151)];
  expect(bucketOptions(names).map(({ value }) => value)).toEqual(["builds", "Old_Bucket.1"]);
  expect(bucketOptions(Array.from({ length: 150 }, (_, index) => `b${index}`))).toHaveLength(100);
  expect(keyOptions([LIVE], "UANN")).toMatchObject([
    {
      text: { text: "deploy (K7QM2XAB)" },
      description: { text: "Admin, somebody else's, tid_one" },
      value: "tid_one",
    },
  ]);
});
