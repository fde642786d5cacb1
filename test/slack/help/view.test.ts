import { help } from "../../../src/slack/help/view";
import { buttonsOf, rowsOf } from "../reading";

describe("help", () => {
  test("says what the bot can do, with a button for each", () => {
    const { text, blocks } = help({ unknownWord: null, nearest: null, hasGlass: false });
    for (const word of ["create", "list", "delete"]) expect(text).toContain(`/tigris-key ${word}`);
    expect(buttonsOf(blocks).map(({ label }) => label)).toEqual(["Get a key", "List my keys", "Delete a key"]);
  });

  test("names the nearest word for one that it does not know", () => {
    expect(rowsOf(help({ unknownWord: "craete", nearest: "create", hasGlass: false }).blocks)[0]).toBe(
      "I don't know craete. Did you mean /tigris-key create?",
    );
    expect(rowsOf(help({ unknownWord: "sing", nearest: null, hasGlass: false }).blocks)[0]).toBe(
      "I don't know sing. This is what I can do:",
    );
  });
});
