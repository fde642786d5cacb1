import { canBeLess, type LessAccess } from "../domain/narrow";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import type { Request } from "../domain/request";
import { approve } from "../domain/request-steps";
import { nearestFirst, type RecentBuckets, searchBuckets } from "./buckets";
import { lookingFor } from "./check-person";
import { checkBuckets, type InvalidField } from "./create";
import { type DecidePorts, decideAs, requestToApprove, requestToDecide } from "./decide";
import type { Outcome } from "./outcome";
import type { TigrisPort } from "./tigris-port";

type Click = { actor: Actor; requestId: string };

/** Whether somebody may still approve a request with less, before they are shown the form for it. */
export async function mayApproveLess(
  ports: DecidePorts,
  click: Click,
): Promise<{ kind: "may"; request: Request } | Refusal> {
  const request = await requestToApprove(lookingFor("form", ports), click);
  if ("code" in request) return request;
  const approved = approve(request, { approverId: click.actor.userId, at: ports.clock.now(), revealTtlMs: 0 });
  if (approved.kind === "refused") return approved;
  const { asked } = request;
  return asked.kind === "key" && canBeLess(asked.access) ? { kind: "may", request } : refused("not_less", { request });
}

/** Approves a waiting request with less than it asks for. Its requester reads what changed before anything is made. */
export async function approveWithLess(
  ports: DecidePorts & { tigris: Pick<TigrisPort, "listBuckets"> },
  click: Click & { access: LessAccess },
): Promise<Outcome | InvalidField> {
  const asker = await requestToDecide(lookingFor("form", ports), click);
  if ("code" in asker) return asker;
  // The looks come last before the decision: listing buckets may take a while. Only where all were asked for is it needed.
  const unknown = asker.asked.access.buckets.kind === "all" ? await checkBuckets(ports, click) : null;
  const request = await requestToApprove(ports, click);
  if ("code" in request) return request;
  if (unknown) return unknown;
  const { revealTtlMs } = ports.settings.policy;
  return decideAs(ports, click, { kind: "approved_with_less", revealTtlMs, access: click.access });
}

/**
 * Names of buckets to give a key in place of what a request asks for: of its own where it names some. These are options: who
 * asks may have been looked up a while ago.
 */
export async function bucketsToGive(
  ports: DecidePorts & { recentBuckets: RecentBuckets },
  query: Click & { search: string; limit: number },
): Promise<string[] | Refusal> {
  const request = await requestToDecide(lookingFor("options", ports), query);
  if ("code" in request) return request;
  const { buckets } = request.asked.access;
  return buckets.kind === "all"
    ? searchBuckets(ports, query)
    : nearestFirst(buckets.names, query.search).slice(0, query.limit);
}
