import { backoffMs } from "../../domain/backoff";
import { CONNECTION_PAUSE } from "../../domain/service-limits";
import { type StartError, Stopped } from "../../start-error";
import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";
import { failedStart, pauseAfterEndMs } from "./backoff";
import type { Connection, Ending, Opening } from "./connection";

/** A place for one connection, which is filled again whenever that one ends. */
export type ConnectionSlot = {
  /**
   * Resolves once the first connection is open. The slot goes on trying either way, until it is stopped.
   * @throws StartError where Slack does not take the token, or does not answer
   */
  start(): Promise<void>;
  /** Whether payloads can come in. */
  isReady(): boolean;
  /** Ends its connections, once what came over them is acknowledged. */
  stop(): Promise<void>;
};

export function createConnectionSlot(options: {
  clock: Clock;
  log: Log;
  /** Never rejects. */
  open: (signal: AbortSignal) => Promise<Opening>;
}): ConnectionSlot {
  const { clock, log, open } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = new Promise<"stopped">((resolve) => {
    signal.addEventListener("abort", () => resolve("stopped"), { once: true });
  });
  const ready = new Set<Connection>();
  const leaving = new Set<Promise<void>>();
  let running: Promise<void> = Promise.resolve();

  async function keepFilled(started: { yes: () => void; no: (error: StartError) => void }): Promise<void> {
    let failures = 0;
    let shortLived = 0;
    while (!signal.aborted) {
      const opening = await open(signal);
      if (opening.kind === "failed") {
        if (signal.aborted) break;
        failures += 1;
        log.warn({ event: "transport.not_connected", code: opening.code, failures });
        const error = failedStart(opening, failures);
        if (error) started.no(error);
        await clock.wait(Math.max(opening.retryAfterMs ?? 0, backoffMs(failures, CONNECTION_PAUSE)), signal);
        continue;
      }
      failures = 0;
      const openedAt = clock.monotonicMs();
      log.info({ event: "transport.connected" });
      const ending = use(opening.connection);
      started.yes();
      const reason = await Promise.race([ending, stopped]);
      if (reason === "stopped") break;
      log.info({ event: "transport.disconnected", reason });
      if (reason === "turned_off") log.error({ event: "transport.socket_mode_is_off" });
      const pause = pauseAfterEndMs({ reason, livedMs: clock.monotonicMs() - openedAt, shortLived });
      shortLived = pause.shortLived;
      await clock.wait(pause.ms, signal);
    }
    started.no(new Stopped());
  }

  /** The connection stays until nothing new comes over it; its successor opens meanwhile. */
  function use(connection: Connection): Promise<Ending> {
    ready.add(connection);
    const gone = Promise.race([connection.left, stopped]).then(async () => {
      ready.delete(connection);
      await connection.close();
    });
    leaving.add(gone);
    void gone.then(() => leaving.delete(gone));
    return connection.ending;
  }

  return {
    start: () =>
      new Promise((yes, no) => {
        running = keepFilled({ yes, no });
      }),
    isReady: () => ready.size > 0,
    stop: async () => {
      stopping.abort();
      await running;
      await Promise.all(leaving);
    },
  };
}
