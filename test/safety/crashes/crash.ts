import type { Person } from "../../../sandbox/slack";
import { type ShownSecret, shownSecret } from "../../e2e/play";
import { until } from "../../kit/until";
import { createWorld, endWorld, type Mode, type World } from "../../kit/world";
import { type BotProcess, PATIENCE_MS, startProcess } from "../kit/process";
import { isLocked } from "./records";

/** A world in which the bot runs as a process of its own, which a test may kill. */
export type Crash = { world: World; mode: Mode; bot: BotProcess };

export async function startCrash(mode: Mode): Promise<Crash> {
  const world = await createWorld(mode, { withoutBot: true });
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
  await dana.press("Reveal secret", { in: dana.dm() });
}

/** Waits for a secret that somebody sees. */
export function secretOn(person: Person): Promise<ShownSecret> {
  return person.until("the secret", () => shownSecret(person));
}

/**
 * Freezes the bot where it holds up nobody else: a process that stands still in the middle of a transaction keeps all
 * others from writing, so one that is caught there goes on until it is out of it.
 */
export async function freeze({ world, bot }: Crash): Promise<void> {
  await until("a moment between the bot's transactions", () => {
    bot.signal("SIGSTOP");
    if (!isLocked(world.databaseFile)) return true;
    bot.signal("SIGCONT");
    return false;
  });
}
