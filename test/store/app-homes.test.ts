import { FIRST_LOOK } from "../../src/domain/app-home";
import { APP_HOME_DRAWN_EVERY_MS, APP_HOME_LIVE_MS, LEASE_MS } from "../../src/domain/limits";
import type { StorePort } from "../../src/workflow/store-port";
import { emptyStore, type Filled } from "./filled";

const NOW = 100_000_000;
const FRESH = { ...FIRST_LOOK, whose: "everybody", search: "ci" } as const;

let filled: Filled;
let store: StorePort;
let homes: StorePort["appHomes"];
beforeEach(async () => {
  filled = await emptyStore(NOW);
  ({ store } = filled);
  homes = store.appHomes;
});
afterEach(() => filled.stop());

const owed = async (holder: string) =>
  (await store.outbox.take(holder, 10, "homes")).map(({ message }) => message.kind === "app_home" && message.userId);
const owe = (...ids: string[]) => store.transact((tx) => tx.appHomes.owe(ids));
async function drawnBy(userId: string, seesOthers = false): Promise<void> {
  const home = await homes.take(userId, { holder: "drawer", seesOthers });
  await homes.drawn(userId, "drawer", { acts: home?.acts ?? 0, digest: "x", look: FIRST_LOOK });
}

test("an opening is taken once, however often Slack tells of it", async () => {
  expect(await homes.find("U1")).toBeNull();
  expect(await homes.opened("U1", "Ev1")).toBe(true);
  expect(await homes.opened("U1", "Ev1")).toBe(false);
  expect(await homes.opened("U1", "Ev2")).toBe(true);
  expect(await homes.find("U1")).toEqual({
    openedAt: NOW,
    acts: 2,
    drawnActs: 0,
    look: FIRST_LOOK,
    said: null,
    drawnAt: 0,
    digest: null,
  });
});

test("what somebody looks at stays for an hour, and what was said until they do something else", async () => {
  await homes.acted("U1", { look: FRESH, said: ["Done"] });
  expect(await homes.find("U1")).toMatchObject({ look: FRESH, said: ["Done"], acts: 1 });
  await homes.acted("U1", { said: null });
  expect(await homes.find("U1")).toMatchObject({ look: FRESH, said: null, acts: 2 });
  filled.clock.advance(APP_HOME_LIVE_MS);
  await homes.opened("U1", "Ev1");
  expect(await homes.find("U1")).toMatchObject({ look: FRESH });
  filled.clock.advance(APP_HOME_LIVE_MS + 1);
  await homes.opened("U1", "Ev2");
  expect(await homes.find("U1")).toMatchObject({ look: { ...FIRST_LOOK, emptiedAt: NOW + 2 * APP_HOME_LIVE_MS + 1 } });
});

test("one at a time draws it, and learns what has been done meanwhile", async () => {
  await homes.opened("U1", "Ev1");
  expect(await homes.take("U1", { holder: "a", seesOthers: false })).toMatchObject({ acts: 1 });
  expect(await homes.take("U1", { holder: "b", seesOthers: false })).toBeNull();
  expect(await homes.take("U2", { holder: "b", seesOthers: false })).toBeNull();
  await homes.acted("U1", { said: null });
  expect(await homes.drawn("U1", "a", { acts: 1, digest: "one", look: FIRST_LOOK })).toBe("outdated");
  expect(await homes.take("U1", { holder: "b", seesOthers: false })).toMatchObject({
    acts: 2,
    drawnActs: 1,
    digest: "one",
    look: FIRST_LOOK,
  });
  expect(await homes.drawn("U1", "b", { acts: 2, digest: "two", look: FIRST_LOOK })).toBe("newest");
  expect(await homes.find("U1")).toMatchObject({ drawnActs: 2, drawnAt: NOW, digest: "two" });
});

test("what was drawn is looked at from then on, unless its person looks at something else by then", async () => {
  await homes.acted("U1", { look: FRESH, said: null });
  await homes.take("U1", { holder: "a", seesOthers: false });
  await homes.drawn("U1", "a", { acts: 1, digest: "one", look: FIRST_LOOK });
  expect(await homes.find("U1")).toMatchObject({ look: FIRST_LOOK });
  await homes.take("U1", { holder: "a", seesOthers: false });
  await homes.acted("U1", { look: FRESH, said: null });
  await homes.drawn("U1", "a", { acts: 1, digest: "one", look: FIRST_LOOK });
  expect(await homes.find("U1")).toMatchObject({ look: FRESH });
});

test("who has lost the lease has it drawn once more, and who gives it back knows not what stands there", async () => {
  await homes.opened("U1", "Ev1");
  await homes.take("U1", { holder: "a", seesOthers: false });
  filled.clock.advance(LEASE_MS);
  expect(await homes.take("U1", { holder: "b", seesOthers: false })).not.toBeNull();
  expect(await homes.drawn("U1", "a", { acts: 1, digest: "old", look: FIRST_LOOK })).toBe("overtaken");
  expect(await owed("s1")).toEqual(["U1"]);
  await homes.drawn("U1", "b", { acts: 1, digest: "new", look: FIRST_LOOK });
  await homes.take("U1", { holder: "c", seesOthers: false });
  await homes.release("U1", "c", { isOwed: false });
  expect(await homes.find("U1")).toMatchObject({ digest: null });
  expect(await homes.take("U1", { holder: "d", seesOthers: false })).not.toBeNull();
});

test("a change is owed to whose it is and to who sees others', not sooner than ten seconds after the last drawing", async () => {
  for (const id of ["UOWNER", "UOTHER", "UAPPROVER"]) await homes.opened(id, "Ev1");
  await drawnBy("UOWNER");
  await drawnBy("UOTHER");
  await drawnBy("UAPPROVER", true);
  await owe("UOWNER", "UNOBODY");
  await owe("UOWNER");
  expect(await owed("s1")).toEqual([]);
  filled.clock.advance(APP_HOME_DRAWN_EVERY_MS - 1);
  expect(await owed("s1")).toEqual([]);
  filled.clock.advance(1);
  expect((await owed("s1")).sort()).toEqual(["UAPPROVER", "UOWNER"]);
  expect(await filled.database.rows("select card as id from outbox order by card")).toEqual([
    { id: "app_home UAPPROVER" },
    { id: "app_home UOWNER" },
  ]);
});

test("what waits since Slack is busy does not come sooner by another change", async () => {
  await homes.opened("U1", "Ev1");
  await owe("U1");
  const [due] = await store.outbox.take("s1", 10, "homes");
  if (due) await store.outbox.postpone(due, { afterMs: 60_000, code: "ratelimited" });
  await owe("U1");
  filled.clock.advance(59_999);
  expect(await owed("s2")).toEqual([]);
  filled.clock.advance(1);
  expect(await owed("s2")).toEqual(["U1"]);
});

test("who has just opened it may see others' things, until they were looked at", async () => {
  await homes.opened("U1", "Ev1");
  await owe("UOWNER");
  expect(await owed("s1")).toEqual(["U1"]);
});

test("nothing is owed an hour after it was opened, and other messages go apart", async () => {
  await homes.opened("U1", "Ev1");
  filled.clock.advance(APP_HOME_LIVE_MS);
  await owe("U1");
  expect(await owed("s1")).toEqual([]);
  await homes.owe("U1");
  expect(await store.outbox.take("s1", 10)).toEqual([]);
  expect(await owed("s1")).toEqual(["U1"]);
});

test("what can't be read is the first look, and nothing said", async () => {
  await homes.acted("U1", { look: FRESH, said: ["Done"] });
  await filled.database.execute(`update app_homes set look_json = '{"whose":"nobody"}', said_json = '[]'`);
  expect(await homes.find("U1")).toMatchObject({ look: FIRST_LOOK, said: null });
});

test("who has not opened it for so long is forgotten, longest first", async () => {
  for (const id of ["U1", "U2", "U3"]) {
    await homes.opened(id, "Ev1");
    filled.clock.advance(1_000);
  }
  expect(await homes.forget(3_000, 1)).toBe(0);
  expect(await homes.forget(1_500, 1)).toBe(1);
  expect(await homes.find("U1")).toBeNull();
  expect(await homes.forget(1_500, 10)).toBe(1);
  expect(await homes.find("U3")).not.toBeNull();
});
