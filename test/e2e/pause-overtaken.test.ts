import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { card } from "./play";
import { atTigris, hears, keyOn, opens, pauseBy, pauseByOwner, pressInList, pressOnCard } from "./play-pause";

/** A pause whose own call comes before one that gives power, while the answers come the other way round. */

const SECOND = 1_000;
const MINUTE = 60_000;
const ROLES = "UpdateAccessKeyWithBucketsRole";

let world: World;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 10_000, readMs: 10_000 } } }, (one) => {
  world = one;
});

const isTaking = ({ Req }: Record<string, unknown>) => String(Req).includes('"buckets_role":[]');
const toActive = { call: "UpdateAccessKey", match: ({ Status }: Record<string, unknown>) => Status === "Active" };
const toInactive = { call: "UpdateAccessKey", match: ({ Status }: Record<string, unknown>) => Status === "Inactive" };
const pass = (what: string, isSo: () => unknown) =>
  passUntil(what, isSo, { clock: world.clock, stepMs: 5 * SECOND, limitMs: 15_000 });
const isTaken = (key: Parameters<typeof opens>[1]) =>
  pass("it to be taken again", async () => !(await opens(world, key)));
const isPaused = () =>
  pass("the pause", () => /Paused by @ann .* ci works nowhere/.test(card(world.dana, "ci")?.text ?? ""));

test("the roles that a resume gives back after a pause has taken them are taken within ten minutes", async () => {
  const { ann, dana, tigris, clock } = world;
  const key = await keyOn(world);
  tigris.controls.behave({ refuseInactive: "InvalidParameterValue" });
  await pauseByOwner(world);
  const giving = tigris.faults.arm({ call: ROLES }, { kind: "hold", when: "before" });
  await pressOnCard(world, "Resume");
  await reached(giving);
  const taking = tigris.faults.arm({ call: ROLES, match: isTaking }, { kind: "hold", when: "after" });
  await pressInList(ann, "Pause");
  await reached(taking);
  giving.release();
  await hears(dana, "ci is paused");
  expect(atTigris(world, key)?.bucketsRole).toHaveLength(1);
  taking.release();
  await isPaused();
  const from = clock.now();
  await isTaken(key);
  expect(clock.now() - from).toBeLessThanOrEqual(10 * MINUTE);
});

test("a status that a resume sets after a pause has, while the list lags behind, is set again within ten minutes", async () => {
  const { ann, dana, tigris, clock } = world;
  const key = await keyOn(world);
  await pauseByOwner(world);
  tigris.controls.behave({ listLagMs: 40 * SECOND });
  clock.advance(MINUTE);
  const giving = tigris.faults.arm(toActive, { kind: "hold", when: "before" });
  await pressOnCard(world, "Resume");
  await reached(giving);
  const taking = tigris.faults.arm(toInactive, { kind: "hold", when: "after" });
  await pressInList(ann, "Pause");
  await reached(taking);
  giving.release();
  await hears(dana, "ci is paused");
  expect(await opens(world, key)).toBe(true);
  taking.release();
  await isPaused();
  const from = clock.now();
  await isTaken(key);
  expect(clock.now() - from).toBeLessThanOrEqual(10 * MINUTE);
});

test("a key that is paused once more by the same pause can be resumed", async () => {
  const { ann, dana, tigris, clock } = world;
  const key = await keyOn(world);
  tigris.controls.behave({ refuseInactive: "InvalidParameterValue" });
  await pauseByOwner(world);
  tigris.faults.arm({ call: ROLES }, { kind: "late", ms: MINUTE });
  await pressOnCard(world, "Resume");
  await until("the call", () => tigris.calls.some(({ action }) => action === ROLES));
  await hears(dana, "Tigris has not said whether ci works again");
  await pauseBy(ann);
  clock.advance(MINUTE);
  await isTaken(key);
  await isPaused();
  await pressInList(ann, "Resume");
  await until("it to work", () => opens(world, key));
});
