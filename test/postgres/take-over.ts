import { connected } from "../kit/stand-ins";
import type { Mode } from "../kit/world";
import { type Crash, endCrash, startCrash } from "../safety/crashes/crash";
import { holdAt, type Point } from "../safety/crashes/points";
import { nothingHangs, passLeasesBy } from "../safety/crashes/recover";
import { serverTime, type Time } from "../safety/crashes/time";
import { type BotProcess, PATIENT, startProcess } from "../safety/kit/process";

/** A replica in a process of its own, and the one that takes over from it, on one database by whose time both go. */
export type TakeOver = Crash & { time: Time; next: BotProcess | null };

export async function startTakeOver(mode: Mode): Promise<TakeOver> {
  const crash = await startCrash(mode);
  return { ...crash, time: serverTime(crash.world), next: null };
}

export async function endTakeOver(one: TakeOver): Promise<void> {
  await one.next?.kill();
  await endCrash(one);
}

/** Freezes the replica at a point, until another one has put right what it left, and gets all payloads. */
export async function freezeAt(one: TakeOver, point: Point, act: () => Promise<void>) {
  const held = await holdAt(one, point, act);
  await freeze(one);
  await takeOver(one);
  return held;
}

/** Freezes the replica. Slack gives up on sockets that nobody answers. */
export async function freeze({ world, mode, bot }: TakeOver): Promise<void> {
  bot.signal("SIGSTOP");
  if (mode === "http") return;
  world.slack.sockets.cut();
  await connected(world.slack, 0, PATIENT);
}

/** Lets another replica go on after all leases, until nothing hangs any more. */
export async function takeOver(one: TakeOver): Promise<void> {
  const { world, mode, time } = one;
  await passLeasesBy(time);
  one.next = await startProcess(world, mode);
  await nothingHangs(world, time);
  if (mode === "socket") await connected(world.slack, 2, PATIENT);
}

/** Lets the replica go on, by clocks of its own that have seen the time pass; over a socket it connects again. */
export async function thaw({ world, mode, bot }: TakeOver, held: { release(): void } | null = null): Promise<void> {
  const moved = bot.line("clock.moved");
  bot.signal("SIGUSR2");
  bot.signal("SIGCONT");
  await moved;
  held?.release();
  if (mode === "socket") await connected(world.slack, 4, PATIENT);
}
