import { REFUSAL_LOGGED_EVERY_MS } from "../../domain/service-limits";
import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";

/** Notes in the log why requests are refused: each reason at once, then in one line now and then. */
export function createRefusalLog(
  clock: Pick<Clock, "monotonicMs">,
  log: Pick<Log, "warn">,
): (status: number, reason: string) => void {
  const reasons = new Map<string, { loggedAt: number; unlogged: number }>();
  return (status, reason) => {
    const at = clock.monotonicMs();
    const known = reasons.get(reason);
    if (known && at - known.loggedAt < REFUSAL_LOGGED_EVERY_MS) {
      known.unlogged += 1;
      return;
    }
    reasons.set(reason, { loggedAt: at, unlogged: 0 });
    log.warn({ event: "transport.refused", status, reason, requests: (known?.unlogged ?? 0) + 1 });
  };
}
