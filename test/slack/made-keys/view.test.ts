import { madeKeysMessage } from "../../../src/slack/made-keys/view";
import { buttonsOf, rowsOf } from "../reading";

const by = { keyName: "deploy", accessKeyId: "tid_one" };
const made = (accessKeyId: string) => ({ name: `name-of-${accessKeyId}`, accessKeyId });

test("each key that a key has made can be deleted, after a question", () => {
  const { blocks } = madeKeysMessage({ by, keys: [made("tid_a"), made("tid_b")] });
  expect(rowsOf(blocks)).toEqual([
    "deploy (tid_one) works no more, but has made 2 other keys, which go on working:",
    "name-of-tid_a · tid_a",
    "name-of-tid_b · tid_b",
  ]);
  expect(buttonsOf(blocks)).toMatchObject([
    { label: "Delete key", actionId: "key_delete_made", value: "tid_a", asks: expect.stringContaining("at once") },
    { label: "Delete key", actionId: "key_delete_made", value: "tid_b" },
  ]);
});

test("one is one", () => {
  const { blocks } = madeKeysMessage({ by, keys: [made("tid_a")] });
  expect(rowsOf(blocks)[0]).toBe("deploy (tid_one) works no more, but has made another key, which goes on working:");
});

test("where nobody can say, that is said", () => {
  const { blocks } = madeKeysMessage({ by, keys: [] });
  expect(rowsOf(blocks)[0]).toMatch(/^Tigris doesn't say which key made which.*Please look in the Tigris Dashboard\.$/);
  expect(buttonsOf(blocks)).toEqual([]);
});
