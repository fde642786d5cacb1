import { readDeleteForm } from "../../../src/slack/delete-form/input";
import { keptText, NOTHING_KEPT, readKept } from "../../../src/slack/delete-form/kept";
import { option } from "../payloads/payloads";

const values = (selected: unknown) => ({ picked_key: { delete_key: { selected_option: selected } } });

test("the key that was picked, or none", () => {
  const picked = (selected: unknown) => readDeleteForm({ values: values(selected) }).accessKeyId;
  expect(picked(option("tid_one"))).toBe("tid_one");
  for (const selected of [null, undefined, "tid_one", option(""), option(["tid_one"]), option("x".repeat(151))])
    expect(picked(selected)).toBeNull();
});

const LIST = {
  position: { whose: { kind: "person", userId: "UANN" }, search: "ci", firstId: "tid_nine" },
  responseUrl: "https://hooks.slack.com/actions/1",
} as const;

test("what a form keeps comes back, and the key that it was opened for goes before a choice", () => {
  const kept = { accessKeyId: "tid_two", named: "ci", from: { kind: "list", list: LIST } } as const;
  expect(readKept(keptText(kept))).toEqual(kept);
  const ofHome = { ...kept, from: { kind: "home" } } as const;
  expect(readKept(keptText(ofHome))).toEqual(ofHome);
  expect(readKept(keptText(NOTHING_KEPT))).toEqual(NOTHING_KEPT);
  expect(readDeleteForm({ values: values(option("tid_one")), kept: keptText(kept) })).toEqual({
    accessKeyId: "tid_two",
    kept,
  });
});

test.each([undefined, null, "", "{", "7", '{"key":7}', '{"list":{"position":{"of":"everybody"},"to":"x"}}'])(
  "nothing is kept in %j",
  (text) => {
    expect(readKept(text)).toEqual(NOTHING_KEPT);
  },
);
