/** What is under way, so that the bot can finish it before it stops. */
export type InFlight = {
  /** Counts a piece of work until it has ended, well or badly. */
  track<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
};

export function createInFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  return {
    track: (work) => {
      running.add(work);
      const forget = () => running.delete(work);
      work.then(forget, forget);
      return work;
    },
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
