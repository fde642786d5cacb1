import { GONE_STILL_COUNTED_MS } from "../../domain/service-limits";
import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";

/** Connections that Slack counts, and the most of them that can be this bot's. */
export type Counted = { counted: number; own: number };

/** One connection of this bot's: being opened at first. */
export type Head = {
  /** Slack greets it, and says how many there are; null where it doesn't say. */
  hello(counted: number | null): void;
  /** Slack sends nothing new over it: it may count it or not. */
  left(): void;
  /** It is closed, or was never opened. */
  gone(): void;
};

/** Holds the connections that Slack counts in each hello (`num_connections`) against those of this bot. */
export type HeadCount = {
  enter(): Head;
  /** What the last hello that tells said, where others than this bot are connected with its token; else null. */
  others(): Counted | null;
  /** The most connections that Slack may count for this process. */
  most(): number;
};

type Stage = { kind: "opening" } | { kind: "open" } | { kind: "leaving" } | { kind: "gone"; atMs: number };

/**
 * Slack may count one that opens, or that was closed a moment ago, or not. So a hello shows others where it counts more than
 * can be ours, and none where it counts no more than are ours for certain; in between it tells nothing.
 * @param options.elsewhere how many connections other processes of this bot may have
 */
export function createHeadCount(options: {
  clock: Clock;
  log: Pick<Log, "info" | "warn">;
  elsewhere: () => number;
}): HeadCount {
  const { clock, log, elsewhere } = options;
  const own = new Set<{ stage: Stage }>();
  let others: Counted | null = null;

  function most(): number {
    for (const one of own)
      if (one.stage.kind === "gone" && clock.monotonicMs() - one.stage.atMs >= GONE_STILL_COUNTED_MS) own.delete(one);
    return own.size;
  }

  function take(counted: number): void {
    const ours = most() + elsewhere();
    const certain = [...own].filter(({ stage }) => stage.kind === "open").length + elsewhere();
    if (counted > ours) {
      others = { counted, own: ours };
      log.warn({ event: "transport.other_connections", ...others });
    } else if (others && counted <= certain) {
      others = null;
      log.info({ event: "transport.no_other_connections", counted });
    }
  }

  return {
    enter: () => {
      const one: { stage: Stage } = { stage: { kind: "opening" } };
      own.add(one);
      return {
        hello: (counted) => {
          one.stage = { kind: "open" };
          if (counted !== null) take(counted);
        },
        left: () => {
          if (one.stage.kind === "open") one.stage = { kind: "leaving" };
        },
        gone: () => {
          if (one.stage.kind !== "gone") one.stage = { kind: "gone", atMs: clock.monotonicMs() };
        },
      };
    },
    // A process that has said since then that it is there explains them.
    others: () => (others && others.counted <= most() + elsewhere() ? null : others),
    most,
  };
}
