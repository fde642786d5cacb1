import fc from "fast-check";
import { doPatternsMeet, isBucketMatch, isPatternWithin, nameInBoth } from "../../../src/domain/policy/bucket-pattern";

test.each([
  ["prod-data", "prod-data", true],
  ["prod-data", "prod-data2", false],
  ["prod-*", "prod-", true],
  ["prod-*", "prod-data", true],
  ["prod-*", "a-prod-data", false],
  ["*-logs", "dev-logs", true],
  ["*-logs", "dev-logs-2", false],
  ["*", "x", true],
  ["**", "x", true],
  ["a*a", "a", false],
  ["a*a", "aa", true],
  ["a*b*c", "a-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["a*bc*c", "abc", false],
  ["a*b*b*c", "abc", false],
  ["a.c", "abc", false],
  ["Prod-*", "prod-data", false],
])("%s fits %s: %s", (pattern, bucket, fits) => {
  expect(isBucketMatch(pattern, bucket)).toBe(fits);
});

test("a pattern of many pieces takes no time, where a search that steps back would take years", () => {
  const startedAt = performance.now();
  expect(isBucketMatch(`${"a*".repeat(120)}b`, "a".repeat(255))).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test.each([
  ["prod-*", "*", true],
  ["prod-data", "prod-*", true],
  ["prod-*", "prod-*", true],
  ["prod-*-logs", "prod-*", true],
  ["prod-*", "prod-*-logs", false],
  ["*", "prod-*", false],
])("all that %s fits, %s fits: %s", (inner, outer, is) => {
  expect(isPatternWithin(inner, outer)).toBe(is);
});

test.each([
  ["prod-*", "*-logs", true],
  ["prod-*", "dev-*", false],
  ["*-logs", "*-data", false],
  ["prod-*", "p*", true],
  ["prod-*", "prod-data", true],
  ["prod-*", "dev-data", false],
  ["prod-data", "prod-data", true],
  ["ab*", "*ba", true],
])("some name fits %s and %s: %s", (one, other, meet) => {
  expect([doPatternsMeet(one, other), doPatternsMeet(other, one)]).toEqual([meet, meet]);
});

const letters = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 6 });

test("what fits two patterns shows that they meet, and what fits one that is within another fits that, too", () => {
  fc.assert(
    fc.property(letters("ab*"), letters("ab*"), letters("ab"), (one, other, name) => {
      const fits = [isBucketMatch(one, name), isBucketMatch(other, name)];
      if (fits[0] && fits[1]) expect(doPatternsMeet(one, other)).toBe(true);
      if (fits[0] && isPatternWithin(one, other)) expect(fits[1]).toBe(true);
    }),
    { seed: 14, numRuns: 5_000 },
  );
});

test("a match is what a search through all ways of filling the pattern finds", () => {
  const isFilled = (pattern: string, name: string): boolean => {
    if (pattern === "") return name === "";
    if (pattern[0] === "*")
      return isFilled(pattern.slice(1), name) || (name !== "" && isFilled(pattern, name.slice(1)));
    return pattern[0] === name[0] && isFilled(pattern.slice(1), name.slice(1));
  };
  fc.assert(
    fc.property(letters("ab*"), letters("ab"), (pattern, name) => {
      expect(isBucketMatch(pattern, name)).toBe(isFilled(pattern, name));
    }),
    { seed: 14, numRuns: 5_000 },
  );
});

test.each([
  ["prod-*", "*-logs", "prod--logs"],
  ["prod-*", "prod-*-logs", "prod--logs"],
  ["a*b*c", "*x*", "abxc"],
  ["prod-data", "prod-*", "prod-data"],
  ["prod-*", "dev-*", null],
  ["prod-data", "prod-logs", null],
  ["*a", "*b", null],
  ["*", "*", "x"],
])("%s and %s both fit %j", (one, other, name) => {
  expect(nameInBoth(one, other)).toBe(name);
  if (name !== null) expect([one, other].map((pattern) => isBucketMatch(pattern, name))).toEqual([true, true]);
});

test("a name that is found fits both, whatever the patterns", () => {
  const pattern = fc
    .array(fc.constantFrom("*", "a", "b", "ab", "-"), { minLength: 1, maxLength: 7 })
    .map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(pattern, pattern, (one, other) => {
      const name = nameInBoth(one, other);
      fc.pre(name !== null);
      expect([name, isBucketMatch(one, name ?? ""), isBucketMatch(other, name ?? "")]).toEqual([name, true, true]);
      expect(name).not.toBe("");
    }),
    { seed: 14, numRuns: 2_000 },
  );
});
