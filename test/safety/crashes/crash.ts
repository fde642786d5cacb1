import type { FaultHandle } from "../../../sandbox/faults";
import type { Person } from "../../../sandbox/slack";
import { type ShownSecret, shownSecret } from "../../e2e/play";
import { until } from "../../kit/until";
import { createWorld, type Mode, type World } from "../../kit/world";
import { type BotProcess, startProcess } from "../kit/process";
import { isLocked, records } from "./records";

/** A world in which the bot runs as a process of its own, which a test may kill. */
export type Crash = { world: World; mode: Mode; bot: BotProcess };

const LEASE_MS = 60_000;
const SECOND = 1_000;

/** A test starts processes: a busy machine takes its time, in milliseconds. */
export const PATIENCE_MS = 60_000;

export async function startCrash(mode: Mode): Promise<Crash> {
  const world = await createWorld(mode, { withoutBot: true });
  return { world, mode, bot: await startProcess(world, mode) };
}

/** Ends whatever still runs, and says whether a secret went where none may be. */
export async function endCrash({ world, bot }: Crash): Promise<void> {
  world.slack.faults.clear();
  world.tigris.faults.clear();
  await bot.kill();
  const found = world.secretsFound();
  await world.stop();
  expect(found).toEqual([]);
}

/**
 * Moves the world's clock past all leases that a process can hold.
 * @param aheadMs how far the process's clock goes ahead of the real one
 */
export function passLeases({ clock }: World, aheadMs = 0): void {
  const past = Date.now() + aheadMs + LEASE_MS + SECOND;
  clock.advance(Math.max(past - clock.now(), 0));
}

/** Starts a bot once all leases have run out, and waits until nobody waits for anything any more. */
export async function recover({ world }: Crash, aheadMs = 0): Promise<void> {
  passLeases(world, aheadMs);
  await world.startBot();
  await nothingHangs(world);
}

/** Waits until no request and no key is in the middle of anything, and all messages are sent. */
export async function nothingHangs(world: World): Promise<void> {
  await until(() => {
    const { making, changing, owed } = records(world.databaseFile);
    if (making + changing > 0) skipPause(world);
    return making === 0 && changing === 0 && owed === 0;
  });
}

/** Lets the time pass until every attempt is closed: the last search for a lost key is half an hour later. */
export async function allClosed(world: World): Promise<void> {
  await until(() => {
    const { open, owed } = records(world.databaseFile);
    skipPause(world);
    return open.length === 0 && owed === 0;
  });
}

/** Moves the clock on to the next try, where nobody works on anything before that. */
function skipPause({ clock, databaseFile }: World): void {
  const { open } = records(databaseFile);
  const now = clock.now();
  const isPaused = open.length > 0 && open.every(({ leaseUntil, nextAt }) => leaseUntil === 0 && nextAt > now);
  if (isPaused) clock.advance(Math.min(...open.map(({ nextAt }) => nextAt)) - now);
}

/** In the end each key that works in Tigris has a record that says so, and nothing is open. */
export async function expectNothingLeft(world: World): Promise<void> {
  await allClosed(world);
  const { making, changing, aliveKeys } = records(world.databaseFile);
  expect({ making, changing }).toEqual({ making: 0, changing: 0 });
  expect(keysInTigris(world)).toEqual(aliveKeys);
}

/** Ids of all keys but the bot's own, in order. */
export function keysInTigris({ tigris }: World): string[] {
  return tigris
    .keys()
    .filter(({ name }) => name !== "root")
    .map(({ accessKeyId }) => accessKeyId)
    .sort();
}

/** A call of the bot's, and the side of its effect on which it is held. */
export type Point = {
  api: "slack" | "tigris";
  call: string;
  when: "before" | "after";
  match?: (params: Record<string, unknown>) => boolean;
};

export const CREATE = { api: "tigris", call: "CreateAccessKeyWithBucketsRole" } as const;
export const ROTATE = { api: "tigris", call: "RotateAccessKey" } as const;
export const DELETE = { api: "tigris", call: "DeleteAccessKey" } as const;
/** A search for a lost key; the bot's own key is asked for by its id. */
export const SEARCH = {
  api: "tigris",
  call: "ListAccessKeys",
  match: (params: Record<string, unknown>) => params.KeyId === undefined,
} as const;
export const POST = { api: "slack", call: "chat.postEphemeral" } as const;

/** Lets somebody act, and resolves when the call has got to where it is held. */
export async function holdAt({ world }: Crash, point: Point, act: () => Promise<void>): Promise<FaultHandle> {
  const { api, when, ...target } = point;
  const held = world[api].faults.arm(target, { kind: "hold", when });
  await act();
  await held.reached;
  return held;
}

/** Kills the bot at a point. What is held there takes effect when the handle is released. */
export async function killAt(crash: Crash, point: Point, act: () => Promise<void>): Promise<FaultHandle> {
  const held = await holdAt(crash, point, act);
  await crash.bot.kill();
  return held;
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
  for (;;) {
    bot.signal("SIGSTOP");
    if (!isLocked(world.databaseFile)) return;
    bot.signal("SIGCONT");
    await new Promise((resolve) => setImmediate(resolve));
  }
}
