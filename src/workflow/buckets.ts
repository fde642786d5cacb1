import { BUCKETS_AWAITED_MS, BUCKETS_REMEMBERED_MS } from "../domain/limits";
import type { Actor } from "../domain/person";
import type { Refusal } from "../domain/refusal";
import { requireGlassBreaker } from "./check-glass-breaker";
import { type CheckPorts, lookingFor } from "./check-person";
import { requireRequester } from "./check-requester";
import type { Clock } from "./clock";
import type { ReadFailure, TigrisPort } from "./tigris-port";

type Listed = { kind: "listed"; names: readonly string[] };

/** The buckets as they were a few seconds ago at most: for what is offered. What is asked for is held against a new list. */
export type RecentBuckets = () => Promise<Listed | ReadFailure>;

/** Somebody who types asks at each letter: a list is good for a few seconds, and one on its way for all who wait for it. */
export function createRecentBuckets(ports: { tigris: Pick<TigrisPort, "listBuckets">; clock: Clock }): RecentBuckets {
  let last: { list: Listed; atMs: number } | null = null;
  let onItsWay: Promise<Listed | ReadFailure> | null = null;

  async function ask(): Promise<Listed | ReadFailure> {
    const atMs = ports.clock.monotonicMs();
    const list = await ports.tigris.listBuckets();
    if (list.kind === "listed") last = { list, atMs };
    return list;
  }

  return async () => {
    if (last && ports.clock.monotonicMs() - last.atMs < BUCKETS_REMEMBERED_MS) return last.list;
    onItsWay ??= ask().finally(() => {
      onItsWay = null;
    });
    return onItsWay;
  };
}

/**
 * Names of buckets that hold `search`, for somebody who may ask for keys: the one of that name first, then those that begin
 * with it. These are options: who asks may have been looked up a while ago.
 */
export async function bucketsFor(
  ports: CheckPorts & { recentBuckets: RecentBuckets },
  query: { actor: Actor; search: string; limit: number },
): Promise<string[] | Refusal> {
  const looking = lookingFor("options", ports);
  const allowed = await requireRequester(looking, query.actor, null);
  if (allowed.kind === "allowed") return searchBuckets(ports, query);
  // Who may break the glass chooses among them too.
  const breaker = allowed.code === "not_requester" ? await requireGlassBreaker(looking, query.actor) : allowed;
  return breaker.kind === "allowed" ? searchBuckets(ports, query) : allowed;
}

/** The nearest of the buckets that there were a few seconds ago at most, for whoever was looked at; none where nobody can say. */
export async function searchBuckets(
  { recentBuckets }: { recentBuckets: RecentBuckets },
  { search, limit }: { search: string; limit: number },
): Promise<string[]> {
  const list = await recentBuckets();
  return list.kind === "unavailable" ? [] : nearestFirst(list.names, search).slice(0, limit);
}

/** The names that hold what was typed, in capitals or not; within each rank they keep their order. */
export function nearestFirst(names: readonly string[], search: string): string[] {
  const typed = search.toLowerCase();
  const ranks: [string[], string[], string[], string[]] = [[], [], [], []];
  for (const name of names) {
    const lower = name.toLowerCase();
    if (name === search) ranks[0].push(name);
    else if (lower === typed) ranks[1].push(name);
    else if (lower.startsWith(typed)) ranks[2].push(name);
    else if (lower.includes(typed)) ranks[3].push(name);
  }
  return ranks.flat();
}

/** Why no bucket can be chosen from a list just now. */
export type BucketTrouble = "none" | "forbidden" | "slow" | "unavailable";

/** Whether there are buckets to choose from, for a form that is about to be drawn; null where there are. */
export async function bucketTrouble({
  recentBuckets,
  clock,
}: {
  recentBuckets: RecentBuckets;
  clock: Clock;
}): Promise<BucketTrouble | null> {
  const over = new AbortController();
  const slow = clock.wait(BUCKETS_AWAITED_MS, over.signal).then((): "slow" => "slow");
  const list = await Promise.race([recentBuckets(), slow]);
  over.abort();
  if (list === "slow") return list;
  if (list.kind === "listed") return list.names.length === 0 ? "none" : null;
  if (list.reason === "timeout") return "slow";
  return FORBIDDEN.test(list.reason) ? "forbidden" : "unavailable";
}

/** Codes and statuses with which S3 says that the bot's own key may not list buckets. */
const FORBIDDEN = /^(?:AccessDenied|http_40[13])$/;
