import { believed, type DatedAnswer, differenceOf, isOff } from "../domain/clock-difference";
import { CLOCK_NOISE_MS } from "../domain/limits";
import type { Clock } from "./clock";
import type { Log } from "./ports";

export type Service = "Slack" | "Tigris";

/** What the clock of a service says, as far as its answers have told. */
export type ServiceClock = {
  /**
   * Takes note of what a response says. Only whoever has called the service itself, over TLS or on this machine, may say so:
   * what came in from outside never does.
   */
  heard(answer: Pick<DatedAnswer, "date" | "age"> & { sentAtMs: number }): void;
  /** How far it is ahead of ours, in milliseconds; 0 where they agree, or nobody knows. */
  differenceMs(): number;
  /** Its time now, in milliseconds since 1970. */
  now(): number;
  /** Whether our clock was set since the service was heard: what was measured then says nothing any more. */
  isOutdated(): boolean;
  /** A sentence for whoever runs the bot, where the clocks differ. */
  warning(): string | null;
};

type Heard = { differenceMs: number; at: number; atMs: number };

/**
 * @param options.clock the one by which things are decided, and `whose` it is: "this machine", "the database server"
 * @param options.log gets a line whenever it begins to differ, and when it no longer does
 */
export function createServiceClock(options: {
  service: Service;
  clock: Clock;
  whose: string;
  log: Pick<Log, "info" | "warn">;
}): ServiceClock {
  const { service, clock, whose, log } = options;
  let last: Heard | null = null;

  const isOutdated = (): boolean => {
    if (last === null) return false;
    const passed = clock.monotonicMs() - last.atMs;
    return Math.abs(clock.now() - last.at - passed) >= CLOCK_NOISE_MS;
  };
  const measured = (): number => (last === null || isOutdated() ? 0 : last.differenceMs);
  const differenceMs = (): number => believed(measured());

  function note(before: number, after: number): void {
    if (Math.abs(before - after) < CLOCK_NOISE_MS) return;
    const fields = { event: "clock.differs", service, differenceS: Math.round(after / 1_000) };
    if (isOff(after)) log.warn({ ...fields, believed: believed(after) !== 0 });
    else log.info({ ...fields, event: "clock.agrees" });
  }

  return {
    heard: ({ date, age, sentAtMs }) => {
      const [at, atMs] = [clock.now(), clock.monotonicMs()];
      const difference = differenceOf({ date, age, tripMs: atMs - sentAtMs, receivedAt: at });
      if (difference === null) return;
      const before = measured();
      last = { differenceMs: difference, at, atMs };
      note(before, difference);
    },
    differenceMs,
    now: () => clock.now() + differenceMs(),
    isOutdated,
    warning: () => warningOf({ service, whose }, measured()),
  };
}

function warningOf({ service, whose }: { service: Service; whose: string }, differenceMs: number): string | null {
  if (!isOff(differenceMs)) return null;
  const minutes = Math.max(1, Math.round(Math.abs(differenceMs) / 60_000));
  const off = `The clock of ${whose} is about ${minutes} min ${differenceMs > 0 ? "behind" : "ahead of"} ${service}'s`;
  return believed(differenceMs) === 0
    ? `${off}, which is too much to be taken into account: set it right.`
    : `${off}. The bot takes that into account; set it right.`;
}
