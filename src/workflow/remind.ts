import type { Actor } from "../domain/person";
import { refused } from "../domain/refusal";
import { dueReminder } from "../domain/reminders";
import { isIn } from "../domain/request";
import { askAgain, isLate, noteReminded } from "../domain/request-steps";
import { mayUseRequest } from "../domain/who-may";
import { type ChangePorts, change, changeAndSay } from "./change";
import type { CheckPorts } from "./check-person";
import { requireRequester } from "./check-requester";
import type { OutboxMessage } from "./outbox-message";
import { done, type Outcome } from "./outcome";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

/** Reminds the approvers of a request that waits, when it is due. */
export async function remindOfWaiting(ports: ChangePorts, requestId: string): Promise<void> {
  await change(ports, { about: { requestId }, decide: decideReminder });
}

/** What is decided, or over, reminds nobody. */
export function decideReminder({ request }: Recorded, at: number): Step {
  if (request === null || !isIn(request, "pending") || isLate(request, at)) return NO_CHANGE;
  const due = dueReminder(request, at);
  return due === null
    ? NO_CHANGE
    : step("bot", { request: { ...noteReminded(request, due), outcome: due }, tell: [reminder(request.id, null)] });
}

/** Its requester has the approvers reminded of a request that waits, once an hour. */
export async function askApproversAgain(
  ports: ChangePorts & CheckPorts,
  click: { actor: Actor; requestId: string },
): Promise<Outcome> {
  const allowed = await requireRequester(ports, click.actor, null);
  if (allowed.kind === "refused") return allowed;
  return changeAndSay(ports, {
    about: { requestId: click.requestId },
    decide: (recorded, at) => decideAskAgain(recorded, { actorId: click.actor.userId, at }),
  });
}

export function decideAskAgain({ request }: Recorded, { actorId, at }: { actorId: string; at: number }) {
  if (request === null) return refused("unknown_request");
  const may = mayUseRequest(request, actorId);
  if (may.kind === "refused") return may;
  const asked = askAgain(request, at);
  if (asked.kind === "refused") return asked;
  const say = done("reminded", { keyName: request.asked.keyName });
  return step(actorId, { request: { ...asked, outcome: "asked" }, tell: [reminder(request.id, actorId)], say });
}

function reminder(requestId: string, byId: string | null): OutboxMessage {
  return { kind: "reminder", requestId, byId, why: "waits" };
}
