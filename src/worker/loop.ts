import { ROUND_MS } from "../domain/limits";
import { errorCode } from "../workflow/error-code";
import type { Ports } from "../workflow/ports";

/** Work that comes again and again, until it is stopped. */
export type Loop = {
  start(): void;
  /** Begins the next round now. */
  wake(): void;
  /** Ends after what is under way. */
  stop(): Promise<void>;
};

/**
 * How often a round comes by itself, where nobody wakes it: the first one at once, or once somebody wakes it. `everyMs` is in
 * milliseconds.
 */
export type Rhythm = { everyMs: number; begins: "at once" | "when woken" };

/**
 * Does some work in rounds. A round that fails is logged, and the next one comes.
 * @param failure the event that is logged then
 */
export function createLoop(
  ports: Pick<Ports, "clock" | "log">,
  failure: string,
  work: () => Promise<void>,
  { everyMs, begins }: Rhythm = { everyMs: ROUND_MS, begins: "at once" },
): Loop {
  let waiting = new AbortController();
  let isStopping = false;
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    if (begins === "when woken") await ports.clock.wait(everyMs, waiting.signal);
    while (!isStopping) {
      waiting = new AbortController();
      try {
        await work();
      } catch (error) {
        ports.log.error({ event: failure, code: errorCode(error) });
      }
      if (!isStopping) await ports.clock.wait(everyMs, waiting.signal);
    }
  }

  return {
    start: () => {
      running = run();
    },
    wake: () => waiting.abort(),
    stop: async () => {
      isStopping = true;
      waiting.abort();
      await running;
    },
  };
}
