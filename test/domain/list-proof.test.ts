import fc from "fast-check";
import { isWholeList, type Shown } from "../../src/domain/list-proof";

const NOTHING: Shown = { isOwnListed: false, wasOwnEverListed: false, expected: 0, missing: 0, gone: 0 };

test.each<[string, Partial<Shown>, boolean]>([
  ["the bot's own key is in it", { isOwnListed: true, wasOwnEverListed: true }, true],
  ["the bot's own key is in it for the first time", { isOwnListed: true }, true],
  ["the bot's own key is not in it, as it was before", { wasOwnEverListed: true, expected: 9 }, false],
  ["every key of the record is in it", { expected: 9 }, true],
  ["every key of the record is in it, or gone", { expected: 9, gone: 8 }, true],
  ["a key of the record is not in it, and is there", { expected: 9, missing: 1, gone: 1 }, false],
  ["every key of the record is gone", { expected: 9, gone: 9 }, false],
  ["nothing is expected in it", {}, false],
])("a list is whole where %s: %s %s", (_what, shown, whole) => {
  expect(isWholeList({ ...NOTHING, ...shown })).toBe(whole);
});

test("a list that shows nothing of ours never proves anything", () => {
  fc.assert(
    fc.property(fc.nat(50), fc.boolean(), (expected, wasOwnEverListed) => {
      for (const gone of [0, expected])
        expect(isWholeList({ ...NOTHING, wasOwnEverListed, expected, gone, missing: expected - gone })).toBe(false);
    }),
  );
});
