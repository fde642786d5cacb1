import type { Attempt } from "../domain/attempt";
import type { Key } from "../domain/key";
import { confirm } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayUseKey } from "../domain/who-may";
import { type ChangePorts, changeAndSay } from "./change";
import { type CheckPorts, requireMember } from "./check-person";
import { done, type Outcome } from "./outcome";
import { recordedOf } from "./recorded";
import { type Recorded, step } from "./step";

type Click = { actor: Actor; deliveryId: string };

/** The owner says that the secret of one delivery has arrived: Slack's ok is no proof of that. */
export async function confirmSaved(ports: ChangePorts & CheckPorts, click: Click): Promise<Outcome> {
  const member = await requireMember(ports, click.actor);
  if (member.kind === "refused") return member;
  return changeAndSay(ports, {
    about: { attemptId: click.deliveryId },
    decide: (recorded, at) => decideConfirm(recorded, { ...click, at }),
  });
}

/** The newest secret of a key is confirmed by its owner; saying so again changes nothing. */
export function decideConfirm(recorded: Recorded, { actor, deliveryId, at }: Click & { at: number }) {
  const found = deliveredKey(recorded, actor);
  if (found.kind === "refused") return found;
  const { key } = found;
  const confirmed = confirm(key, { id: deliveryId, at });
  if (confirmed.kind === "refused") return confirmed;
  const say = done("confirmed", { keyName: key.keyName });
  return step(actor.userId, confirmed.to === key.state ? { say } : { key: confirmed, say });
}

/** The key whose newest secret came with a delivery, for a button that belongs to it. */
export async function keyOfDelivery(
  ports: Pick<ChangePorts, "store" | "clock">,
  { actor, deliveryId }: Click,
): Promise<{ kind: "found"; key: Key } | Refusal> {
  const found = deliveredKey(await ports.store.read((record) => recordedOf(record, { attemptId: deliveryId })), actor);
  if (found.kind === "refused" || found.key.deliveryId === deliveryId) return found;
  const confirmed = confirm(found.key, { id: deliveryId, at: ports.clock.now() });
  return confirmed.kind === "refused" ? confirmed : found;
}

function deliveredKey({ attempt, key }: Recorded, actor: Actor): { kind: "found"; key: Key } | Refusal {
  if (attempt === null || attempt.work.kind === "delete") return refused("delivery_uncertain");
  // Who began it is whom the secret was made for: how far it got is for nobody else.
  if (attempt.actorId !== actor.userId) return refused("not_yours", { of: "delivery" });
  // Slack shows a secret before it says so: until then nobody knows what becomes of it.
  if (attempt.work.phase === "calling" || attempt.work.phase === "delivering") return refused("delivery_open");
  if (key === null) return withoutKey(attempt);
  const may = mayUseKey(key, actor.userId);
  return may.kind === "refused" ? may : { kind: "found", key };
}

/** A key that was not delivered for certain has no record. Only of one that is deleted is it sure that it does not work. */
function withoutKey({ work }: Attempt): Refusal {
  const isDeleted = work.phase === "discarded" || work.phase === "not_found";
  return refused(isDeleted ? "delivery_discarded" : "delivery_uncertain");
}
