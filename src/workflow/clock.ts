/** The only one who is asked for the time. Tests pass in one that they move by hand. */
export type Clock = {
  /** @returns milliseconds since 1970, UTC */
  now(): number;
  /**
   * For waiting and for whatever is remembered for a while: it only goes on, also where somebody sets the clock.
   * @returns milliseconds since any moment
   */
  monotonicMs(): number;
  /**
   * Waits. Never rejects: whoever wants to know whether it was cut short looks at the signal.
   * @param ms how long, in milliseconds; keeps the process alive meanwhile
   * @param signal ends the wait at once when it aborts
   */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
};

/** Does something at once, and then no more often than every so many milliseconds: what comes in between is left out. */
export function seldom(clock: Pick<Clock, "monotonicMs">, everyMs: number, act: () => void): () => void {
  let doneAt = Number.NEGATIVE_INFINITY;
  return () => {
    const at = clock.monotonicMs();
    if (at - doneAt < everyMs) return;
    doneAt = at;
    act();
  };
}
