import { askForReadOnly, card, secretMessages, switchOn } from "../../e2e/play";
import type { Mode } from "../../kit/world";
import { PATIENCE_MS } from "../kit/process";
import { type Crash, endCrash, pressReveal, secretOn, startCrash } from "./crash";
import {
  expectGivenBack,
  expectNotConfirmed,
  expectPowerless,
  expectReplaced,
  isToldDeleted,
  isToldNotConfirmed,
  opens,
} from "./interrupted";
import { CREATE, killAt, POST, type Point } from "./points";
import { expectNothingLeft, keysInTigris, recover } from "./recover";

jest.setTimeout(PATIENCE_MS);

const MODES: Mode[] = ["socket", "http"];

let crash: Crash;
afterEach(() => endCrash(crash));

async function killRevealAt(mode: Mode, point: Point) {
  crash = await startCrash(mode);
  await askForReadOnly(crash.world.dana, "ci");
  return killAt(crash, point, () => pressReveal(crash));
}

async function recoverAndTell(): Promise<void> {
  await recover(crash);
  const { dana } = crash.world;
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Making it was interrupted"));
  expect(isToldDeleted(crash.world)).toBe(true);
  await expectPowerless(crash.world);
}

describe("killed while Tigris holds the new key", () => {
  test("before it is made, and it never is", async () => {
    await killRevealAt("socket", { ...CREATE, when: "before" });
    await recoverAndTell();
    await expectGivenBack(crash.world);
  });

  test("before it is made, and it is made after the recovery", async () => {
    const held = await killRevealAt("socket", { ...CREATE, when: "before" });
    await recoverAndTell();
    held.release();
    await expectGivenBack(crash.world);
  });

  test.each(MODES)("after it is made, over %s", async (mode) => {
    await killRevealAt(mode, { ...CREATE, when: "after" });
    expect(keysInTigris(crash.world)).toHaveLength(1);
    await expectPowerless(crash.world);
    await recoverAndTell();
    expect(secretMessages(crash.world.dana)).toEqual([]);
    await expectGivenBack(crash.world);
  });
});

describe("killed while Slack holds the secret", () => {
  async function recoverNotConfirmed(): Promise<void> {
    await recover(crash);
    await expectNotConfirmed(crash.world);
    expect(isToldNotConfirmed(crash.world)).toBe(true);
  }

  /** Whoever reads the secret says so, and has a key that works. */
  async function expectSwitchedOn(): Promise<void> {
    const { world } = crash;
    const shown = await secretOn(world.dana);
    await switchOn(world.dana, "ci");
    expect(await opens(world, shown)).not.toEqual([]);
    expect(secretMessages(world.dana)).toEqual([]);
    await expectNothingLeft(world);
    expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
  }

  test("before it is shown, and it never is", async () => {
    await killRevealAt("socket", { ...POST, when: "before" });
    await recoverNotConfirmed();
    await expectReplaced(crash.world);
  });

  test("before it is shown, and it is shown after the recovery: its reader switches it on", async () => {
    const held = await killRevealAt("socket", { ...POST, when: "before" });
    await recoverNotConfirmed();
    held.release();
    await expectSwitchedOn();
  });

  test("before it is shown, and it is shown after another one took its place: it is worth nothing", async () => {
    const held = await killRevealAt("socket", { ...POST, when: "before" });
    await recoverNotConfirmed();
    await expectReplaced(crash.world);
    held.release();
    const late = await secretOn(crash.world.dana);
    expect((await crash.world.tigris.use(late.accessKeyId, late.secret)).ok).toBe(false);
  });

  test.each(MODES)("after it is shown, over %s, and its reader does not trust it", async (mode) => {
    await killRevealAt(mode, { ...POST, when: "after" });
    await secretOn(crash.world.dana);
    await recoverNotConfirmed();
    await expectReplaced(crash.world);
  });

  test.each(MODES)("after it is shown, over %s, and its reader says that it is saved", async (mode) => {
    await killRevealAt(mode, { ...POST, when: "after" });
    await secretOn(crash.world.dana);
    await recoverNotConfirmed();
    await expectSwitchedOn();
  });
});
