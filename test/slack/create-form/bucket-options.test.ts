import { bucketOptions } from "../../../src/slack/blocks/bucket-options";

test("buckets that no form could name are not offered", () => {
  const names = ["builds", "*", "", "<!channel>", "Old_Bucket.1", "x".repeat(151)];
  expect(bucketOptions(names).map(({ value }) => value)).toEqual(["builds", "Old_Bucket.1"]);
  expect(bucketOptions(Array.from({ length: 150 }, (_, index) => `b${index}`))).toHaveLength(100);
});
