import type { Person } from "../../../sandbox/slack";
import { type ShownSecret, shownSecret } from "../../e2e/play";
import { testedDatabase } from "../../kit/database";
import { setServerAhead } from "../../kit/postgres/server-time";
import { createWorld, endWorld, type Mode, type World } from "../../kit/world";
import { type BotProcess, PATIENCE_MS, startProcess } from "../kit/process";

/** A world in which the bot runs as a process of its own, which a test may kill. */
export type Crash = { world: World; mode: Mode; bot: BotProcess };

/** How far the second bot of a world goes ahead: past all leases of the first one, and past the first search. */
export const LATER_MS = 61_000;

export async function startCrash(mode: Mode, env: NodeJS.ProcessEnv = {}): Promise<Crash> {
  const world = await createWorld(mode, { withoutBot: true, env });
  return { world, mode, bot: await startProcess(world, mode) };
}

/** Starts a bot before each test, and ends it after that. @param take gets the one of the test */
export function crashForEach(mode: Mode, take: (crash: Crash) => void): void {
  jest.setTimeout(PATIENCE_MS);
  let crash: Crash;
  beforeEach(async () => {
    crash = await startCrash(mode);
    take(crash);
  });
  afterEach(() => endCrash(crash));
}

/** Ends whatever still runs, and says whether a secret went where none may be. */
export async function endCrash({ world, bot }: Crash): Promise<void> {
  world.slack.faults.clear();
  world.tigris.faults.clear();
  await bot.kill();
  await endWorld(world);
}

export async function pressReveal({ world: { dana } }: Crash): Promise<void> {
  await dana.press("Show my secret", { in: dana.dm() });
}

/** Waits for a secret that somebody sees. */
export function secretOn(person: Person): Promise<ShownSecret> {
  return person.until("the secret", () => shownSecret(person));
}

/** Starts the next bot of a world in which the time is ahead of the real one. */
export async function startAhead({ world, mode }: Crash, aheadMs: number): Promise<BotProcess> {
  if (testedDatabase === "sqlite") return startProcess(world, mode, { aheadMs });
  await setServerAhead(world.database.url, aheadMs);
  return startProcess(world, mode);
}
