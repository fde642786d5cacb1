import { START_WAIT_MS, START_WAIT_PAUSE_MS } from "./domain/service-limits";
import { InUse, Stopped } from "./start-error";
import type { Clock } from "./workflow/clock";

/** What a start goes by. */
export type Starting = {
  /** Aborts when a stop is asked for. */
  signal: AbortSignal;
  /** Says how to close what was opened; what was opened last is closed first. */
  onStop(close: () => void | Promise<void>): void;
  /** Waits for something that leaves nothing open. @throws Stopped as soon as a stop is asked for */
  unlessStopped<Result>(work: Promise<Result>): Promise<Result>;
};

/** A start and a stop, which may come at any time: before the start, in the middle of it, and twice. */
export type Lifecycle = {
  /** @throws what the start throws, once everything that it had opened is closed */
  start(): Promise<number>;
  /** Closes everything that is open, also where something can't be closed. @throws the first error in it */
  stop(): Promise<void>;
};

/** @param start opens one thing after the other. @returns the two that cannot get in each other's way */
export function createLifecycle(start: (starting: Starting) => Promise<number>): Lifecycle {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Stopped()), { once: true });
  });
  stopped.catch(() => {});
  const closing: (() => void | Promise<void>)[] = [];
  let running: Promise<unknown> = Promise.resolve();
  let stop: Promise<void> | null = null;

  async function closeAll(): Promise<void> {
    const errors: unknown[] = [];
    for (const close of closing.splice(0).reverse())
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    if (errors.length > 0) throw errors[0];
  }

  async function startAndClose(): Promise<number> {
    try {
      return await start({
        signal,
        onStop: (close) => void closing.push(close),
        unlessStopped: (work) => Promise.race([work, stopped]),
      });
    } catch (error) {
      // Why it can't start matters more than what could not be closed then.
      await closeAll().catch(() => {});
      throw error;
    }
  }

  return {
    start: () => {
      const starting = startAndClose();
      running = starting.catch(() => {});
      return starting;
    },
    stop: () => {
      stop ??= (async () => {
        stopping.abort();
        await running;
        await closeAll();
      })();
      return stop;
    },
  };
}

/**
 * Tries again while another process has what is needed, for `START_WAIT_MS`.
 * @param attempt throws InUse where it has
 * @param options.onWait is told once, when the wait begins
 * @throws InUse where the other one does not let go in time; Stopped where a stop is asked for; what else the attempt throws
 */
export async function onceFree<Result>(
  attempt: () => Promise<Result>,
  { clock, signal, onWait }: { clock: Clock; signal: AbortSignal; onWait: (reason: InUse) => void },
): Promise<Result> {
  const startedAt = clock.monotonicMs();
  let isWaiting = false;
  while (!signal.aborted) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof InUse) || clock.monotonicMs() - startedAt >= START_WAIT_MS) throw error;
      if (!isWaiting) onWait(error);
      isWaiting = true;
    }
    await clock.wait(START_WAIT_PAUSE_MS, signal);
  }
  throw new Stopped();
}
