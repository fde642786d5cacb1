import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";

/** How often the same reason is logged, in milliseconds: anybody can send requests, and must not fill the log with it. */
const EVERY_MS = 10_000;

/** Notes in the log why requests are refused: each reason at once, then in one line for all of the next ten seconds. */
export function createRefusalLog(
  clock: Pick<Clock, "now">,
  log: Pick<Log, "warn">,
): (status: number, reason: string) => void {
  const reasons = new Map<string, { loggedAt: number; unlogged: number }>();
  return (status, reason) => {
    const at = clock.now();
    const known = reasons.get(reason);
    if (known && at - known.loggedAt < EVERY_MS) {
      known.unlogged += 1;
      return;
    }
    reasons.set(reason, { loggedAt: at, unlogged: 0 });
    log.warn({ event: "transport.refused", status, reason, requests: (known?.unlogged ?? 0) + 1 });
  };
}
