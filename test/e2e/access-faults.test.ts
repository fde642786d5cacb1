import type { Fault } from "../../sandbox/faults";
import { minuteByMinute, passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { askForMore, keyCard, namedKey, narrow, openAccess, requestCard, rolesOf, switchOnWider } from "./play-access";
import { hears } from "./play-pause";

/** A change of what a key opens where Tigris refuses, its answer is lost or comes late. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
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
const roleCalls = () => world.tigris.calls.filter(({ action }) => action === ROLES.call).length;

describe.each<[string, Fault]>([
  ["before it took effect", { kind: "lose", when: "before" }],
  ["after it took effect", { kind: "lose", when: "after" }],
])("an answer that is lost, %s", (_what, fault) => {
  test("to less access: the record says more until Tigris has confirmed it, and it is set again", async () => {
    const { dana, tigris } = world;
    const key = await editor();
    tigris.faults.arm(ROLES, fault);
    await narrow(world, { Buckets: ["builds"] }, "Tigris has not confirmed yet that ci has less access");
    await dana.until("the doubt on the card", () =>
      keyCard(dana)?.text.includes(
        "Editor on builds\nTigris has not confirmed it yet: until then it may still have Editor on builds, logs.",
      ),
    );
    expect(await record()).toEqual({ has: 'Editor ["builds","logs"]', changes: true });
    await pass("it to be done", async () => !(await record())?.changes);
    expect(rolesOf(world, key)).toEqual(["Editor builds"]);
    expect(await record()).toEqual({ has: 'Editor ["builds"]', changes: false });
    await dana.until("the card", () => keyCard(dana)?.text.includes("Tigris has not confirmed") === false);
  });

  test("to more access: the list of the key decides, or another press", async () => {
    const { dana, tigris } = world;
    const key = await reader();
    await askForMore(world, MORE);
    tigris.faults.arm(ROLES, fault);
    await switchOnWider(world);
    if (fault.kind === "lose" && fault.when === "before") {
      await hears(dana, "Tigris has not said whether ci has the wider access.");
      await dana.until("the doubt on its card", () =>
        requestCard(dana)?.text.includes("so the key may have it already"),
      );
      await dana.until("the doubt on the key's card", () =>
        keyCard(dana)?.text.includes("Tigris has not said whether it has Editor on builds, logs by now."),
      );
      expect(await record()).toEqual({ has: 'Editor ["builds","logs"]', changes: true });
      expect(rolesOf(world, key)).toEqual(["ReadOnly builds"]);
      await switchOnWider(world);
    }
    await dana.until("the request used", () => requestCard(dana)?.text.startsWith("🔑 Wider access on"));
    expect(rolesOf(world, key)).toEqual(["Editor builds", "Editor logs"]);
    expect(await record()).toEqual({ has: 'Editor ["builds","logs"]', changes: false });
  });
});

test("more access whose call takes effect late is found by a later look, without another press", async () => {
  const { dana, tigris } = world;
  const key = await reader();
  await askForMore(world, MORE);
  tigris.faults.arm(ROLES, { kind: "late", ms: 3 * MINUTE });
  await switchOnWider(world);
  await hears(dana, "Tigris has not said whether ci has the wider access.");
  await pass("the last look", () => requestCard(dana)?.text.startsWith("🔑 Wider access on"), 10 * SECOND);
  expect(rolesOf(world, key)).toEqual(["Editor builds", "Editor logs"]);
  expect(await record()).toEqual({ has: 'Editor ["builds","logs"]', changes: false });
});

test("a list that lags says nothing: the key is looked at again", async () => {
  const { dana, tigris } = world;
  await reader();
  await askForMore(world, MORE);
  tigris.faults.arm(ROLES, { kind: "lose", when: "after" });
  tigris.faults.arm({ call: "ListAccessKeys", times: 10 }, BUSY);
  await switchOnWider(world);
  await hears(dana, "Tigris has not said whether ci has the wider access.");
  tigris.faults.clear();
  await pass("the next look", () => requestCard(dana)?.text.startsWith("🔑 Wider access on"), 10 * SECOND);
  expect((await record())?.changes).toBe(false);
});

test("more access that Tigris refuses leaves what there was, and can be pressed again", async () => {
  const { dana, tigris } = world;
  const key = await reader();
  await askForMore(world, MORE);
  tigris.faults.arm(ROLES, { kind: "refuse", status: 403, body: { Code: "AccessDenied" } });
  await switchOnWider(world);
  await hears(dana, "Tigris refused to change the access of ci, since it doesn't allow me to. It keeps what it has.");
  expect(await record()).toEqual({ has: 'ReadOnly ["builds"]', changes: false });
  await dana.until("why, on its card", () => requestCard(dana)?.text.includes("Tigris refused it"));
  await switchOnWider(world);
  await dana.until("the request used", () => requestCard(dana)?.text.startsWith("🔑 Wider access on"));
  expect(rolesOf(world, key)).toEqual(["Editor builds", "Editor logs"]);
});

test("a Tigris that takes less access for hours not: approvers are told in time, and it is tried until it does", async () => {
  const { ann, tigris, clock } = world;
  const key = await editor();
  tigris.faults.arm({ ...ROLES, times: 10_000 }, BUSY);
  await narrow(world, { Buckets: ["builds"] }, "Tigris has not confirmed yet");
  const begunAt = clock.now();
  const isTold = () =>
    ann.screen("CAPPROVE1").some(({ text }) => text.includes("I can't take from the access key ci-"));
  await pass("the alert", isTold, 5 * SECOND);
  expect(clock.now() - begunAt).toBeGreaterThanOrEqual(15 * MINUTE);
  const tried = roleCalls();
  await pass("an hour more", () => clock.now() - begunAt > 60 * MINUTE, 2 * MINUTE);
  await until("more tries", () => roleCalls() > tried + 2);
  tigris.faults.clear();
  await minuteByMinute("less", () => rolesOf(world, key).length === 1, { clock, minutes: 15 });
  await pass("the record", async () => !(await record())?.changes, 5 * SECOND);
}, 60_000);

test("all buckets that Tigris doesn't take: nothing is changed, and the form offers them no more", async () => {
  const { dana, tigris } = world;
  const key = await reader();
  await askForMore(world, { Permission: "ReadOnly", "Bucket access": "all" });
  tigris.faults.arm(ROLES, { kind: "refuse", status: 400, body: { Code: "ValidationError" } });
  await switchOnWider(world);
  await hears(dana, "Tigris doesn't take all buckets for this permission, so ci keeps what it has.");
  expect(rolesOf(world, key)).toEqual(["ReadOnly builds"]);
  expect((await record())?.changes).toBe(false);
  await dana.until("the end of it", () => requestCard(dana)?.text.startsWith("Lapsed"));
  await openAccess(world, {});
  expect(dana.modal()?.fields["Bucket access"]).toBeUndefined();
});
