import type { Fault } from "../../sandbox/faults";
import type { Behaviour } from "../../sandbox/tigris/behaviour";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { card } from "./play";
import { atTigris, hears, keyOn, opens, pauseBy, pauseByOwner, pressInList, pressOnCard, says } from "./play-pause";

/** A pause and a resume where Tigris refuses, or its answer is lost, or comes late. */

const SECOND = 1_000;
const MINUTE = 60_000;
/** After the first looks at what may come late, so that it is taken by the second ones. */
const LATE_MS = 3 * MINUTE;
const ROLES = [{ bucket: "*", role: "ReadOnly" }];

let world: World;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 500, readMs: 2_000 } } }, (one) => {
  world = one;
});

const toActive = { call: "UpdateAccessKey", match: ({ Status }: Record<string, unknown>) => Status === "Active" };
const toInactive = { call: "UpdateAccessKey", match: ({ Status }: Record<string, unknown>) => Status === "Inactive" };
const pass = (what: string, isSo: () => unknown, stepMs = SECOND) =>
  passUntil(what, isSo, { clock: world.clock, stepMs, limitMs: 15_000 });

describe.each<[string, Partial<Behaviour>]>([
  ["refuses Inactive", { refuseInactive: "InvalidParameterValue" }],
  ["takes Inactive, and its list still shows the key as active", { ignoreInactive: true }],
])("a Tigris that %s", (_what, behaviour) => {
  test("loses the roles of the key in its place, and Resume gives them back", async () => {
    const { tigris } = world;
    const key = await keyOn(world);
    tigris.controls.behave(behaviour);
    await pauseByOwner(world);
    expect(atTigris(world, key)).toMatchObject({ status: "active", bucketsRole: [] });
    expect(await opens(world, key)).toBe(false);
    await pressOnCard(world, "Resume");
    await says(world, "🔑 On · ");
    expect(atTigris(world, key)).toMatchObject({ status: "active", bucketsRole: ROLES });
    expect(await opens(world, key)).toBe(true);
  });

  test("where the roles can't be taken either, nobody reads that it is paused, approvers are told in time, and it goes on", async () => {
    const { ann, dana, tigris, clock } = world;
    const key = await keyOn(world);
    tigris.controls.behave(behaviour);
    const busy = { kind: "refuse", status: 503, body: { Code: "SlowDown" } } as const;
    tigris.faults.arm({ call: "UpdateAccessKeyWithBucketsRole", times: 1_000 }, busy);
    await pressOnCard(world, "Pause");
    await hears(dana, "Tigris has not confirmed yet that ci is paused");
    await says(world, "until then it may still work");
    const begunAt = clock.now();
    const isTold = () => ann.screen("CAPPROVE1").some(({ text }) => text.includes("I can't pause the access key ci-"));
    await pass("the alert", isTold, 10 * SECOND);
    expect(clock.now() - begunAt).toBeGreaterThanOrEqual(15 * MINUTE);
    expect(await opens(world, key)).toBe(true);
    tigris.faults.clear();
    await pass("the pause", () => card(dana, "ci")?.text.includes("works nowhere"), 10 * SECOND);
    expect(await opens(world, key)).toBe(false);
  }, 40_000);
});

describe.each<[string, Fault]>([
  ["before it took effect", { kind: "lose", when: "before" }],
  ["after it took effect", { kind: "lose", when: "after" }],
])("an answer that is lost, %s", (_what, fault) => {
  test("to a pause: the list of the key decides, and the key opens nothing", async () => {
    const { tigris } = world;
    const key = await keyOn(world);
    tigris.faults.arm(toInactive, fault);
    await pauseByOwner(world);
    expect(await opens(world, key)).toBe(false);
    await pressOnCard(world, "Resume");
    await says(world, "🔑 On · ");
    expect(atTigris(world, key)).toMatchObject({ status: "active", bucketsRole: ROLES });
    expect(await opens(world, key)).toBe(true);
  });

  test("to a resume: the list of the key decides, or another press", async () => {
    const { dana, tigris } = world;
    const key = await keyOn(world);
    await pauseByOwner(world);
    tigris.faults.arm(toActive, fault);
    await pressOnCard(world, "Resume");
    if (fault.kind === "lose" && fault.when === "before") {
      await hears(dana, "Tigris has not said whether ci works again. On its card, press Resume again.");
      await says(world, "press Resume again");
      expect(await opens(world, key)).toBe(false);
      await pressOnCard(world, "Resume");
    }
    await says(world, "🔑 On · ");
    expect(await opens(world, key)).toBe(true);
  });

  test("to the roles that a resume gives back: the same", async () => {
    const { tigris } = world;
    const key = await keyOn(world);
    tigris.controls.behave({ refuseInactive: "InvalidParameterValue" });
    await pauseByOwner(world);
    tigris.faults.arm({ call: "UpdateAccessKeyWithBucketsRole" }, fault);
    await pressOnCard(world, "Resume");
    if (fault.kind === "lose" && fault.when === "before") {
      await says(world, "press Resume again");
      expect(await opens(world, key)).toBe(false);
      await pressOnCard(world, "Resume");
    }
    await says(world, "🔑 On · ");
    expect(atTigris(world, key)).toMatchObject({ status: "active", bucketsRole: ROLES });
    expect(await opens(world, key)).toBe(true);
  });
});

test("a resume that Tigris refuses leaves the key paused, and it can be pressed again", async () => {
  const { dana, tigris } = world;
  const key = await keyOn(world);
  tigris.controls.behave({ refuseInactive: "InvalidParameterValue" });
  await pauseByOwner(world);
  const refusal = { kind: "refuse", status: 403, body: { Code: "AccessDenied" } } as const;
  tigris.faults.arm({ call: "UpdateAccessKeyWithBucketsRole" }, refusal);
  await pressOnCard(world, "Resume");
  await hears(dana, "Tigris refused to resume ci, since it doesn't allow me to. It stays paused");
  expect(await opens(world, key)).toBe(false);
  await pressOnCard(world, "Resume");
  await says(world, "🔑 On · ");
  expect(await opens(world, key)).toBe(true);
});

describe("what gives power and takes effect minutes late, after a new pause, is taken again within ten minutes", () => {
  test("a resume", async () => {
    const { dana, tigris, clock } = world;
    const key = await keyOn(world);
    await pauseByOwner(world);
    tigris.faults.arm(toActive, { kind: "late", ms: LATE_MS });
    await pressOnCard(world, "Resume");
    await hears(dana, "Tigris has not said whether ci works again");
    await pauseAgainAndSeeItTaken(key, clock.now());
  }, 60_000);

  test("the roles that a resume gives back", async () => {
    const { dana, tigris, clock } = world;
    const key = await keyOn(world);
    tigris.controls.behave({ refuseInactive: "InvalidParameterValue" });
    await pauseByOwner(world);
    tigris.faults.arm({ call: "UpdateAccessKeyWithBucketsRole" }, { kind: "late", ms: LATE_MS });
    await pressOnCard(world, "Resume");
    await hears(dana, "Tigris has not said whether ci works again");
    await pauseAgainAndSeeItTaken(key, clock.now());
  }, 60_000);

  /** An approver pauses; then the late call takes effect, and what it gave is taken. */
  async function pauseAgainAndSeeItTaken(
    key: { accessKeyId: string; secret: string; exports: string },
    sentAt: number,
  ) {
    const { ann, dana, clock } = world;
    await pauseBy(ann);
    await says(world, "Paused by @ann");
    expect(await opens(world, key)).toBe(false);
    const before = `select id from attempts where closed = 0 and kind in ('pause', 'resume')
      and (phase <> 'watching' or tries < 2)`;
    await pass("the first looks", async () => (await world.database.rows(before)).length === 0);
    clock.advance(sentAt + LATE_MS - clock.now());
    expect(await opens(world, key)).toBe(true);
    const from = clock.now();
    const isTaken = () => atTigris(world, key)?.status === "inactive" || atTigris(world, key)?.bucketsRole.length === 0;
    await pass("it to be taken again", isTaken, 10 * SECOND);
    expect(await opens(world, key)).toBe(false);
    // The clock goes on a few steps while Tigris is asked.
    expect(clock.now() - from).toBeLessThanOrEqual(12 * MINUTE);
    await pass("the card", () => card(dana, "ci")?.text.includes("works nowhere"));
    await pressInList(ann, "Resume");
    await pass("the card of a key that is on", () => card(dana, "ci")?.text.includes("🔑 On · "));
    expect(await opens(world, key)).toBe(true);
  }
});
