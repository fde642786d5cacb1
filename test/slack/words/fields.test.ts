import type { FieldProblem } from "../../../src/domain/input-rules";
import { fieldProblemWords } from "../../../src/slack/words/fields";

test.each<[FieldProblem, string]>([
  [
    { code: "name_characters", instead: "my-key" },
    "Use only letters, digits, dots, underscores and hyphens, for example my-key.",
  ],
  [
    { code: "name_characters", instead: null },
    "Use only letters, digits, dots, underscores and hyphens, for example ci-uploader.",
  ],
  [{ code: "too_long", max: 48, length: 61 }, "Use at most 48 characters; these are 61."],
  [
    { code: "reason_too_short", min: 10 },
    "Say in at least 10 characters why you need this key, for example: Nightly backups of the build server. Others read it.",
  ],
  [{ code: "bucket_count", max: 50 }, "Choose between 1 and 50 buckets."],
  [{ code: "buckets_gone", names: ["a", "b"] }, "No longer there: a, b. Choose again."],
])("a field that doesn't fit: $code", (problem, text) => {
  expect(fieldProblemWords(problem)).toBe(text);
});
