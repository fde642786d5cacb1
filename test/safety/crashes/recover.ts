import { until } from "../../kit/until";
import type { World } from "../../kit/world";
import { PATIENT } from "../kit/process";
import type { Crash } from "./crash";
import { records } from "./records";

const LEASE_MS = 60_000;
const SECOND = 1_000;

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
  const isQuiet = () => {
    const { making, changing, owed } = records(world.databaseFile);
    if (making + changing > 0) skipPause(world);
    return making === 0 && changing === 0 && owed === 0;
  };
  await until("everything to come to rest", isQuiet, { ...PATIENT, seen: () => records(world.databaseFile) });
}

/** Lets the time pass until every attempt is closed: the last search for a lost key is half an hour later. */
export async function allClosed(world: World): Promise<void> {
  const isClosed = () => {
    const { open, owed } = records(world.databaseFile);
    skipPause(world);
    return open.length === 0 && owed === 0;
  };
  await until("every attempt to be closed", isClosed, { ...PATIENT, seen: () => records(world.databaseFile) });
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
