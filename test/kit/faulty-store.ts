import type { StorePort, Tx } from "../../src/workflow/store-port";

/** What can go wrong between the bot and its store, armed by a test at a named point. */
export type StoreFaults = {
  /** The next commit that holds such an event is written, but its answer is lost; and what happens then. */
  loseAnswerAfter(event: string, then?: Then): void;
  /** The next transaction that holds such an event fails before it is written; and what happens then. */
  failBefore(event: string, then?: () => Promise<void>): void;
  /** So many conditional writes of a request find that somebody else was faster. */
  overtake(times: number): void;
  /** While it is so, nothing can be read. */
  setUnreadable(isUnreadable: boolean): void;
};

/** The record can be read, or it can't, or something else happens before it is. */
type Then = "reads" | "breaks" | (() => Promise<void>);

class Broken extends Error {
  readonly code = "ECONNRESET";
}

/** Ends a transaction from within, before it is written. */
class Failing extends Error {
  constructor(readonly event: string) {
    super("fails before it is written");
  }
}

/** A store behind a connection that breaks, such as the one to a database on another machine. */
export function createFaultyStore(): { wrap: (store: StorePort) => StorePort; faults: StoreFaults } {
  const lost = new Map<string, Then>();
  const failing = new Map<string, () => Promise<void>>();
  let overtaken = 0;
  let isUnreadable = false;

  function watched(tx: Tx, seen: Set<string>): Tx {
    return {
      ...tx,
      events: {
        ...tx.events,
        append: async (event) => {
          seen.add(event.name);
          await tx.events.append(event);
          if (failing.has(event.name)) throw new Failing(event.name);
        },
      },
      requests: {
        ...tx.requests,
        move: async (...change) => {
          if (overtaken > 0) {
            overtaken -= 1;
            return false;
          }
          return tx.requests.move(...change);
        },
      },
    };
  }

  return {
    wrap: (store) => ({
      ...store,
      read: (work) => (isUnreadable ? Promise.reject(new Broken()) : store.read(work)),
      transact: async (work) => {
        const seen = new Set<string>();
        const result = await store
          .transact((tx) => work(watched(tx, seen)))
          .catch(async (error: unknown) => {
            if (!(error instanceof Failing)) throw error;
            const then = failing.get(error.event);
            failing.delete(error.event);
            await then?.();
            throw new Broken();
          });
        for (const event of seen) {
          const then = lost.get(event);
          if (then === undefined) continue;
          lost.delete(event);
          isUnreadable = then === "breaks";
          if (typeof then === "function") await then();
          throw new Broken();
        }
        return result;
      },
    }),
    faults: {
      loseAnswerAfter: (event, then = "reads") => lost.set(event, then),
      failBefore: (event, then = async () => {}) => failing.set(event, then),
      overtake: (times) => {
        overtaken = times;
      },
      setUnreadable: (value) => {
        isUnreadable = value;
      },
    },
  };
}
