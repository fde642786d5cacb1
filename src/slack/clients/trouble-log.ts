import { MAX_LOOK_TROUBLES_COUNTED, REFUSAL_LOGGED_EVERY_MS } from "../../domain/service-limits";
import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";

/** Notes trouble with looks in the log: each kind at once, then in one line now and then. */
export type TroubleLog = (trouble: { event: string } & Record<string, string>) => void;

export function createTroubleLog(clock: Pick<Clock, "monotonicMs">, log: Pick<Log, "warn">): TroubleLog {
  const kinds = new Map<string, { loggedAt: number; unlogged: number }>();
  return (trouble) => {
    const kind = Object.values(trouble).join(" ");
    const at = clock.monotonicMs();
    const known = kinds.get(kind);
    if (known && at - known.loggedAt < REFUSAL_LOGGED_EVERY_MS) {
      known.unlogged += 1;
      return;
    }
    kinds.delete(kind);
    kinds.set(kind, { loggedAt: at, unlogged: 0 });
    const [oldest] = kinds.keys();
    if (kinds.size > MAX_LOOK_TROUBLES_COUNTED && oldest !== undefined) kinds.delete(oldest);
    log.warn({ ...trouble, times: (known?.unlogged ?? 0) + 1 });
  };
}
