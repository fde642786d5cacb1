import { answers, askForReadOnly, card, secretMessages } from "../../e2e/play";
import type { Mode } from "../../kit/world";
import { PATIENCE_MS } from "../kit/process";
import { type Crash, endCrash, pressReveal, secretOn, startCrash } from "./crash";
import { expectGivenBack, isToldDeleted } from "./interrupted";
import { CREATE, killAt, POST, type Point } from "./points";
import { keysInTigris, recover } from "./recover";

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
  expect(keysInTigris(crash.world)).toEqual([]);
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
    await recoverAndTell();
    expect(secretMessages(crash.world.dana)).toEqual([]);
    await expectGivenBack(crash.world);
  });
});

describe("killed while Slack holds the secret", () => {
  test("before it is shown, and it never is", async () => {
    await killRevealAt("socket", { ...POST, when: "before" });
    await recoverAndTell();
    await expectGivenBack(crash.world);
  });

  test("before it is shown, and it is shown after the recovery", async () => {
    const held = await killRevealAt("socket", { ...POST, when: "before" });
    await recoverAndTell();
    held.release();
    await secretOn(crash.world.dana);
    await expectGivenBack(crash.world);
  });

  test.each(MODES)("after it is shown, over %s", async (mode) => {
    await killRevealAt(mode, { ...POST, when: "after" });
    await secretOn(crash.world.dana);
    await recoverAndTell();
    await expectGivenBack(crash.world);
  });

  test("after it is shown, and its reader says that it is saved", async () => {
    await killRevealAt("socket", { ...POST, when: "after" });
    const { dana } = crash.world;
    await secretOn(dana);
    await recoverAndTell();
    await dana.press("I've saved it");
    await dana.until("the truth", () =>
      answers(dana).some((text) => text.includes("This secret does not work: its key was deleted")),
    );
    expect(secretMessages(dana)).toEqual([]);
    await expectGivenBack(crash.world);
  });
});
