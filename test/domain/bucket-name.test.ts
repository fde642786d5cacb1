import { isBucketName } from "../../src/domain/bucket-name";

test.each(["b", "builds", "Old_Bucket.1", "0-a", "x".repeat(255)])("%s has the form of a bucket's name", (text) => {
  expect(isBucketName(text)).toBe(true);
});

test.each(["", "*", "a*", "-a", ".a", "_a", "a b", "a\n", "bücket", "<!channel>", "x".repeat(256)])(
  "%j has not",
  (text) => {
    expect(isBucketName(text)).toBe(false);
  },
);
