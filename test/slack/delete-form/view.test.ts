import { readKept } from "../../../src/slack/delete-form/kept";
import { keyOptions } from "../../../src/slack/delete-form/key-options";
import { deleteForm, deleteThisForm } from "../../../src/slack/delete-form/view";
import { keyIn } from "../../domain/samples";
import { KEYS } from "../../workflow/keys";
import { elementOf, inputsOf, rowsOf } from "../reading";

const LIVE = keyIn({ kind: "live", secret: { kind: "unconfirmed", cover: null } });
const WARNING = "⚠️ Programs that use it stop working at once. This can't be undone; Pause can.";

describe("the form that deletes a key", () => {
  test("of a key that was named before: what it is as text, with nothing to choose", () => {
    const view = deleteThisForm({ key: LIVE, viewerId: "UANN", from: null });
    expect(rowsOf(view.blocks)).toEqual([
      "deploy · on",
      "Admin on every bucket and key of the organization",
      "A key of @UDEV, made [2] · ID tid_one · ref K7QM2XAB",
      WARNING,
    ]);
    expect(inputsOf(view)).toEqual({});
    expect(view.submit).toMatchObject({ text: "Delete key" });
    expect(readKept(view.private_metadata)).toMatchObject({ accessKeyId: "tid_one" });
  });

  test("every bucket is named, and a key that is off stops nothing", () => {
    const access = { permission: "ReadOnly", buckets: { kind: "named", names: [..."abcdefgh"] } } as const;
    const rows = rowsOf(deleteThisForm({ key: { ...KEYS.off, access }, viewerId: "UDEV", from: null }).blocks);
    expect(rows[1]).toBe("ReadOnly on the buckets a, b, c, d, e, f, g, h");
    expect(rows[3]).toBe("⚠️ It was never on, so nothing stops working. This can't be undone.");
  });

  test("with a key that was picked: what it is, whose, how old, and what happens", () => {
    const view = deleteForm({ picked: LIVE, viewerId: "UDEV" });
    expect(rowsOf(view.blocks)[2]).toBe("Your key, made [2] · ID tid_one · ref K7QM2XAB");
    const select = elementOf(inputsOf(view).picked_key);
    expect(select).toMatchObject({ min_query_length: 0, initial_option: { value: "tid_one" } });
    expect(readKept(view.private_metadata).accessKeyId).toBeNull();
  });

  test("without one: to be chosen, and the warning already", () => {
    const view = deleteForm({ picked: null, viewerId: "UDEV" });
    expect(elementOf(inputsOf(view).picked_key)).not.toHaveProperty("initial_option");
    expect(rowsOf(view.blocks)).toEqual([WARNING]);
  });

  test("of a name that no key has, or that several have: it says so, and keeps the name for its options", () => {
    const problem = { named: "nosuch" };
    expect(rowsOf(deleteForm({ picked: null, viewerId: "UDEV", problem }).blocks)[0]).toBe(
      "No key of yours is called nosuch. Pick one:",
    );
    const several = deleteForm({ picked: null, viewerId: "UDEV", named: "nightly" });
    expect(rowsOf(several.blocks)[0]).toBe("Several keys are called nightly. Pick one:");
    expect(readKept(several.private_metadata).named).toBe("nightly");
    const picked = deleteForm({ picked: LIVE, viewerId: "UDEV", named: "nightly" });
    expect(rowsOf(picked.blocks)[0]).toBe("deploy · on");
    expect(readKept(picked.private_metadata).named).toBe("nightly");
  });
});

test("options hold the keys that they name, with where they stand", () => {
  expect(keyOptions([LIVE], "UANN")).toMatchObject([
    {
      text: { text: "deploy (K7QM2XAB)" },
      description: { text: "on · somebody else's · Admin · whole organization" },
      value: "tid_one",
    },
  ]);
  expect(keyOptions([LIVE], "UDEV")[0]?.description?.text).toBe("on · Admin · whole organization");
});
