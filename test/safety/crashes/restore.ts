import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { approvalsCard, type ShownSecret } from "../../e2e/play";
import type { World } from "../../kit/world";
import type { Crash } from "./crash";
import { opens } from "./interrupted";
import { keysInTigris, nothingHangs } from "./recover";

const HOUR = 3_600_000;

/** Copies a database, as it is while nobody writes to it. */
function copyDatabase(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  for (const end of ["", "-wal"]) {
    rmSync(`${to}${end}`, { force: true });
    if (existsSync(`${from}${end}`)) copyFileSync(`${from}${end}`, `${to}${end}`);
  }
  rmSync(`${to}-shm`, { force: true });
}

const copyOf = ({ databaseFile }: World) => join(dirname(databaseFile), "copy", "bot.db");

/** Keeps the database as it is now. */
export function backUp(world: World): void {
  copyDatabase(world.databaseFile, copyOf(world));
}

/** An hour later the copy takes the database's place, and a bot starts on it. */
export async function restore({ world, bot }: Crash): Promise<void> {
  await bot.kill();
  copyDatabase(copyOf(world), world.databaseFile);
  world.clock.advance(HOUR + Math.max(Date.now() - world.clock.now(), 0));
  await world.startBot();
  await nothingHangs(world);
}

/** What the bot asked of Tigris that changes something. Whoever tries a key makes keys in another way. */
export function changes({ tigris }: World) {
  const isBots = (action: string) => action !== "CreateAccessKey" && /^(?:Create|Rotate|Delete|Update)/.test(action);
  return tigris.calls.filter(({ action }) => isBots(action));
}

export async function passHours(world: World, hours: number): Promise<void> {
  for (let passed = 0; passed < hours; passed++) {
    world.clock.advance(HOUR);
    await nothingHangs(world);
  }
}

const RAISED = "works nowhere, but it opens buckets in Tigris, so I did not delete it";

/** Approvers read of a key that works though the record does not say so, and it goes on working. */
export async function expectRaised(world: World, shown: ShownSecret): Promise<void> {
  await world.ann.until("the alert", () => approvalsCard(world, RAISED)?.text.includes(shown.accessKeyId));
  expect(await opens(world, shown)).not.toEqual([]);
  expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
  expect(world.tigris.calls.filter(({ action }) => action === "DeleteAccessKey")).toEqual([]);
}
