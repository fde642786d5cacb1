import { execFileSync } from "node:child_process";
import { dirname } from "node:path";
import { askForReadOnly } from "../../e2e/play";
import { until } from "../../kit/until";
import { createWorld, endWorld, type World } from "../../kit/world";
import { nothingHangs, passLeases } from "../crashes/recover";
import { type BotProcess, PATIENCE_MS, PATIENT, startProcess } from "../kit/process";
import { createSmallDisk, type SmallDisk } from "../kit/small-disk";

/** A world whose bot is a process of its own, with its database on a disk of its own. */
export type DiskWorld = { world: World; disk: SmallDisk; bot: BotProcess };

/** How a disk fails, the code by which the log tells it, and how it works again. */
export type Breakage = {
  what: string;
  code: string;
  begin(world: DiskWorld): void;
  end(world: DiskWorld): void;
};

export const FULL: Breakage = {
  what: "is full",
  code: "SQLITE_FULL",
  begin: ({ disk }) => disk.fill(),
  end: ({ disk }) => disk.free(),
};

export const BREAKAGES: Breakage[] = [
  FULL,
  // A disk that turned read-only under an open file, as the kernel does after an error, can be made by root only. To
  // SQLite it is the same: each write fails.
  {
    what: "takes no writes",
    code: "SQLITE_IOERR_WRITE",
    begin: ({ bot }) => limitFileSize(bot, "0"),
    end: ({ bot }) => limitFileSize(bot, "unlimited"),
  },
];

/** From now on a write beyond this size fails in a process (`RLIMIT_FSIZE`; Node ignores its signal). */
function limitFileSize({ pid }: BotProcess, bytes: string): void {
  execFileSync("prlimit", [`--pid=${pid}`, `--fsize=${bytes}:`]);
}

/**
 * Starts one before each test, in which Dana has asked for `ci`, and ends it after that.
 * @param take gets the one of the test
 */
export function diskForEach(take: (on: DiskWorld) => void): void {
  jest.setTimeout(PATIENCE_MS);
  let on: DiskWorld;
  beforeEach(async () => {
    on = await startDiskWorld();
    take(on);
    await askForReadOnly(on.world.dana, "ci");
  });
  afterEach(() => endDiskWorld(on));
}

async function startDiskWorld(): Promise<DiskWorld> {
  const disk = await createSmallDisk();
  const world = await createWorld("socket", { withoutBot: true });
  world.environment.DATABASE_URL = `file:${disk.folder}/bot.db`;
  return { world, disk, bot: await startProcess(world, "socket", { enter: disk.enter }) };
}

/** Ends everything, and says whether a secret went where none may be. */
async function endDiskWorld({ world, disk, bot }: DiskWorld): Promise<void> {
  world.slack.faults.clear();
  world.tigris.faults.clear();
  await bot.kill();
  disk.copy(dirname(world.databaseFile));
  try {
    await endWorld(world);
  } finally {
    await disk.remove();
  }
}

/** Waits until the bot says how it is with this status. @returns its reasons */
export async function readiness({ bot }: DiskWorld, status: 200 | 503): Promise<string> {
  return until(
    `readiness ${status}`,
    async () => {
      const answer = await fetch(`http://127.0.0.1:${bot.port}/readyz`);
      const text = await answer.text();
      return answer.status === status && text;
    },
    PATIENT,
  );
}

/** Lets all leases of the running bot run out. */
export async function leasesRunOut({ bot }: DiskWorld): Promise<void> {
  const moved = bot.line("clock.moved");
  bot.signal("SIGUSR2");
  await moved;
}

/** Lets all leases of the running bot run out, and the pause too that it makes where Tigris knows no such key yet. */
export async function untilPutRight(on: DiskWorld, look: () => boolean | undefined): Promise<void> {
  const paused = on.bot.line("key.deletion_failed").then(() => leasesRunOut(on));
  await leasesRunOut(on);
  // Where nothing paused, it ends with the bot.
  paused.catch(() => {});
  await on.world.dana.until("what was put right", look, PATIENCE_MS / 2);
}

/** Ends the bot, and goes on with another one, whose clock the test moves, on a copy of the database. */
export async function goOnElsewhere({ world, disk, bot }: DiskWorld, aheadMs = 122_000): Promise<void> {
  bot.signal("SIGTERM");
  expect(await bot.ends()).toBe(0);
  disk.copy(dirname(world.databaseFile));
  world.environment.DATABASE_URL = `file:${world.databaseFile}`;
  passLeases(world, aheadMs);
  await world.startBot();
  await nothingHangs(world);
}
