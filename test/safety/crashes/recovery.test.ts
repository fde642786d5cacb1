import { askForReadOnly, card, keep } from "../../e2e/play";
import { connected } from "../../kit/stand-ins";
import { PATIENT } from "../kit/process";
import { type Crash, crashForEach, LATER_MS, pressReveal, secretOn, startAhead } from "./crash";
import { expectGivenBack, expectPowerless, expectReplaced, isToldDeleted, isToldNotConfirmed } from "./interrupted";
import { CREATE, DELETE, holdAt, killAt, LOOK, POST, type Point, ROTATE, SEARCH } from "./points";
import { records } from "./records";
import { expectNothingLeft, keysInTigris, recover } from "./recover";

let crash: Crash;
crashForEach("socket", (one) => {
  crash = one;
});
beforeEach(() => askForReadOnly(crash.world.dana, "ci"));

/** A second process, after all leases, which is killed at a point of its recovery; a third one then goes on. */
async function recoverAndKillAt(point: Point): Promise<void> {
  await killAt(crash, point, async () => {
    crash.bot = await startAhead(crash, LATER_MS);
  });
  await recover(crash, LATER_MS);
}

describe("killed while a lost key is put right", () => {
  beforeEach(() => killAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash)));

  test.each<[string, Point]>([
    ["its requester is told", { api: "slack", call: "chat.postMessage", when: "before" }],
    ["its requester was told", { api: "slack", call: "chat.postMessage", when: "after" }],
  ])("as %s", async (_moment, point) => {
    await recoverAndKillAt(point);
    await expectToldAndGivenBack();
  });

  // Its request was given back a while before that.
  test.each<[string, Point]>([
    ["it is looked for", { ...SEARCH, when: "before" }],
    ["it is found", { ...SEARCH, when: "after" }],
    ["it is looked at", { ...LOOK, when: "before" }],
    ["its deletion begins", { ...DELETE, when: "before" }],
    ["it is deleted", { ...DELETE, when: "after" }],
  ])("as %s", async (_moment, point) => {
    crash.bot = await startAhead(crash, LATER_MS);
    const { dana } = crash.world;
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Making it was interrupted"));
    await crash.bot.kill();
    await killAt(crash, point, async () => {
      crash.bot = await startAhead(crash, 2 * LATER_MS);
    });
    await recover(crash, 2 * LATER_MS);
    await expectToldAndGivenBack();
  });

  async function expectToldAndGivenBack(): Promise<void> {
    const { dana } = crash.world;
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Making it was interrupted"));
    expect(isToldDeleted(crash.world)).toBe(true);
    await expectPowerless(crash.world);
    await expectGivenBack(crash.world);
  }
});

describe("killed while its requester is told that a secret may not have appeared", () => {
  beforeEach(() => killAt(crash, { ...POST, when: "after" }, () => pressReveal(crash)));

  test.each(["before", "after"] as const)("%s they were told", async (when) => {
    await secretOn(crash.world.dana);
    await recoverAndKillAt({ api: "slack", call: "chat.postMessage", when });
    expect(isToldNotConfirmed(crash.world)).toBe(true);
    await expectReplaced(crash.world);
  });
});

test("killed before the card says that a secret is unknown", async () => {
  const { world } = crash;
  const { dana } = world;
  const { accessKeyId } = await keep(dana, "ci");
  await killAt(crash, { ...ROTATE, when: "after" }, () => dana.press("New secret", { in: dana.dm() }));
  await recoverAndKillAt({ api: "slack", call: "chat.update", when: "before" });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Nobody holds the secret of"));
  expect(keysInTigris(world)).toEqual([accessKeyId]);
  await expectNothingLeft(world);
});

test("stopped while a lost key is deleted: the deletion is finished", async () => {
  const { world } = crash;
  const { dana } = world;
  await killAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
  crash.bot = await startAhead(crash, LATER_MS);
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Making it was interrupted"));
  await crash.bot.kill();
  const held = await holdAt(crash, { ...DELETE, when: "before" }, async () => {
    crash.bot = await startAhead(crash, 2 * LATER_MS);
  });
  crash.bot.signal("SIGTERM");
  await connected(world.slack, 0, PATIENT);
  held.release();
  expect(await crash.bot.ends()).toBe(0);
  expect(keysInTigris(world)).toEqual([]);
  expect(await records(world)).toMatchObject({ making: 0, open: [] });
  await recover(crash, 2 * LATER_MS);
  expect(isToldDeleted(world)).toBe(true);
  expect(world.tigris.calls.filter(({ action }) => action === DELETE.call)).toHaveLength(1);
  await expectGivenBack(world);
});
