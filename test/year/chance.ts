/** Chance that is the same in each run with the same seed (mulberry32). */
export type Chance = {
  /** From 0 on, below 1. */
  next(): number;
  /** Whether something happens that does so with this probability. */
  is(probability: number): boolean;
  /** One of several. @throws where there is none */
  of<One>(all: readonly One[]): One;
  /** How long something takes that takes so long in the mean, in milliseconds. */
  around(meanMs: number): number;
};

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    is: (probability) => next() < probability,
    of: (all) => {
      const one = all[Math.floor(next() * all.length)];
      if (one === undefined) throw new Error("nothing to choose from");
      return one;
    },
    around: (meanMs) => Math.round(-Math.log(1 - next()) * meanMs),
  };
}
