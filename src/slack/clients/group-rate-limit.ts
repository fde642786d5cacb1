import type { Clock } from "../../workflow/clock";

/** How many calls may happen at once, and how fast more become possible. */
export type GroupRateLimit = { atOnce: number; everyMs: number };

/** `usergroups.users.list` may be called 20 times a minute and a little more in a burst (Slack, rate limits, Tier 2). */
export const GROUP_RATE_LIMIT: GroupRateLimit = { atOnce: 10, everyMs: 5_000 };

/**
 * Keeps a call that Slack allows seldom below its limit, however many people ask: where it is used up, those who ask for
 * the same group wait together for one call. That call begins after each of them has asked, so what it says is fresh.
 * @param replicas how many processes share the limit now
 * @returns asks for the group with that id
 */
export function rateLimited<Result>(
  { clock, limit, replicas }: { clock: Clock; limit: GroupRateLimit; replicas: () => number },
  call: (groupId: string) => Promise<Result>,
): (groupId: string) => Promise<Result> {
  const waiting = new Map<string, Promise<Result>>();
  // The moment at which all that was taken so far is made up for.
  let evenAt = Number.NEGATIVE_INFINITY;

  function pauseForNext(): number {
    const at = clock.monotonicMs();
    const everyMs = limit.everyMs * replicas();
    const atOnce = Math.max(1, Math.floor(limit.atOnce / replicas()));
    const pause = Math.max(evenAt, at) - (atOnce - 1) * everyMs - at;
    evenAt = Math.max(evenAt, at) + everyMs;
    return Math.max(0, pause);
  }

  return (groupId) => {
    const shared = waiting.get(groupId);
    if (shared !== undefined) return shared;
    const pause = pauseForNext();
    if (pause === 0) return call(groupId);
    const next = clock.wait(pause).then(() => {
      waiting.delete(groupId);
      return call(groupId);
    });
    waiting.set(groupId, next);
    return next;
  };
}
