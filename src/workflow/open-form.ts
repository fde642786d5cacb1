import type { Access } from "../domain/permission";
import type { Actor } from "../domain/person";
import { needsApproval } from "../domain/policy";
import type { Refusal } from "../domain/refusal";
import type { Request } from "../domain/request";
import { mayUseRequest } from "../domain/who-may";
import { quotaRefusal } from "./create";
import { approversBut, noOtherApprover, requireRequester } from "./look";
import { unknownRequest } from "./outcome";
import type { Ports } from "./ports";

/** Whether somebody may ask for a key at this moment, so that they learn it before they fill anything in. */
export async function mayOpenForm(ports: Ports, actor: Actor): Promise<{ kind: "may" } | Refusal> {
  const allowed = await requireRequester(ports, actor);
  if (allowed.kind === "refused") return allowed;
  const full = await ports.store.transact((tx) => quotaRefusal(ports, tx, actor.userId, false));
  return full ?? { kind: "may" };
}

/**
 * Who would decide about such a key.
 * @returns null where policy approves at once; else how many people can approve, or why nobody can
 */
export async function approvalFor(
  ports: Ports,
  actor: Actor,
  access: Access,
): Promise<{ kind: "people"; count: number } | Refusal | null> {
  if (!needsApproval(access, ports.settings.policy.approvalFor)) return null;
  const approvers = await approversBut(ports, actor.userId);
  if ("kind" in approvers) return approvers;
  return approvers.length === 0 ? noOtherApprover() : { kind: "people", count: approvers.length };
}

/** An earlier request of this person, to ask for the same again. */
export async function requestToRepeat(
  ports: Ports,
  click: { actor: Actor; requestId: string },
): Promise<{ kind: "found"; request: Request } | Refusal> {
  const request = await ports.store.transact((tx) => tx.requests.find(click.requestId));
  if (!request) return unknownRequest();
  const may = mayUseRequest(request, click.actor.userId);
  return may.kind === "refused" ? may : { kind: "found", request };
}
