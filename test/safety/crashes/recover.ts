import { until } from "../../kit/until";
import type { World } from "../../kit/world";
import { PATIENT } from "../kit/process";
import type { Crash } from "./crash";
import { type Open, records } from "./records";
import { clockTime, type Time } from "./time";

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

/** The same for bots that go by another time. */
export async function passLeasesBy(time: Time): Promise<void> {
  await time.passTo((await time.now()) + LEASE_MS + SECOND);
}

/** Starts a bot once all leases have run out, and waits until nobody waits for anything any more. */
export async function recover({ world }: Crash, aheadMs = 0): Promise<void> {
  passLeases(world, aheadMs);
  await world.startBot();
  await nothingHangs(world);
}

/** Within so many real milliseconds whoever sends a message has sent it, on a busy machine too. */
const SENT_WITHIN_MS = 1_500;

/** Between two looks into the database, in milliseconds: they cost more than what they wait for, were it looked at all the time. */
const LOOK_EVERY_MS = 25;

/** Waits until no request and no key is in the middle of anything, and all messages are sent. */
export async function nothingHangs(world: World, time = clockTime(world)): Promise<void> {
  let passedAtMs = performance.now();
  const isQuiet = async () => {
    const now = await records(world);
    // Whoever was at it when the clock jumped, or the store went away, has lost it: the lease has to run out, of a timer too.
    if (now.owed + now.making + now.changing > 0 && performance.now() - passedAtMs > SENT_WITHIN_MS) {
      await passLeasesBy(time);
      passedAtMs = performance.now();
    }
    if (now.making + now.changing > 0) await skipPause(time, now.open);
    // Slack took long for it, and it is put off.
    else if (now.nextMessageAt !== null) await skipTo(time, now.nextMessageAt);
    return now.making === 0 && now.changing === 0 && now.owed === 0;
  };
  await until("everything to come to rest", isQuiet, {
    ...PATIENT,
    pauseMs: LOOK_EVERY_MS,
    seen: () => records(world),
  });
}

/**
 * The searches within the first minutes after an attempt was given up; after that there is one a day. As many looks at what a
 * key has made are within the first minute; the last one is an hour later.
 */
const SEARCHES = 2;

/**
 * Lets the time pass until every attempt is closed. A search for a key that was never made goes on for as long as anything is
 * kept: the first ones have to do.
 */
export async function allClosed(world: World, time = clockTime(world)): Promise<void> {
  let passedAtMs = performance.now();
  const isClosed = async () => {
    const { open, owed } = await records(world);
    const isAtRest = ({ kind, phase, tries }: Open) =>
      (phase === "searching" || kind === "list_made") && tries >= SEARCHES;
    const left = open.filter((attempt) => !isAtRest(attempt));
    // As above.
    if (owed + left.length > 0 && performance.now() - passedAtMs > 2 * SENT_WITHIN_MS) {
      await passLeasesBy(time);
      passedAtMs = performance.now();
    }
    await skipPause(time, left);
    return left.length === 0 && owed === 0;
  };
  await until("every attempt to be closed", isClosed, {
    ...PATIENT,
    pauseMs: LOOK_EVERY_MS,
    seen: () => records(world),
  });
}

const isLeased = ({ leaseUntil }: Open) => leaseUntil > 0;

/** Moves the time on to the next try, where nobody works on anything before that. */
async function skipPause(time: Time, open: readonly Open[]): Promise<void> {
  if (open.length === 0 || open.some(isLeased)) return;
  await skipTo(time, Math.min(...open.map(({ nextAt }) => nextAt)));
}

async function skipTo(time: Time, next: number): Promise<void> {
  if (next > (await time.now())) await time.passTo(next);
}

/**
 * In the end each key in Tigris has a record that says so, only those have power there whose holder has said that they hold
 * the secret, and nothing is open.
 */
export async function expectNothingLeft(world: World, time = clockTime(world)): Promise<void> {
  await allClosed(world, time);
  const { making, changing, aliveKeys, poweredKeys } = await records(world);
  expect({ making, changing }).toEqual({ making: 0, changing: 0 });
  expect(keysInTigris(world)).toEqual(aliveKeys);
  expect(poweredInTigris(world)).toEqual(poweredKeys);
}

/** Ids of all keys but the bot's own, in order. */
export function keysInTigris(world: World): string[] {
  return idsOf(madeKeys(world));
}

/** Those of them that can open a bucket. */
export function poweredInTigris(world: World): string[] {
  return idsOf(madeKeys(world).filter(({ status, bucketsRole }) => status === "active" && bucketsRole.length > 0));
}

/** How often Tigris was asked to pause a key. */
export function pausesAsked({ tigris }: World): number {
  return tigris.calls.filter(({ action, params }) => action === "UpdateAccessKey" && params.Status === "Inactive")
    .length;
}

function madeKeys({ tigris }: World) {
  return tigris.keys().filter(({ name }) => name !== "root");
}

function idsOf(keys: readonly { accessKeyId: string }[]): string[] {
  return keys.map(({ accessKeyId }) => accessKeyId).sort();
}
