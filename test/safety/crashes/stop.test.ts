import { answers, askForReadOnly, card, keep, shownSecret } from "../../e2e/play";
import { connected, reached } from "../../kit/stand-ins";
import { until } from "../../kit/until";
import type { Mode, World } from "../../kit/world";
import { launchProcess, PATIENT } from "../kit/process";
import { type Crash, crashForEach, pressReveal } from "./crash";
import { expectGivenBack } from "./interrupted";
import { CREATE, DELETE, holdAt, POST, type Point, ROTATE, SEARCH } from "./points";
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
  expect(records(world.databaseFile)).toMatchObject({ making: 0, changing: 0, open: [] });
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

  const revealPoints = BOTH.flatMap((when): Point[] => [
    { ...CREATE, when },
    { ...POST, when },
  ]);
  test.each(revealPoints)("while a reveal is held at $call, $when its effect: it is finished", async (point) => {
    const { dana, tigris } = crash.world;
    const held = await holdAt(crash, point, () => pressReveal(crash));
    await stop(crash);
    held.release();
    await expectStopped(crash);
    const shown = await dana.until("the secret", () => shownSecret(dana));
    expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
    await dana.until("the key's card", () => card(dana, "ci")?.text.includes(shown.accessKeyId));
    await expectNothingLeft(crash.world);
  });

  const changes = BOTH.flatMap((when): [string, string, Point["when"]][] => [
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
    const said = call === DELETE.call ? "was deleted by @dana" : "not confirmed yet";
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

  test("while Tigris never answers: the bot looks for the key, says so, and ends", async () => {
    const { dana } = crash.world;
    await holdAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
    await stop(crash);
    await expectStopped(crash);
    expect(keysInTigris(crash.world)).toEqual([]);
    expect(answers(dana).some((text) => text.includes("I don't know whether the key of ci was made"))).toBe(true);
    await expectGivenBack(crash.world);
  });

  test("while nothing at all answers: it ends within its time, and the next bot goes on", async () => {
    const { world, bot } = crash;
    world.tigris.faults.arm({ ...SEARCH, times: 10 }, { kind: "hold", when: "before" });
    await holdAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
    const startedAt = Date.now();
    await stop(crash);
    expect(await bot.ends()).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(30_000);
    expect(keysInTigris(world)).toHaveLength(1);
    world.tigris.faults.clear();
    await recover(crash);
    expect(keysInTigris(world)).toEqual([]);
    await expectGivenBack(world);
  });

  test("twice: it ends at once, and the next bot goes on", async () => {
    const { world, bot } = crash;
    await holdAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
    await stop(crash);
    expect(bot.isRunning()).toBe(true);
    bot.signal("SIGTERM");
    expect(await bot.ends()).toBe(130);
    expect(records(world.databaseFile).open).toMatchObject([{ kind: "create", phase: "calling" }]);
    await recover(crash);
    expect(keysInTigris(world)).toEqual([]);
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
