import type { Actor } from "../domain/person";
import { cancel } from "../domain/request-steps";
import { bold } from "../domain/sentence";
import { mayUseRequest } from "../domain/who-may";
import { requireMember } from "./look";
import { done, type Outcome, unknownRequest } from "./outcome";
import type { Ports } from "./ports";
import { recordStep } from "./record";

/** Gives up a request, or an approval that was not used. */
export async function cancelRequest(ports: Ports, click: { actor: Actor; requestId: string }): Promise<Outcome> {
  const member = await requireMember(ports, click.actor);
  if (member.kind === "refused") return member;
  const outcome = await ports.store.transact(async (tx): Promise<Outcome> => {
    const request = await tx.requests.find(click.requestId);
    if (!request) return unknownRequest();
    const may = mayUseRequest(request, click.actor.userId);
    if (may.kind === "refused") return may;
    const at = ports.clock.now();
    const step = cancel(request, at);
    if (step.kind === "refused") return step;
    if (!(await recordStep(tx, request, step, { actorId: click.actor.userId, at })))
      throw new Error("a request changed inside a transaction");
    return done("You cancelled the request for ", bold(request.keyName), ". No key was made.");
  });
  ports.wake();
  return outcome;
}
