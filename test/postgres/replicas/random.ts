/** Chance that replays: the same seed gives the same numbers. */
export type Random = {
  below(limit: number): number;
  oneIn(count: number): boolean;
  pick<One>(all: readonly One[]): One;
};

/** Mulberry32, a small generator of good enough numbers for tests. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    oneIn: (count) => below(count) === 0,
    pick: (all) => {
      const one = all[below(all.length)];
      if (one === undefined) throw new Error("there is nothing to pick from");
      return one;
    },
  };
}
