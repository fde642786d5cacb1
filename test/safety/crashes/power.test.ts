import type { FaultHandle } from "../../../sandbox/faults";
import { askForReadOnly, card, keep, reveal, type ShownSecret, SWITCH_ON, switchOn } from "../../e2e/play";
import { passUntil, until } from "../../kit/until";
import type { Mode } from "../../kit/world";
import { PATIENCE_MS, PATIENT } from "../kit/process";
import { type Crash, endCrash, startCrash } from "./crash";
import { cardSays, expectPowerless, opens } from "./interrupted";
import { holdAt, killAt, LOOK, type Point, SET_ROLES, SET_STATUS } from "./points";
import { lockDatabase } from "./records";
import { allClosed, expectNothingLeft, keysInTigris, poweredInTigris, recover } from "./recover";

jest.setTimeout(PATIENCE_MS);

/** Over HTTP too where the effect took place: before it the modes do not differ. */
const PLACES: [Mode, Point["when"]][] = [
  ["socket", "before"],
  ["socket", "after"],
  ["http", "after"],
];
/** When the last look is for what may come late. */
const TEN_MINUTES_MS = 10 * 60_000;
const USERS_INFO = { api: "slack", call: "users.info", when: "before" } as const;

let crash: Crash;
let shown: ShownSecret;
afterEach(() => endCrash(crash));

async function start(mode: Mode, bringTo: typeof keep): Promise<void> {
  crash = await startCrash(mode);
  await askForReadOnly(crash.world.dana, "ci");
  shown = await bringTo(crash.world.dana, "ci");
}

const onCard = { message: ({ isEphemeral }: { isEphemeral: boolean }) => !isEphemeral };
const press = (label: string) => crash.world.dana.press(label, { in: crash.world.dana.dm(), ...onCard });
const says = (text: string) => cardSays(crash.world, text);

/** The key works, its card and the record say so, and there is nothing else. */
async function expectOn(): Promise<void> {
  const { world } = crash;
  await says("🔑 On · ");
  expect(await opens(world, shown)).not.toEqual([]);
  await expectNothingLeft(world);
  expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
}

/** Kills the bot once Tigris has answered, while nobody can write that down. */
async function killBeforeRecord(point: Omit<Point, "when">, act: () => Promise<void>): Promise<void> {
  const held = await holdAt(crash, { ...point, when: "after" }, act);
  const lock = await lockDatabase(crash.world);
  const { calls } = crash.world.tigris;
  const answered = () => calls.filter(({ action, endedAt }) => action === point.call && endedAt !== null).length;
  const before = answered();
  held.release();
  await until("Tigris's answer", () => answered() > before, PATIENT);
  await crash.bot.kill();
  await lock.release();
}

describe("killed while a key is switched on", () => {
  const pressSaved = () => crash.world.dana.press(SWITCH_ON, { in: crash.world.dana.dm() });

  async function killSwitchAt(mode: Mode, point: Point): Promise<FaultHandle> {
    await start(mode, reveal);
    return killAt(crash, point, pressSaved);
  }

  async function recoverUnanswered(): Promise<void> {
    await recover(crash);
    await says("Tigris has not said whether it is on");
    await expectPowerless(crash.world);
  }

  test("before anything is written: it is off, and its holder presses again", async () => {
    await killSwitchAt("socket", USERS_INFO);
    await recover(crash);
    expect(card(crash.world.dana, "ci")?.text).toContain("🔑 Off · ");
    await expectPowerless(crash.world);
    await switchOn(crash.world.dana, "ci");
    await expectOn();
  });

  test("before Tigris does it, which never does: its holder presses again", async () => {
    await killSwitchAt("socket", { ...SET_ROLES, when: "before" });
    await recoverUnanswered();
    await press(SWITCH_ON);
    await expectOn();
  });

  test("before Tigris does it, and it does after the recovery: the list shows it", async () => {
    const held = await killSwitchAt("socket", { ...SET_ROLES, when: "before" });
    await recoverUnanswered();
    held.release();
    await allClosed(crash.world);
    await expectOn();
  });

  test("before Tigris does it, and deleted after the recovery: what comes late finds no key", async () => {
    const held = await killSwitchAt("socket", { ...SET_ROLES, when: "before" });
    await recoverUnanswered();
    await press("Delete key");
    await says("Deleted by you");
    held.release();
    await expectNothingLeft(crash.world);
    expect(keysInTigris(crash.world)).toEqual([]);
  });

  test.each<Mode>(["socket", "http"])("after Tigris has done it, over %s: it is on", async (mode) => {
    await killSwitchAt(mode, { ...SET_ROLES, when: "after" });
    await recover(crash);
    await expectOn();
  });

  test("between Tigris's answer and its record: it is on", async () => {
    await start("socket", reveal);
    await killBeforeRecord(SET_ROLES, pressSaved);
    await recover(crash);
    await expectOn();
  });
});

describe("killed while a key is paused", () => {
  async function expectPaused(): Promise<void> {
    const { world } = crash;
    await says("Paused by you");
    await expectPowerless(world);
    await expectNothingLeft(world);
    expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(false);
    await press("Resume");
    await expectOn();
  }

  test("before anything is written: it works on, and can be paused", async () => {
    await start("socket", keep);
    await killAt(crash, USERS_INFO, () => press("Pause"));
    await recover(crash);
    expect(await opens(crash.world, shown)).not.toEqual([]);
    await press("Pause");
    await expectPaused();
  });

  test.each(PLACES)("over %s, %s Tigris does it: it is paused", async (mode, when) => {
    await start(mode, keep);
    await killAt(crash, { ...SET_STATUS, when }, () => press("Pause"));
    await recover(crash);
    await expectPaused();
  });

  test.each(["before", "after"] as const)("%s the list is read: it is paused", async (when) => {
    await start("socket", keep);
    await killAt(crash, { ...LOOK, when }, () => press("Pause"));
    await recover(crash);
    await expectPaused();
  });

  test("between Tigris's answer and its record: it is paused", async () => {
    await start("socket", keep);
    await killBeforeRecord(SET_STATUS, () => press("Pause"));
    await recover(crash);
    await expectPaused();
  });

  test.each(["before", "after"] as const)("whose status does not do, %s its roles are taken", async (when) => {
    await start("socket", keep);
    crash.world.tigris.controls.behave({ ignoreInactive: true });
    await killAt(crash, { ...SET_ROLES, when }, () => press("Pause"));
    await recover(crash);
    await says("Paused by you");
    await expectPowerless(crash.world);
    await expectNothingLeft(crash.world);
    await press("Resume");
    await expectOn();
  });
});

describe("killed while a key is resumed", () => {
  async function killResumeAt(mode: Mode, point: Point): Promise<FaultHandle> {
    await start(mode, keep);
    await press("Pause");
    await says("Paused by you");
    await says("works nowhere");
    return killAt(crash, point, () => press("Resume"));
  }

  async function recoverUnanswered(): Promise<void> {
    await recover(crash);
    await says("Tigris has not said yet whether it works again");
    await expectPowerless(crash.world);
  }

  test("before anything is written: it is paused, and can be resumed", async () => {
    await killResumeAt("socket", USERS_INFO);
    await recover(crash);
    await expectPowerless(crash.world);
    await press("Resume");
    await expectOn();
  });

  test("before Tigris does it, which never does: pressing again resumes it", async () => {
    await killResumeAt("socket", { ...SET_STATUS, when: "before" });
    await recoverUnanswered();
    await press("Resume");
    await expectOn();
  });

  test("before Tigris does it, and it does after the recovery: the list shows it", async () => {
    const held = await killResumeAt("socket", { ...SET_STATUS, when: "before" });
    await recoverUnanswered();
    held.release();
    await allClosed(crash.world);
    await expectOn();
  });

  test("before Tigris does it, and paused again: what comes late is taken within ten minutes", async () => {
    const held = await killResumeAt("socket", { ...SET_STATUS, when: "before" });
    const { world } = crash;
    await recoverUnanswered();
    await press("Pause");
    await says("works nowhere");
    held.release();
    await until("the late call", () => poweredInTigris(world).length === 1);
    const lateAt = world.clock.now();
    const isTaken = () => poweredInTigris(world).length === 0;
    await passUntil("it to be taken", isTaken, { clock: world.clock, stepMs: 20_000, ...PATIENT });
    expect(world.clock.now() - lateAt).toBeLessThanOrEqual(TEN_MINUTES_MS);
    await expectNothingLeft(world);
    await press("Resume");
    await expectOn();
  });

  test.each<Mode>(["socket", "http"])("after Tigris has done it, over %s: it works", async (mode) => {
    await killResumeAt(mode, { ...SET_STATUS, when: "after" });
    await recover(crash);
    await expectOn();
  });

  test("between Tigris's answer and its record: it works", async () => {
    await start("socket", keep);
    await press("Pause");
    await says("works nowhere");
    await killBeforeRecord(SET_STATUS, () => press("Resume"));
    await recover(crash);
    await expectOn();
  });
});
