import { keyOptions } from "../../../src/slack/delete-form/key-options";
import { deleteForm } from "../../../src/slack/delete-form/view";
import { keyIn } from "../../domain/samples";
import { elementOf, inputsOf, rowsOf } from "../reading";

const LIVE = keyIn({ kind: "live", secret: { kind: "unconfirmed", cover: null } });

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

test("options hold the keys that they name", () => {
  expect(keyOptions([LIVE], "UANN")).toMatchObject([
    {
      text: { text: "deploy (K7QM2XAB)" },
      description: { text: "Admin, somebody else's, tid_one" },
      value: "tid_one",
    },
  ]);
});
