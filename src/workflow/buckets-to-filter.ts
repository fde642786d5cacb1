import type { Actor } from "../domain/person";
import type { Refusal } from "../domain/refusal";
import { type RecentBuckets, searchBuckets } from "./buckets";
import { type CheckPorts, lookingFor, requireApprover } from "./check-person";

/** Names of buckets that hold `search`, for an approver who narrows everybody's keys to one. */
export async function bucketsToFilter(
  ports: CheckPorts & { recentBuckets: RecentBuckets },
  query: { actor: Actor; search: string; limit: number },
): Promise<string[] | Refusal> {
  const allowed = await requireApprover(lookingFor("options", ports), query.actor);
  return allowed.kind === "refused" ? allowed : searchBuckets(ports, query);
}
