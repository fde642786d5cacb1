import type { Key } from "./key";
import type { People, Standing } from "./person";
import { type Refusal, refused } from "./refusal";
import type { Request } from "./request";

/** A yes that carries nothing. */
export type Allowed = { kind: "allowed" };
const ALLOWED: Allowed = { kind: "allowed" };

/** Only full members of the workspace deal with keys at all. */
export function mayUse(standing: Standing): Allowed | Refusal {
  return standing === "member" ? ALLOWED : refused(standing);
}

/** Who may report a leaked key: guests too, since it gives them nothing. */
export function mayReport(standing: Standing): Allowed | Refusal {
  return standing === "guest" ? ALLOWED : mayUse(standing);
}

/** Who may ask by a rule, and have new secrets made: those named, where somebody is. */
export function mayRequest(isNamed: boolean, requesters: People | null, rule: string | null): Allowed | Refusal {
  return requesters === null || isNamed ? ALLOWED : refused("not_requester", { requesters, rule });
}

/** Nobody decides about a request of their own, under whichever of their ids. */
export function mayDecideFor(request: Request, actorIds: readonly string[]): Allowed | Refusal {
  return actorIds.includes(request.requesterId) ? refused("own_request") : ALLOWED;
}

/** Steps on a request that are its requester's own: reveal, cancel. */
export function mayUseRequest(request: Request, actorId: string): Allowed | Refusal {
  return actorId === request.requesterId ? ALLOWED : refused("not_yours", { of: "request" });
}

/** Steps on a key that are its owner's own: a new secret, saying that it arrived. */
export function mayUseKey(key: Key, actorId: string): Allowed | Refusal {
  return actorId === key.ownerId ? ALLOWED : refused("not_yours", { of: "key" });
}

/** Who may delete a key: its owner, and approvers. */
export function mayDelete(key: Key, actorId: string, isApprover: boolean): Allowed | Refusal {
  if (actorId === key.ownerId || isApprover) return ALLOWED;
  return refused("not_yours", { of: "key" });
}
