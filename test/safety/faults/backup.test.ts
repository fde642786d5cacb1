import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { allSent, askForReadOnly, card, keep } from "../../e2e/play";
import { createWorld, endWorld, type World } from "../../kit/world";
import { builtBot } from "../kit/build";
import { type BotProcess, PATIENCE_MS, startProcess } from "../kit/process";

jest.setTimeout(PATIENCE_MS);

let world: World;
let bot: BotProcess;
let target: string;
beforeEach(async () => {
  world = await createWorld("socket", { withoutBot: true });
  target = `${world.databaseFile}.backup`;
  bot = await startProcess(world);
  await askForReadOnly(world.dana, "ci");
});
afterEach(async () => {
  await bot.kill();
  await endWorld(world);
});

/** Runs the command as an operator does, with nothing of the bot's environment but where the database is. */
function backup(...args: string[]) {
  const env = { PATH: process.env.PATH ?? "", DATABASE_URL: world.environment.DATABASE_URL ?? "" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtBot(), "backup", ...args], {
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** The files of the database. */
const files = () =>
  readdirSync(dirname(world.databaseFile))
    .filter((name) => /^bot\.db(-\w+)?$/.test(name))
    .sort();

async function stop(): Promise<void> {
  bot.signal("SIGTERM");
  expect(await bot.ends()).toBe(0);
}

/** Takes all files of the database away, puts the backup in their place, and starts a bot. */
async function restore(): Promise<void> {
  for (const name of files()) rmSync(`${dirname(world.databaseFile)}/${name}`);
  renameSync(target, world.databaseFile);
  bot = await startProcess(world);
}

test("while the bot runs, after a clean stop and after a crash: one file, from which the bot goes on", async () => {
  const { dana } = world;
  expect(backup(target)).toEqual({
    status: 0,
    stdout: expect.stringMatching(/is written and checked: .* with 1 request and 0 keys/),
    stderr: "",
  });
  expect(statSync(target).mode & 0o777).toBe(0o600);
  await keep(dana, "ci");
  rmSync(target);
  expect(backup(target)).toMatchObject({ status: 0, stdout: expect.stringContaining("1 request and 1 key,") });

  await stop();
  expect(files()).toEqual([basename(world.databaseFile)]);
  rmSync(target);
  expect(backup(target)).toMatchObject({ status: 0 });
  expect(files()).toEqual([basename(world.databaseFile)]);

  await restore();
  await askForReadOnly(dana, "after");
  // Killed in the middle of a message, its lease would hold that one up for a minute.
  await allSent(world);
  await bot.kill();
  expect(files()).toContain("bot.db-wal");
  expect(backup(target)).toMatchObject({ status: 0, stdout: expect.stringContaining("2 requests and 1 key,") });
  await restore();
  await keep(dana, "after");
  expect(card(dana, "ci")?.text).toContain("secret saved");
});

test("a command line that can't be understood, and an error, have exit codes of their own", async () => {
  expect(backup()).toMatchObject({ status: 64, stdout: "", stderr: expect.stringContaining("backup FILE") });
  expect(backup("--all", target)).toMatchObject({ status: 64 });
  expect(backup(world.databaseFile)).toMatchObject({ status: 1, stdout: "" });
  expect(existsSync(target)).toBe(false);
});
