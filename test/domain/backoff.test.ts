import { backoffMs } from "../../src/domain/backoff";

test("the first pause, then twice as long each time, up to the longest", () => {
  const pauses = [1, 2, 3, 4, 5, 2_000].map((failures) => backoffMs(failures, { firstMs: 1_000, mostMs: 6_000 }));
  expect(pauses).toEqual([1_000, 2_000, 4_000, 6_000, 6_000, 6_000]);
});
