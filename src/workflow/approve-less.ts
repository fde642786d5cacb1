import { canBeLess, type LessAccess } from "../domain/narrow";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { grantedAccess, type Request } from "../domain/request";
import { openTo } from "../domain/vote-steps";
import { nearestFirst, type RecentBuckets, searchBuckets } from "./buckets";
import { asOneLook, lookingFor } from "./check-person";
import { checkBuckets, type InvalidField } from "./create";
import { type DecidePorts, vote } from "./decide";
import { lookAtOthers, requestToDecide } from "./look-to-decide";
import type { Outcome } from "./outcome";
import type { TigrisPort } from "./tigris-port";

type Click = { actor: Actor; requestId: string };

/** Whether somebody may still approve a request with less, before they are shown the form for it. */
export async function mayApproveLess(
  ports: DecidePorts,
  click: Click,
): Promise<{ kind: "may"; request: Request } | Refusal> {
  const looking = asOneLook(lookingFor("form", ports));
  const found = await requestToDecide(looking, click, "approve");
  if (found.kind === "refused") return found;
  const { request, actor } = found;
  const others = await lookAtOthers(looking, found, null);
  if ("code" in others) return others;
  const open = openTo(request, actor, ports.clock.now());
  if (open.kind === "refused") return open;
  const isLessThere = request.asked.kind === "key" && canBeLess(grantedAccess(request));
  return isLessThere ? { kind: "may", request } : refused("not_less", { request });
}

/** Says yes to a waiting request with less than it asks for. Its requester reads what changed before anything is made. */
export async function approveWithLess(
  ports: DecidePorts & { tigris: Pick<TigrisPort, "listBuckets"> },
  click: Click & { access: LessAccess },
): Promise<Outcome | InvalidField> {
  const found = await requestToDecide(lookingFor("form", ports), click, "approve");
  if (found.kind === "refused") return found;
  // The looks come last before the decision: listing buckets may take a while. Only where all were asked for is it needed.
  const unknown = grantedAccess(found.request).buckets.kind === "all" ? await checkBuckets(ports, click) : null;
  if (!unknown) return vote(ports, click, click.access);
  const still = await requestToDecide(ports, click, "approve");
  return still.kind === "refused" ? still : unknown;
}

/**
 * Names of buckets to give a key in place of what a request asks for: of its own where it names some. These are options: who
 * asks may have been looked up a while ago.
 */
export async function bucketsToGive(
  ports: DecidePorts & { recentBuckets: RecentBuckets },
  query: Click & { search: string; limit: number },
): Promise<string[] | Refusal> {
  const found = await requestToDecide(lookingFor("options", ports), query, "approve");
  if (found.kind === "refused") return found;
  const { buckets } = grantedAccess(found.request);
  return buckets.kind === "all"
    ? searchBuckets(ports, query)
    : nearestFirst(buckets.names, query.search).slice(0, query.limit);
}
