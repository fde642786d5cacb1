/** The only one who is asked for the time. Tests pass in one that they move by hand. */
export type Clock = {
  /** @returns milliseconds since 1970, UTC */
  now(): number;
  /**
   * Waits. Never rejects: whoever wants to know whether it was cut short looks at the signal.
   * @param ms how long, in milliseconds; keeps the process alive meanwhile
   * @param signal ends the wait at once when it aborts
   */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
};
