import { type Attempt, provesGone } from "../domain/attempt";
import type { Key } from "../domain/key";
import { startRotation } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { bold, code } from "../domain/sentence";
import { mayUseKey } from "../domain/who-may";
import { requireRequester } from "./look";
import { newAttempt } from "./new-attempt";
import { type Outcome, unknownKey } from "./outcome";
import type { Ports } from "./ports";
import { recordKeyStep } from "./record";
import { closeRotation, deliverNewSecret, rotatedLate, secretUnknown } from "./rotated";

/**
 * Replaces the secret of a key by `RotateAccessKey`: the old one stops at once, and the new one is delivered as the first
 * one was. A rotation is never followed by a deletion.
 * @param click `clickId` names the click: sent twice, it rotates once
 */
export async function newSecret(
  ports: Ports,
  click: { actor: Actor; accessKeyId: string; clickId: string },
): Promise<Outcome> {
  const allowed = await requireRequester(ports, click.actor);
  if (allowed.kind === "refused") return allowed;
  const begun = await begin(ports, click);
  if (begun.kind === "refused") return begun;
  const { key, attempt } = begun;
  const answer = await ports.tigris.rotateKey(key.accessKeyId);
  switch (answer.kind) {
    case "rotated":
      return deliverNewSecret(ports, key, attempt, answer.secret);
    case "gone":
      if (!provesGone({ madeAt: key.madeAt, tries: 0 }, ports.clock.now())) {
        await closeRotation(ports, attempt, "refused", "gone");
        return tigrisRefused(key, "NoSuchEntity");
      }
      await closeRotation(ports, attempt, "gone", "gone");
      return refused("unknown_key", bold(key.keyName), " no longer exists in Tigris. Its card shows that now.");
    case "refused":
      await closeRotation(ports, attempt, "refused", answer.code);
      return tigrisRefused(key, answer.code);
    case "lost":
      if (!(await closeRotation(ports, attempt, "secret_unknown", answer.cause))) return rotatedLate(ports, key);
      return secretUnknown(key);
  }
}

type Begun = { kind: "begun"; key: Key; attempt: Attempt };

async function begin(
  ports: Ports,
  { actor, accessKeyId, clickId }: { actor: Actor; accessKeyId: string; clickId: string },
): Promise<Begun | Refusal> {
  return ports.store.transact(async (tx): Promise<Begun | Refusal> => {
    const key = await tx.keys.find(accessKeyId);
    if (!key) return unknownKey();
    const may = mayUseKey(key, actor.userId);
    if (may.kind === "refused") return may;
    if (await tx.attempts.findByClick(clickId)) return sameClick(key);
    const step = startRotation(key);
    if (step.kind === "refused") return step;
    const at = ports.clock.now();
    if (!(await recordKeyStep(tx, key, step, { actorId: actor.userId, at })))
      throw new Error("a key changed inside a transaction");
    const attempt = newAttempt(ports, {
      requestId: key.requestId,
      accessKeyId,
      actorId: actor.userId,
      at,
      work: { kind: "rotate", phase: "calling" },
    });
    await tx.attempts.insert({ ...attempt, clickId });
    return { kind: "begun", key, attempt };
  });
}

function sameClick(key: Key): Refusal {
  return refused("in_progress", "This click was taken already. The card of ", bold(key.keyName), " shows how it went.");
}

function tigrisRefused(key: Key, why: string): Refusal {
  return refused(
    "tigris_refused",
    "Tigris refused to make a new secret for ",
    bold(key.keyName),
    " (",
    code(why),
    "). The old one is unchanged; tell whoever runs this bot (ref ",
    code(key.reference),
    ").",
  );
}
