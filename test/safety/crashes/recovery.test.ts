import { askForReadOnly, card, reveal, secretMessages } from "../../e2e/play";
import { connected } from "../../kit/stand-ins";
import { PATIENT, startProcess } from "../kit/process";
import { type Crash, crashForEach, pressReveal, secretOn } from "./crash";
import { expectGivenBack, isToldDeleted } from "./interrupted";
import { CREATE, DELETE, holdAt, killAt, POST, type Point, ROTATE, SEARCH } from "./points";
import { records } from "./records";
import { expectNothingLeft, keysInTigris, passLeases, recover } from "./recover";

const LATER_MS = 61_000;

let crash: Crash;
crashForEach("socket", (one) => {
  crash = one;
});
beforeEach(() => askForReadOnly(crash.world.dana, "ci"));

/** A second process, after all leases, which is killed at a point of its recovery; a third one then goes on. */
async function recoverAndKillAt(point: Point): Promise<void> {
  const { world, mode } = crash;
  await killAt(crash, point, async () => {
    crash.bot = await startProcess(world, mode, { aheadMs: LATER_MS });
  });
  await recover(crash, LATER_MS);
}

describe("killed while a lost key is put right", () => {
  beforeEach(() => killAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash)));

  test.each<[string, Point]>([
    ["it is looked for", { ...SEARCH, when: "before" }],
    ["it is found", { ...SEARCH, when: "after" }],
    ["its deletion begins", { ...DELETE, when: "before" }],
    ["it is deleted", { ...DELETE, when: "after" }],
    ["its requester is told", { api: "slack", call: "chat.postMessage", when: "before" }],
    ["its requester was told", { api: "slack", call: "chat.postMessage", when: "after" }],
  ])("as %s", async (_moment, point) => {
    await recoverAndKillAt(point);
    const { dana } = crash.world;
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Making it was interrupted"));
    expect(isToldDeleted(crash.world)).toBe(true);
    expect(keysInTigris(crash.world)).toEqual([]);
    await expectGivenBack(crash.world);
  });
});

describe("killed while a key that was shown, but not for certain, is deleted", () => {
  beforeEach(() => killAt(crash, { ...POST, when: "after" }, () => pressReveal(crash)));

  test.each(["before", "after"] as const)("%s it is deleted", async (when) => {
    await secretOn(crash.world.dana);
    await recoverAndKillAt({ ...DELETE, when });
    expect(isToldDeleted(crash.world)).toBe(true);
    await expectGivenBack(crash.world);
  });
});

test("killed before the card says that a secret is unknown", async () => {
  const { world } = crash;
  const { dana } = world;
  const { accessKeyId } = await reveal(dana, "ci");
  await dana.until("the key's card", () => card(dana, "ci")?.buttons.some(({ label }) => label === "New secret"));
  await killAt(crash, { ...ROTATE, when: "after" }, () => dana.press("New secret", { in: dana.dm() }));
  await recoverAndKillAt({ api: "slack", call: "chat.update", when: "before" });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("nobody holds the new one"));
  expect(keysInTigris(world)).toEqual([accessKeyId]);
  await expectNothingLeft(world);
});

test("stopped while a lost key is deleted: the deletion is finished", async () => {
  const { world, mode } = crash;
  await killAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
  const held = await holdAt(crash, { ...DELETE, when: "before" }, async () => {
    crash.bot = await startProcess(world, mode, { aheadMs: LATER_MS });
  });
  crash.bot.signal("SIGTERM");
  await connected(world.slack, 0, PATIENT);
  held.release();
  expect(await crash.bot.ends()).toBe(0);
  expect(records(world.databaseFile)).toMatchObject({ making: 0, open: [] });
  await recover(crash, LATER_MS);
  expect(isToldDeleted(world)).toBe(true);
  expect(world.tigris.calls.filter(({ action }) => action === DELETE.call)).toHaveLength(1);
  await expectGivenBack(world);
});

test("of two bots that recover at once, one does it", async () => {
  const { world, mode } = crash;
  await killAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
  const held = await holdAt(crash, { ...SEARCH, when: "before" }, async () => {
    crash.bot = await startProcess(world, mode, { aheadMs: LATER_MS });
  });
  passLeases(world);
  await world.startBot();
  held.release();
  await world.dana.until("the card", () => card(world.dana, "ci")?.text.includes("Making it was interrupted"));
  expect(world.tigris.calls.filter(({ action }) => action === DELETE.call)).toHaveLength(1);
  expect(secretMessages(world.dana)).toEqual([]);
  await expectGivenBack(world);
});
