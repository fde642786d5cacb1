import { card, reveal, secretMessages } from "../../e2e/play";
import { pressReveal } from "../crashes/crash";
import { expectGivenBack, expectPowerless, isToldDeleted } from "../crashes/interrupted";
import { CREATE, holdAt } from "../crashes/points";
import { keysInTigris } from "../crashes/recover";
import { launchProcess, PATIENCE_MS, startProcess } from "../kit/process";
import { type DiskWorld, diskForEach, goOnElsewhere } from "./disk";

let on: DiskWorld;
diskForEach((one) => {
  on = one;
});

async function stop(): Promise<void> {
  on.bot.signal("SIGTERM");
  expect(await on.bot.ends()).toBe(0);
}

/** Starts a bot that can't start. @returns its exit code, and what it said beside Node's own warnings */
async function refusedStart(): Promise<{ code: number | null; said: string }> {
  const { world, disk } = on;
  const from = world.log.length;
  on.bot = launchProcess(world, { enter: disk.enter });
  const code = await on.bot.ends();
  const lines = world.log.slice(from).filter((line) => /database|rror|^ +at /.test(line));
  return { code, said: lines.join("\n") };
}

const sentence = (code: string) =>
  `The database ${on.disk.folder}/bot.db can't be opened and written (${code}). ` +
  "Check that its folder exists and can be written, and that its disk has room; then start the bot again.";

test("started on a read-only disk, or on a full one: it says what to do and ends, until it can write", async () => {
  const { world, disk } = on;
  await stop();
  disk.remount("ro");
  expect(await refusedStart()).toEqual({ code: 78, said: sentence("EROFS") });
  disk.remount("rw");
  disk.fill();
  const { code, said } = await refusedStart();
  // Which of them depends on how much room is left in the last page of the disk.
  expect([sentence("SQLITE_FULL"), sentence("SQLITE_IOERR_SHMSIZE")]).toContain(said);
  expect(code).toBe(1);
  disk.free();
  on.bot = await startProcess(world, "socket", { enter: disk.enter });
  await reveal(world.dana, "ci");
});

test("killed, and started on a full disk, where the file can be opened but not written: it does not start", async () => {
  on.disk.fill();
  await on.bot.kill();
  expect(await refusedStart()).toEqual({ code: 1, said: sentence("SQLITE_FULL") });
});

test("stopped on a full disk: it ends in time, and the next bot goes on", async () => {
  const { world, disk } = on;
  disk.fill();
  await stop();
  disk.free();
  on.bot = await startProcess(world, "socket", { enter: disk.enter });
  await reveal(world.dana, "ci");
});

test("killed on a full disk while Tigris makes a key, and started when there is room: the key opens nothing, and goes", async () => {
  const { world, disk, bot } = on;
  const { dana } = world;
  const here = { ...on, mode: "socket" } as const;
  await holdAt(here, { ...CREATE, when: "after" }, () => pressReveal(here));
  disk.fill();
  await bot.kill();
  expect(keysInTigris(world)).toHaveLength(1);
  disk.free();
  on.bot = await startProcess(world, "socket", { enter: disk.enter, aheadMs: 61_000 });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Making it was interrupted"), PATIENCE_MS / 2);
  await dana.until("the notice", () => isToldDeleted(world));
  await expectPowerless(world);
  expect(secretMessages(dana)).toEqual([]);
  await goOnElsewhere(on);
  await expectGivenBack(world);
});
