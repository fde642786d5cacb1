import type { PolicyText } from "../../src/workflow/policies-port";
import type { Tx } from "../../src/workflow/store-port";
import { emptyStore, type Filled } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

const [OLD, NEW, OTHER] = ["old", "new", "other"].map((digest) => ({ digest, text: `rules of ${digest}` })) as [
  PolicyText,
  PolicyText,
  PolicyText,
];
const replace = (before: PolicyText | null, after: PolicyText, loadedBy: "start" | "sighup" = "start") =>
  filled.store.transact((tx: Tx) =>
    tx.policies.replace(before?.digest ?? null, { ...after, loadedBy, loader: "host/1" }),
  );
const inForce = () => filled.store.read(({ policies }) => policies.digestInForce());
const find = ({ digest }: PolicyText) => filled.store.read(({ policies }) => policies.find(digest));

test("no policy is in force before the first one is", async () => {
  expect(await inForce()).toBeNull();
  expect(await find(OLD)).toBeNull();
});

test("one is in force at a time, and those before it are remembered", async () => {
  expect(await replace(null, OLD)).toBe(true);
  filled.clock.advance(5);
  expect(await replace(OLD, NEW)).toBe(true);
  expect(await inForce()).toBe("new");
  const load = { loadedBy: "start", loader: "host/1" };
  expect(await find(OLD)).toEqual({ ...OLD, ...load, loadedAt: 1_000, replacedAt: 1_005 });
  expect(await find(NEW)).toEqual({ ...NEW, ...load, loadedAt: 1_005, replacedAt: null });
});

test.each<[string, PolicyText | null]>([
  ["none", null],
  ["one that was replaced", OLD],
  ["one that never was in force", OTHER],
])("in place of %s nothing is put in force, and nothing is lost", async (_what, before) => {
  await replace(null, OLD);
  await replace(OLD, NEW);
  expect(await replace(before, { digest: "late", text: "" })).toBe(false);
  expect(await inForce()).toBe("new");
  expect(await find({ digest: "late", text: "" })).toBeNull();
});

test("one that was replaced comes back by itself, with who brought it back", async () => {
  await replace(null, OLD);
  await replace(OLD, NEW);
  filled.clock.advance(7);
  expect(await replace(NEW, OLD, "sighup")).toBe(true);
  expect(await find(OLD)).toMatchObject({ loadedBy: "sighup", loadedAt: 1_007, replacedAt: null });
  expect(await inForce()).toBe("old");
});

test("what is in force is there for whoever opens the store again", async () => {
  await replace(null, OLD);
  const again = await filled.openAgain();
  expect(await again.read(({ policies }) => policies.digestInForce())).toBe("old");
});

test("whatever the code does, the store holds one policy in force", async () => {
  await replace(null, OLD);
  const second = "insert into policies values ('second', '', 'start', 'host/2', 1, null)";
  await expect(filled.database.execute(second)).rejects.toThrow();
});
