import { REPLICA_SEEN_EVERY_MS } from "./domain/service-limits";
import type { Clock } from "./workflow/clock";
import { errorCode } from "./workflow/error-code";
import type { Log } from "./workflow/ports";
import type { Replica, StorePort } from "./workflow/store-port";

/** The other processes that share this one's store, as it has last heard of them: none where it shares it with nobody. */
export type Replicas = {
  /** Says that this process is there, and hears of the others; then again and again. Never throws. */
  start(): Promise<void>;
  /** How many processes share what Slack lets the whole app do, this one included. */
  count(): number;
  /** The connections to Slack that the others may have. */
  connectionsElsewhere(): number;
  /** Says that this process goes. Never throws. */
  stop(): Promise<void>;
};

/**
 * Keeps this process registered in the store.
 * @param options.connections how many connections to Slack this one may have
 */
export function createReplicas(options: {
  store: Pick<StorePort, "replicas">;
  clock: Clock;
  log: Pick<Log, "info" | "warn">;
  name: string;
  connections: () => number;
}): Replicas {
  const { store, clock, log, name, connections } = options;
  const over = new AbortController();
  let others: readonly Replica[] = [];
  let running: Promise<void> = Promise.resolve();

  async function beat(): Promise<void> {
    try {
      await store.replicas.seen({ name, connections: connections() });
      const before = others.length;
      others = await store.replicas.others(name);
      if (others.length !== before) log.info({ event: "replicas.changed", count: others.length + 1 });
    } catch (error) {
      // While the store is away, those that were there count as still there.
      log.warn({ event: "replicas.not_seen", code: errorCode(error) });
    }
  }

  async function run(): Promise<void> {
    while (!over.signal.aborted) {
      await clock.wait(REPLICA_SEEN_EVERY_MS, over.signal);
      if (!over.signal.aborted) await beat();
    }
  }

  return {
    start: async () => {
      await beat();
      running = run();
    },
    count: () => others.length + 1,
    connectionsElsewhere: () => others.reduce((sum, replica) => sum + replica.connections, 0),
    stop: async () => {
      over.abort();
      await running;
      await store.replicas.gone(name).catch(() => {});
    },
  };
}
