import type { Attempt } from "../domain/attempt";
import type { Key } from "../domain/key";
import { confirm } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { bold } from "../domain/sentence";
import { mayUseKey } from "../domain/who-may";
import { requireMember } from "./look";
import { done, type Outcome } from "./outcome";
import type { Ports } from "./ports";
import { recordKeyStep } from "./record";
import type { Tx } from "./store-port";

type Click = { actor: Actor; deliveryId: string };

/** The owner says that the secret of one delivery has arrived: Slack's ok is no proof of that. */
export async function confirmSaved(ports: Ports, click: Click): Promise<Outcome> {
  const member = await requireMember(ports, click.actor);
  if (member.kind === "refused") return member;
  const outcome = await ports.store.transact(async (tx): Promise<Outcome> => {
    const key = await deliveredKey(tx, click);
    if (key.kind === "refused") return key;
    const at = ports.clock.now();
    const step = confirm(key.key, { id: click.deliveryId, at });
    if (step.kind === "refused") return step;
    if (step.to !== key.key.state) await recordKeyStep(tx, key.key, step, { actorId: click.actor.userId, at });
    return done("Noted: you have saved the secret of ", bold(key.key.keyName), ".");
  });
  ports.wake();
  return outcome;
}

/** The key whose newest secret came with a delivery, for a button that belongs to it. */
export async function keyOfDelivery(ports: Ports, click: Click): Promise<{ kind: "found"; key: Key } | Refusal> {
  return ports.store.transact(async (tx) => {
    const found = await deliveredKey(tx, click);
    if (found.kind === "refused" || found.key.deliveryId === click.deliveryId) return found;
    const step = confirm(found.key, { id: click.deliveryId, at: ports.clock.now() });
    return step.kind === "refused" ? step : found;
  });
}

async function deliveredKey(tx: Tx, { actor, deliveryId }: Click): Promise<{ kind: "found"; key: Key } | Refusal> {
  const attempt = await tx.attempts.find(deliveryId);
  if (attempt && (attempt.work.phase === "calling" || attempt.work.phase === "delivering")) return tooEarly();
  const key = await tx.keys.findByDelivery(deliveryId);
  if (!key) return withoutKey(attempt);
  const may = mayUseKey(key, actor.userId);
  return may.kind === "refused" ? may : { kind: "found", key };
}

/** Slack shows a secret before it says so: until then nobody knows what becomes of it. */
function tooEarly(): Refusal {
  return refused("in_progress", "I'm still writing down that you have this secret. Press again in a moment.");
}

/** A key that was not delivered for certain has no record. Only of one that is deleted is it sure that it does not work. */
function withoutKey(attempt: Attempt | null): Refusal {
  const sure = attempt === null || attempt.work.phase === "discarded" || attempt.work.phase === "not_found";
  if (sure)
    return refused(
      "older_secret",
      "This secret does not work: its key was deleted, since it was not delivered for certain. ",
      "The card in our DM shows how to go on.",
    );
  return refused(
    "secret_unknown",
    "Don't use this secret: it was not delivered for certain. The card in our DM shows how to go on.",
  );
}
