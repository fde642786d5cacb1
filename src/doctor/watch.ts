import { DOCTOR_WATCH } from "../domain/service-limits";
import type { Clock } from "../workflow/clock";

/** What came of watching: whether it showed, how long it took, and what was seen last. */
export type Watched<Seen> = { isShown: boolean; tookMs: number; last: Seen };

export type Watch = <Seen>(look: () => Promise<Seen>, isIt: (seen: Seen) => boolean) => Promise<Watched<Seen>>;

/** Makes what looks again and again, until it sees what it looks for or its time is over. A stop ends it after a look. */
export function createWatch(clock: Clock, stopping: AbortSignal): Watch {
  return async (look, isIt) => {
    const since = clock.monotonicMs();
    for (;;) {
      const last = await look();
      const tookMs = clock.monotonicMs() - since;
      const isShown = isIt(last);
      if (isShown || stopping.aborted || tookMs >= DOCTOR_WATCH.forMs) return { isShown, tookMs, last };
      await clock.wait(DOCTOR_WATCH.everyMs, stopping);
    }
  };
}
