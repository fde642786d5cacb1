import type { Key } from "./key";
import type { People, Standing } from "./person";
import { type Refusal, refused } from "./refusal";
import type { Request } from "./request";
import { group, joined, type Part, type Sentence, user } from "./sentence";

/** A yes that carries nothing. */
export type Allowed = { kind: "allowed" };
const ALLOWED: Allowed = { kind: "allowed" };

const NOTHING_CHANGED = " Nothing was changed.";

/** Only full members of the workspace deal with keys at all. */
export function mayUse(standing: Standing): Allowed | Refusal {
  switch (standing) {
    case "member":
      return ALLOWED;
    case "guest":
      return refused("guest", "Guests can't use Tigris keys. Ask a full member of this workspace to do it for you.");
    case "outsider":
      return outsider();
    case "deactivated":
      return refused("deactivated", "Your account isn't active in this workspace. Ask one of its administrators.");
    case "bot":
      return refused("bot", "Bots can't use Tigris keys. A person has to do this.");
  }
}

export const outsider = (): Refusal =>
  refused("outsider", "Only members of the workspace that runs this bot can do this. Ask one of them.");

/** Who may ask for keys, and have new secrets made: those named, where somebody is. */
export function mayRequest(isNamed: boolean, requesters: People | null): Allowed | Refusal {
  if (requesters === null || isNamed) return ALLOWED;
  return refused("not_requester", "Only ", ...list(requesters), " can ask for keys here. Ask one of them.");
}

/** Who may decide about a request: approvers, never on their own. */
export function mayDecide(
  request: Request,
  actorId: string,
  isApprover: boolean,
  approvers: People,
): Allowed | Refusal {
  if (actorId === request.requesterId)
    return refused("own_request", "You asked for this key, so somebody else has to decide.", NOTHING_CHANGED);
  return isApprover ? ALLOWED : notApprover(approvers);
}

/** The answer to somebody who is no approver. */
export function notApprover(approvers: People): Refusal {
  return refused("not_approver", "Only ", ...list(approvers), " can do this.", NOTHING_CHANGED);
}

/** Steps on a request that are its requester's own: reveal, cancel. */
export function mayUseRequest(request: Request, actorId: string): Allowed | Refusal {
  if (actorId === request.requesterId) return ALLOWED;
  return refused("not_yours", "Only ", user(request.requesterId), " can do this.", NOTHING_CHANGED);
}

/** Steps on a key that are its owner's own: a new secret, saying that it arrived. */
export function mayUseKey(key: Key, actorId: string): Allowed | Refusal {
  if (actorId === key.ownerId) return ALLOWED;
  return refused("not_yours", "Only ", user(key.ownerId), " can do this.", NOTHING_CHANGED);
}

/** Who may delete a key: its owner, and approvers. */
export function mayDelete(key: Key, actorId: string, isApprover: boolean): Allowed | Refusal {
  if (actorId === key.ownerId || isApprover) return ALLOWED;
  return refused("not_yours", "Only ", user(key.ownerId), " or an approver can delete this key.", NOTHING_CHANGED);
}

function list(people: People): Sentence {
  const parts: Part[] = [...people.groups.map(group), ...people.users.map(user)];
  return joined(
    parts.map((part) => [part]),
    ", ",
  );
}
