import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { Client } from "pg";
import { LISTEN_AGAIN_MS, WOKEN_EVERY_MS } from "../../domain/service-limits";
import type { PostgresLocation } from "../../domain/store-location";
import type { Tables } from "../tables";
import { clientConfig } from "./connection";

const CHANNEL = "tigris_key_bot";

/** Wakes other processes on the same database, and is woken by them. It only wakes: what is missed comes a round later. */
export type Others = { wake(kysely: Kysely<Tables>): void; close(): Promise<void> };

/**
 * Listens on a connection of its own, and again whenever it breaks (PostgreSQL, `LISTEN`).
 * @param onWake is called when another process says that something may be due
 */
export function listen(location: PostgresLocation, onWake: () => void): Others {
  const own = randomUUID();
  const woken = createWaker(onWake);
  let client: Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  function again(): void {
    client?.removeAllListeners("end");
    client = null;
    if (isClosed || timer) return;
    timer = setTimeout(() => {
      timer = null;
      void connect();
    }, LISTEN_AGAIN_MS).unref();
  }

  async function connect(): Promise<void> {
    if (isClosed) return;
    const listening = new Client(clientConfig(location));
    client = listening;
    listening.on("error", () => {});
    listening.on("end", again);
    listening.on("notification", ({ payload }) => {
      if (payload !== own) woken.wake();
    });
    try {
      await listening.connect();
      await listening.query(`listen ${CHANNEL}`);
      // Whatever was said while nobody listened.
      onWake();
    } catch {
      await listening.end().catch(() => {});
      again();
    }
  }

  const connecting = connect();
  return {
    wake: (kysely) => void sql`select pg_notify(${CHANNEL}, ${own})`.execute(kysely).catch(() => {}),
    close: async () => {
      isClosed = true;
      if (timer) clearTimeout(timer);
      woken.stop();
      await connecting;
      await client?.end().catch(() => {});
    },
  };
}

/** Wakes at once, and then every `WOKEN_EVERY_MS` at most: whoever may connect to the database may call as often as they like. */
function createWaker(onWake: () => void): { wake(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  let isOwed = false;

  function wake(): void {
    if (timer !== null) {
      isOwed = true;
      return;
    }
    isOwed = false;
    timer = setTimeout(() => {
      timer = null;
      if (isOwed) wake();
    }, WOKEN_EVERY_MS).unref();
    onWake();
  }

  return { wake, stop: () => void (timer && clearTimeout(timer)) };
}
