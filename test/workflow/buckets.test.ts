import fc from "fast-check";
import { BUCKETS_AWAITED_MS, BUCKETS_REMEMBERED_MS } from "../../src/domain/limits";
import { bucketTrouble, createRecentBuckets, nearestFirst } from "../../src/workflow/buckets";
import type { TigrisPort } from "../../src/workflow/tigris-port";
import { createManualClock } from "../kit/manual-clock";
import { until } from "../kit/until";

type List = Awaited<ReturnType<TigrisPort["listBuckets"]>>;

/** A Tigris that is asked for its buckets, and says what it says. */
function asked(listBuckets: () => Promise<List>) {
  const clock = createManualClock();
  let calls = 0;
  const tigris = {
    listBuckets: () => {
      calls += 1;
      return listBuckets();
    },
  };
  return { clock, recentBuckets: createRecentBuckets({ tigris, clock }), calls: () => calls };
}

const listed = (...names: string[]): List => ({ kind: "listed", names });

test("a bucket whose name is inside a hundred others comes first, then what begins with what was typed", () => {
  const inside = Array.from({ length: 150 }, (_, index) => `my-logs-${index}`);
  const names = [...inside, "LOGS", "logs", "logs-old", "builds"].sort();
  expect(nearestFirst(names, "logs").slice(0, 4)).toEqual(["logs", "LOGS", "logs-old", "my-logs-0"]);
  expect(nearestFirst(names, "Logs").slice(0, 3)).toEqual(["LOGS", "logs", "logs-old"]);
  expect(nearestFirst(names, "")).toEqual(names);
});

test("whatever is typed, each name that holds it is there once, and no other", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "b", "A", "-"), minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.uniqueArray(name), name, (names, typed) => {
      const found = nearestFirst(names, typed);
      const holding = names.filter((one) => one.toLowerCase().includes(typed.toLowerCase()));
      expect([...found].sort()).toEqual([...holding].sort());
      if (names.includes(typed)) expect(found[0]).toBe(typed);
    }),
  );
});

test("a list is good for a few seconds, and one on its way for everybody who waits", async () => {
  let names = ["builds"];
  const { clock, recentBuckets, calls } = asked(async () => listed(...names));
  await Promise.all([recentBuckets(), recentBuckets()]);
  expect(calls()).toBe(1);
  names = ["logs"];
  clock.advance(BUCKETS_REMEMBERED_MS - 1);
  expect(await recentBuckets()).toEqual(listed("builds"));
  clock.advance(1);
  expect(await recentBuckets()).toEqual(listed("logs"));
  expect(calls()).toBe(2);
});

test("no list is remembered where there was none", async () => {
  let list: List = { kind: "unavailable", reason: "timeout" };
  const { recentBuckets } = asked(async () => list);
  expect(await recentBuckets()).toEqual(list);
  list = listed("builds");
  expect(await recentBuckets()).toEqual(list);
});

test.each([
  [listed("builds"), null],
  [listed(), "none"],
  [{ kind: "unavailable", reason: "AccessDenied" }, "forbidden"],
  [{ kind: "unavailable", reason: "http_403" }, "forbidden"],
  [{ kind: "unavailable", reason: "timeout" }, "slow"],
  [{ kind: "unavailable", reason: "http_500" }, "unavailable"],
] satisfies [List, unknown][])("what a form says where the list is %j", async (list, trouble) => {
  expect(await bucketTrouble(asked(async () => list))).toBe(trouble);
});

test("a form does not wait for ever, and offers what comes later", async () => {
  let answer = (_list: List): void => {};
  const { clock, recentBuckets, calls } = asked(() => new Promise((resolve) => (answer = resolve)));
  const trouble = bucketTrouble({ clock, recentBuckets });
  await until("the question", () => calls() === 1);
  clock.advance(BUCKETS_AWAITED_MS);
  expect(await trouble).toBe("slow");
  answer(listed("builds"));
  expect(await recentBuckets()).toEqual(listed("builds"));
  expect(calls()).toBe(1);
});
