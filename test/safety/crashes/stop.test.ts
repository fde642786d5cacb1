import { answers, askForReadOnly, card, keep, reveal, SWITCH_ON, shownSecret, switchOn } from "../../e2e/play";
import { played } from "../../kit/selection";
import { connected, reached } from "../../kit/stand-ins";
import { until } from "../../kit/until";
import type { Mode, World } from "../../kit/world";
import { launchProcess, PATIENT } from "../kit/process";
import { type Crash, crashForEach, pressReveal } from "./crash";
import { expectGivenBack, expectPowerless, opens } from "./interrupted";
import { CREATE, DELETE, holdAt, LOOK, POST, type Point, ROTATE, SET_ROLES, SET_STATUS } from "./points";
import { records } from "./records";
import { expectNothingLeft, keysInTigris, nothingHangs, recover } from "./recover";

let crash: Crash;
const take = (one: Crash) => {
  crash = one;
};

/** Stops the bot as an operator does, and resolves once it takes nothing new. */
async function stop({ world, mode, bot }: Crash): Promise<void> {
  bot.signal("SIGTERM");
  if (mode === "socket") return connected(world.slack, 0, PATIENT);
  await until(
    "the bot to take nothing new",
    async () => {
      expect(bot.isRunning()).toBe(true);
      return (await world.slack.postRaw("")).status === 503;
    },
    PATIENT,
  );
}

/** What a stop leaves behind: nothing but messages, which the next bot sends. */
async function expectStopped({ world, bot }: Crash): Promise<void> {
  expect(await bot.ends()).toBe(0);
  const { making, changing, open } = await records(world);
  // What a key has made is looked for again for an hour after its power was taken.
  expect({ making, changing, open: open.filter(({ kind }) => kind !== "list_made") }).toEqual({
    making: 0,
    changing: 0,
    open: [],
  });
  await nextBot(world);
}

/** Starts a bot now, with no lease run out. */
async function nextBot(world: World): Promise<void> {
  world.clock.advance(Math.max(Date.now() - world.clock.now(), 0));
  await world.startBot();
  await nothingHangs(world);
}

const BOTH = ["before", "after"] as const;

describe.each<Mode>(["socket", "http"])("stopped over %s", (mode) => {
  crashForEach(mode, take);
  beforeEach(() => askForReadOnly(crash.world.dana, "ci"));

  // What was to be done still may be, over both alike.
  const sides = played(BOTH, (when) => mode === "http" || when === "after");

  const revealPoints = sides.flatMap((when): Point[] => [
    { ...CREATE, when },
    { ...POST, when },
  ]);
  test.each(revealPoints)("while a reveal is held at $call, $when its effect: it is finished", async (point) => {
    const { dana } = crash.world;
    const held = await holdAt(crash, point, () => pressReveal(crash));
    await stop(crash);
    held.release();
    await expectStopped(crash);
    const shown = await dana.until("the secret", () => shownSecret(dana));
    await dana.until("the key's card", () => card(dana, "ci")?.text.includes(shown.accessKeyId));
    await expectPowerless(crash.world);
    await switchOn(dana, "ci");
    expect(await opens(crash.world, shown)).not.toEqual([]);
    await expectNothingLeft(crash.world);
  });

  test.each(sides)("while a key is switched on, %s Tigris does it: it is finished", async (when) => {
    const { dana } = crash.world;
    const shown = await reveal(dana, "ci");
    const held = await holdAt(crash, { ...SET_ROLES, when }, () => dana.press(SWITCH_ON, { in: dana.dm() }));
    await stop(crash);
    held.release();
    await expectStopped(crash);
    await dana.until("the card", () => card(dana, "ci")?.text.includes("🔑 On · "));
    expect(await opens(crash.world, shown)).not.toEqual([]);
    await expectNothingLeft(crash.world);
  });

  test.each(sides.flatMap((when) => [["Pause", when] as const, ["Resume", when] as const]))(
    "while %s is held at Tigris, %s its effect: it is finished",
    async (button, when) => {
      const { dana } = crash.world;
      const shown = await keep(dana, "ci");
      const press = (label: string) => dana.press(label, { in: dana.dm() });
      if (button === "Resume") {
        await press("Pause");
        await dana.until("the pause", () => card(dana, "ci")?.text.includes("works nowhere"));
      }
      const held = await holdAt(crash, { ...SET_STATUS, when }, () => press(button));
      await stop(crash);
      held.release();
      await expectStopped(crash);
      const said = button === "Pause" ? "Paused by you" : "🔑 On · ";
      await dana.until("the card", () => card(dana, "ci")?.text.includes(said));
      expect((await opens(crash.world, shown)).length > 0).toBe(button === "Resume");
      await expectNothingLeft(crash.world);
    },
  );

  const changes = sides.flatMap((when): [string, string, Point["when"]][] => [
    ["New secret", ROTATE.call, when],
    ["Delete key", DELETE.call, when],
  ]);
  test.each(changes)("while %s is held at %s, %s its effect: it is finished", async (button, call, when) => {
    const { dana, tigris } = crash.world;
    const first = await keep(dana, "ci");
    const held = await holdAt(crash, { api: "tigris", call, when }, () => dana.press(button, { in: dana.dm() }));
    await stop(crash);
    held.release();
    await expectStopped(crash);
    const said = call === DELETE.call ? "Deleted by you" : "not confirmed yet";
    await dana.until("the card", () => card(dana, "ci")?.text.includes(said));
    const shown = call === DELETE.call ? null : shownSecret(dana);
    if (shown) expect((await tigris.use(first.accessKeyId, shown.secret)).ok).toBe(true);
    expect(keysInTigris(crash.world)).toEqual(call === DELETE.call ? [] : [first.accessKeyId]);
    await expectNothingLeft(crash.world);
  });
});

describe("stopped", () => {
  crashForEach("socket", take);
  beforeEach(() => askForReadOnly(crash.world.dana, "ci"));

  test("while Tigris never answers: the bot gives the approval back, says so, and ends", async () => {
    const { dana } = crash.world;
    await holdAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
    await stop(crash);
    expect(await crash.bot.ends()).toBe(0);
    expect(await records(crash.world)).toMatchObject({ making: 0, open: [{ phase: "searching" }] });
    await nextBot(crash.world);
    await expectPowerless(crash.world);
    expect(answers(dana).some((text) => text.includes("Tigris gave no clear answer"))).toBe(true);
    await expectGivenBack(crash.world);
  });

  test("while nothing at all answers: it ends within its time, and the next bot goes on", async () => {
    const { world, bot } = crash;
    const { dana } = world;
    const shown = await reveal(dana, "ci");
    world.tigris.faults.arm({ ...LOOK, times: 10 }, { kind: "hold", when: "before" });
    await holdAt(crash, { ...SET_ROLES, when: "after" }, () => dana.press(SWITCH_ON, { in: dana.dm() }));
    const startedAt = Date.now();
    await stop(crash);
    expect(await bot.ends()).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(30_000);
    world.tigris.faults.clear();
    await recover(crash);
    await dana.until("the card", () => card(dana, "ci")?.text.includes("🔑 On · "));
    expect(await opens(world, shown)).not.toEqual([]);
    await expectNothingLeft(world);
  });

  test("twice: it ends at once, and the next bot goes on", async () => {
    const { world, bot } = crash;
    await holdAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
    await stop(crash);
    expect(bot.isRunning()).toBe(true);
    bot.signal("SIGTERM");
    expect(await bot.ends()).toBe(130);
    expect((await records(world)).open).toMatchObject([{ kind: "create", phase: "calling" }]);
    await recover(crash);
    await expectPowerless(world);
    await expectGivenBack(world);
  });

  test("while it starts: it ends as well as later", async () => {
    const { world, bot } = crash;
    bot.signal("SIGTERM");
    expect(await bot.ends()).toBe(0);
    const connecting = world.slack.faults.arm(
      { call: "apps.connections.open", times: 10 },
      { kind: "hold", when: "before" },
    );
    crash.bot = await launchProcess(world);
    await reached(connecting, PATIENT);
    crash.bot.signal("SIGTERM");
    expect(await crash.bot.ends()).toBe(0);
    expect(world.log.at(-1)).toContain("bot.stopped");
    connecting.release();
    await nextBot(world);
  });
});
