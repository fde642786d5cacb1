import type { Actor } from "../domain/person";
import { refused } from "../domain/refusal";
import { cancel } from "../domain/request-steps";
import { mayUseRequest } from "../domain/who-may";
import { type ChangePorts, changeAndSay } from "./change";
import { type CheckPorts, requireMember } from "./check-person";
import { withItsKey } from "./end-request";
import { done, type Outcome } from "./outcome";
import { type Recorded, step } from "./step";

/** Gives up a request, or an approval that was not used. */
export async function cancelRequest(
  ports: ChangePorts & CheckPorts,
  click: { actor: Actor; requestId: string },
): Promise<Outcome> {
  const member = await requireMember(ports, click.actor);
  if (member.kind === "refused") return member;
  return changeAndSay(ports, {
    about: { requestId: click.requestId },
    decide: (recorded, at) => decideCancel(recorded, { actorId: click.actor.userId, at }),
  });
}

/** Its requester may cancel what has no key that is on. */
export function decideCancel(recorded: Recorded, { actorId, at }: { actorId: string; at: number }) {
  const { request, key } = recorded;
  if (request === null) return refused("unknown_request");
  const may = mayUseRequest(request, actorId);
  if (may.kind === "refused") return may;
  if (key?.state.kind === "switching_on") return refused("key_switching_on", { keyName: key.keyName });
  const cancelled = cancel(request, at);
  if (cancelled.kind === "refused") return cancelled;
  const say = done("cancelled", { keyName: request.asked.keyName });
  return step(actorId, { request: cancelled, ...withItsKey(recorded, at), say });
}
