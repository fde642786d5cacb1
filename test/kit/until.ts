import { type EventEmitter, once } from "node:events";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { testedDatabase } from "./database";
import type { ManualClock } from "./manual-clock";

/** How long a test waits for one thing, in milliseconds: well under the 90 seconds that Jest gives to most tests. */
const LIMIT_MS = 15_000;
/** How long where a clock goes on meanwhile: each of its steps takes as long as the machine needs for what it brings. */
const PASSING_LIMIT_MS = 60_000;

/** Between two looks, in milliseconds. */
const PAUSE_MS = 5;
const LATE = Symbol("late");

type Nothing = false | null | undefined | 0 | "";
type Look<Found> = () => Found | Nothing | Promise<Found | Nothing>;

export type Waiting = {
  /** How long it may take, in milliseconds; fifteen seconds where left out. */
  limitMs?: number;
  /** What is there instead, or a promise of it: the error says so. */
  seen?: () => unknown;
};

/**
 * Looks again and again until it finds something.
 * @param what completes "waited in vain for …"
 * @returns what was found
 * @throws where nothing is found in time
 */
export async function until<Found>(
  what: string,
  look: Look<Found>,
  { pauseMs = PAUSE_MS, ...waiting }: Waiting & { pauseMs?: number } = {},
): Promise<Found> {
  let isWaitedFor = true;
  const looking = async (): Promise<Found> => {
    while (isWaitedFor) {
      const found = await look();
      if (found) return found;
      await pause(pauseMs);
    }
    throw new Error("nobody waits any more");
  };
  try {
    return await inTime(what, looking(), waiting);
  } finally {
    isWaitedFor = false;
  }
}

/**
 * As `until`, and moves a clock on before each look. Each time this process gets to do what that has brought: whoever works under a
 * lease gets done on a busy machine too.
 */
export function passUntil<Found>(
  what: string,
  look: Look<Found>,
  { clock, stepMs, ...waiting }: Waiting & { clock: Pick<ManualClock, "advance">; stepMs: number },
): Promise<Found> {
  const step = async () => {
    clock.advance(stepMs);
    await (stepMs < SMALL_STEP_MS ? pause(STEP_PAUSE_MS) : atRest());
    return look();
  };
  return until(what, step, { limitMs: PASSING_LIMIT_MS, ...waiting, pauseMs: 0 });
}

/** No lease runs out by such steps before whoever works under it gets done. */
const SMALL_STEP_MS = 1_000;
const STEP_PAUSE_MS = 1;

const MINUTE_MS = 60_000;

/**
 * Lets minutes go by until it finds something, for what is tried again under leases.
 * @throws where nothing is found by the last of them
 */
export async function minuteByMinute<Found>(
  what: string,
  look: Look<Found>,
  { clock, minutes }: { clock: Pick<ManualClock, "advance">; minutes: number },
): Promise<Found> {
  for (let left = minutes; left > 0; left--) {
    clock.advance(MINUTE_MS + 1);
    await atRest();
    const found = await look();
    if (found) return found;
  }
  return until(what, look);
}

/** A process that computes for less than this part of a while waits for something else than its turn. */
const RESTS_BELOW = 0.5;
const WHILE_MS = 8;
/** It is at rest after so many of them; where it waits for a database's server, that may be busy. */
const WHILES = testedDatabase === "postgres" ? 6 : 3;
/** It is not waited for any longer. */
const NO_REST_AFTER_MS = 2_000;

async function atRest(): Promise<void> {
  const from = performance.now();
  for (let whiles = 0; whiles < WHILES && performance.now() - from < NO_REST_AFTER_MS; ) {
    const before = performance.eventLoopUtilization();
    await pause(WHILE_MS);
    whiles = performance.eventLoopUtilization(before).utilization < RESTS_BELOW ? whiles + 1 : 0;
  }
}

/**
 * Waits for what comes by itself: an event, the end of a process.
 * @param what completes "waited in vain for …"
 * @throws where it does not come in time
 */
export async function inTime<Result>(
  what: string,
  coming: Promise<Result>,
  { limitMs = LIMIT_MS, seen }: Waiting = {},
): Promise<Result> {
  const over = new AbortController();
  const late = pause(limitMs, LATE, { signal: over.signal });
  try {
    const first = await Promise.race([coming, late]);
    if (first !== LATE) return first;
  } finally {
    over.abort();
  }
  throw new Error(`waited in vain for ${what}${seen ? `; there was ${inspect(await seen(), { depth: 5 })}` : ""}`);
}

/** Waits for an event, from now on. @returns what came with it */
export function emitted(emitter: EventEmitter, name: string): Promise<unknown[]> {
  return inTime(`the event "${name}"`, once(emitter, name));
}
