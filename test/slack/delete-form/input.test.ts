import { readPicked } from "../../../src/slack/delete-form/input";
import { option } from "../payloads/payloads";

test("the key that was picked, or none", () => {
  const picked = (selected: unknown) =>
    readPicked({ values: { picked_key: { delete_key: { selected_option: selected } } } });
  expect(picked(option("tid_one"))).toBe("tid_one");
  for (const selected of [null, undefined, "tid_one", option(""), option(["tid_one"]), option("x".repeat(151))])
    expect(picked(selected)).toBeNull();
});
