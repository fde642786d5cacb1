import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers } from "./play";
import { askForMore, keyCard, namedKey, narrow, pressOnKey, requestCard, rolesOf, switchOnWider } from "./play-access";
import { atTigris, hears, opens } from "./play-pause";

/** A change of what a key opens while something else happens to the key. */

const SECOND = 1_000;
const ROLES = { call: "UpdateAccessKeyWithBucketsRole" };
const BUSY = { kind: "refuse", status: 503, body: { Code: "SlowDown" } } as const;

let world: World;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 500, readMs: 2_000 } } }, (one) => {
  world = one;
});

const pass = (what: string, isSo: () => unknown, stepMs = SECOND) =>
  passUntil(what, isSo, { clock: world.clock, stepMs, limitMs: 20_000 });
const editor = () => namedKey(world, { Permission: "Editor", Buckets: ["builds", "logs"] });
const reader = () => namedKey(world, { Permission: "ReadOnly", Buckets: ["builds"] });
const MORE = { Permission: "Editor", Buckets: ["builds", "logs"] };
const record = async () => {
  const [row] = await world.database.rows<{ permission: string; buckets: string; access_change_json: string | null }>(
    "select permission, buckets, access_change_json from keys",
  );
  return row && { has: `${row.permission} ${row.buckets}`, changes: row.access_change_json !== null };
};
const open = () =>
  world.database.rows<{ phase: string }>(
    "select phase from attempts where closed = 0 and kind in ('change_access', 'pause')",
  );
const roleCalls = () => world.tigris.calls.filter(({ action }) => action === ROLES.call).length;

test("two clicks at once switch one wider access on", async () => {
  const { dana, tigris } = world;
  await reader();
  await askForMore(world, MORE);
  const before = roleCalls();
  const held = tigris.faults.arm(ROLES, { kind: "hold", when: "before" });
  await switchOnWider(world);
  await reached(held);
  await switchOnWider(world);
  await hears(dana, "The wider access of ci is being switched on right now. Its card shows in a moment how that went.");
  held.release();
  await dana.until("the request used", () => requestCard(dana)?.text.startsWith("🔑 Wider access on"));
  expect(roleCalls() - before).toBe(1);
});

test("a pause while more access is on its way: the key works nowhere, whichever comes last", async () => {
  const { dana, tigris } = world;
  const key = await reader();
  await askForMore(world, MORE);
  const held = tigris.faults.arm(ROLES, { kind: "hold", when: "before" });
  await switchOnWider(world);
  await reached(held);
  await pressOnKey(world, "Pause");
  held.release();
  await pass("the pause", () => keyCard(dana)?.text.includes("works nowhere"));
  await pass("the watch", async () => (await open()).length === 0, 10 * SECOND);
  expect(await opens(world, key)).toBe(false);
  expect(atTigris(world, key)?.status).toBe("inactive");
});

test("less access while more is on its way: less is what it has, also where more comes last", async () => {
  const { dana, tigris } = world;
  const key = await reader();
  await askForMore(world, { Permission: "Editor", Buckets: ["builds", "logs"] });
  tigris.faults.arm(ROLES, { kind: "late", ms: 30 * SECOND });
  await switchOnWider(world);
  await hears(dana, "Tigris has not said whether ci has the wider access.");
  await narrow(world, { Permission: "ReadOnly", Buckets: ["builds"] });
  expect(rolesOf(world, key)).toEqual(["ReadOnly builds"]);
  expect(await record()).toEqual({ has: 'ReadOnly ["builds"]', changes: false });
  await pass("the late call", () => rolesOf(world, key).length === 2);
  await pass("less again", () => rolesOf(world, key).length === 1, 5 * SECOND);
  expect(rolesOf(world, key)).toEqual(["ReadOnly builds"]);
  await pass("the record", async () => (await record())?.changes === false);
  // What may come late is watched for ten minutes, and more access waits for that.
  await switchOnWider(world);
  await hears(dana, "Less access of ci is on its way, and I watch it for ten minutes.");
});

test("less access of a key that is paused meanwhile: once resumed, it has no more than that", async () => {
  const { dana, tigris } = world;
  const key = await editor();
  tigris.controls.behave({ refuseInactive: "InvalidParameterValue" });
  tigris.faults.arm({ ...ROLES }, BUSY);
  await narrow(world, { Buckets: ["builds"] }, "Tigris has not confirmed yet");
  await pressOnKey(world, "Pause");
  await pass("the pause", () => keyCard(dana)?.text.includes("works nowhere"));
  expect(rolesOf(world, key)).toEqual([]);
  await pass("the record", async () => !(await record())?.changes);
  expect(rolesOf(world, key)).toEqual([]);
  await pressOnKey(world, "Resume");
  await dana.until("the key on", () => keyCard(dana)?.text.startsWith("🔑 On · ci · Editor on builds\n"));
  expect(rolesOf(world, key)).toEqual(["Editor builds"]);
});

test("a resume in the middle of it gives less, and never what there was", async () => {
  const { dana, tigris } = world;
  const key = await editor();
  tigris.faults.arm({ ...ROLES, times: 3 }, BUSY);
  await narrow(world, { Buckets: ["builds"] }, "Tigris has not confirmed yet");
  await pressOnKey(world, "Pause");
  await dana.until("the pause", () => keyCard(dana)?.text.includes("works nowhere"));
  tigris.faults.clear();
  await pressOnKey(world, "Resume");
  await dana.until("the key on", () => keyCard(dana)?.text.startsWith("🔑 On"));
  expect(rolesOf(world, key)).toEqual(["Editor builds"]);
  await pass("the record", async () => !(await record())?.changes);
});

test("a deletion while it is on its way ends it", async () => {
  const { dana, tigris } = world;
  const key = await editor();
  tigris.faults.arm({ ...ROLES, times: 100 }, BUSY);
  await narrow(world, { Buckets: ["builds"] }, "Tigris has not confirmed yet");
  await pressOnKey(world, "Delete key");
  await until("it to be gone", () => atTigris(world, key) === undefined);
  await pass("no attempt", async () => (await open()).length === 0);
  expect(answers(dana).some((text) => text.includes("is deleted") || text.includes("deleted"))).toBe(true);
});
