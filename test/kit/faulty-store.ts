import { CommitUnknown, Conflict, StoreUnavailable } from "../../src/workflow/store-errors";
import type { StorePort, Tx } from "../../src/workflow/store-port";

/** What can go wrong between the bot and its store, armed by a test at a named point. */
export type StoreFaults = {
  /** The next transaction that holds such an event fails before it is written. */
  failBefore(event: string): void;
  /** Nobody can say of the next transaction that holds such an event whether it is written. @param isWritten whether it is */
  leaveUnknown(event: string, isWritten: boolean): void;
  /** So many transactions are in the way of another one when they are to be written. */
  conflict(times: number): void;
  /** So many conditional writes of a request find that somebody else was faster. */
  overtake(times: number): void;
  /** While it is so, nothing can be read or written. */
  setAway(isAway: boolean): void;
};

/** Ends a transaction from within, before it is written. */
class Unwritten extends Error {
  constructor(readonly told: Error) {
    super("ends before it is written");
  }
}

/** A store behind a connection that breaks, such as the one to a database on another machine. */
export function createFaultyStore(): { wrap: (store: StorePort) => StorePort; faults: StoreFaults } {
  const armed = new Map<string, { told: Error; isWritten: boolean }>();
  let [overtaken, conflicts, isAway] = [0, 0, false];

  const unlessAway = <Result>(work: () => Promise<Result>): Promise<Result> =>
    isAway ? Promise.reject(new StoreUnavailable(null)) : work();

  function watched(tx: Tx, seen: Set<string>): Tx {
    return {
      ...tx,
      events: {
        ...tx.events,
        append: async (event) => {
          seen.add(event.name);
          await tx.events.append(event);
        },
      },
      requests: {
        ...tx.requests,
        move: async (...change) => {
          if (overtaken === 0) return tx.requests.move(...change);
          overtaken -= 1;
          return false;
        },
      },
    };
  }

  /** What is armed for one of the events that were seen; once. */
  function faultOf(seen: Set<string>): { told: Error; isWritten: boolean } | null {
    const event = [...seen].find((name) => armed.has(name));
    const fault = event === undefined ? undefined : armed.get(event);
    if (event === undefined || fault === undefined) return null;
    armed.delete(event);
    return fault;
  }

  async function transact<Result>(
    store: StorePort,
    work: (tx: Tx) => Promise<Result>,
    names: Parameters<StorePort["transact"]>[1],
  ): Promise<Result> {
    let told: Error | null = null;
    const written = store.transact(async (tx) => {
      const seen = new Set<string>();
      const result = await work(watched(tx, seen));
      if (conflicts > 0) {
        conflicts -= 1;
        throw new Unwritten(new Conflict(null));
      }
      const fault = faultOf(seen);
      if (fault && !fault.isWritten) throw new Unwritten(fault.told);
      told = fault?.told ?? null;
      return result;
    }, names);
    const result = await written.catch((error: unknown) => {
      throw error instanceof Unwritten ? error.told : error;
    });
    if (told !== null) throw told;
    return result;
  }

  return {
    wrap: (store) => ({
      ...store,
      read: (work) => unlessAway(() => store.read(work)),
      transact: (work, names) => unlessAway(() => transact(store, work, names)),
      outbox: {
        ...store.outbox,
        take: (...taking) => unlessAway(() => store.outbox.take(...taking)),
        done: (message) => unlessAway(() => store.outbox.done(message)),
        postpone: (...putOff) => unlessAway(() => store.outbox.postpone(...putOff)),
      },
      timers: {
        drop: (...dropped) => unlessAway(() => store.timers.drop(...dropped)),
        kindsDue: (...looking) => unlessAway(() => store.timers.kindsDue(...looking)),
        take: (...taking) => unlessAway(() => store.timers.take(...taking)),
      },
    }),
    faults: {
      failBefore: (event) => void armed.set(event, { told: new StoreUnavailable(null), isWritten: false }),
      leaveUnknown: (event, isWritten) =>
        void armed.set(event, { told: new CommitUnknown(new StoreUnavailable(null)), isWritten }),
      conflict: (times) => {
        conflicts = times;
      },
      overtake: (times) => {
        overtaken = times;
      },
      setAway: (value) => {
        isAway = value;
      },
    },
  };
}
