import { startRotation } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayUseKey } from "../domain/who-may";
import { type AttemptNames, beginAttempt, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, requireRequester } from "./check-person";
import type { MessengerPort } from "./messenger-port";
import type { Outcome } from "./outcome";
import type { Ids } from "./ports";
import { requireDm } from "./require-dm";
import { type Recorded, step } from "./step";

/**
 * Replaces the secret of a key by `RotateAccessKey`: the old one stops at once, and the new one is delivered as the first
 * one was. A rotation is never followed by a deletion.
 * @param click `clickId` names the click: sent twice, it rotates once
 */
export async function makeNewSecret(
  ports: CallPorts & ChangePorts & CheckPorts & { ids: Ids; messenger: Pick<MessengerPort, "readyDm"> },
  click: { actor: Actor; accessKeyId: string; clickId: string },
): Promise<Outcome> {
  const { actor, accessKeyId, clickId } = click;
  const allowed = await requireRequester(ports, actor);
  if (allowed.kind === "refused") return allowed;
  const names = newAttemptNames(ports);
  const refusal = await whyNot(ports, click, names);
  if (refusal) return refusal;
  const begun = await change(ports, {
    about: { accessKeyId },
    facts: async (record) => ({ isRepeated: (await record.attempts.findByClick(clickId)) !== null }),
    decide: (recorded, at, { isRepeated }) =>
      decideRotation(recorded, { names, actorId: actor.userId, clickId, isRepeated, at }),
  });
  if (begun.kind === "refused") return begun;
  const attempt = begun.step.attempt.to;
  return carryOut(ports, { ...begun.after, attempt });
}

/** Looks before the intent: at who may, at the key, and at the DM. Without it the old secret would stop for nothing. */
async function whyNot(
  ports: ChangePorts & { messenger: Pick<MessengerPort, "readyDm"> },
  { actor, accessKeyId, clickId }: { actor: Actor; accessKeyId: string; clickId: string },
  names: AttemptNames,
): Promise<Refusal | null> {
  const key = await ports.store.read((record) => record.keys.find(accessKeyId));
  const click = { names, actorId: actor.userId, clickId, isRepeated: false, at: ports.clock.now() };
  const decided = decideRotation({ request: null, key, attempt: null }, click);
  if (decided.kind === "refused") return decided;
  if (key === null) return null;
  const isDoubtful = key.state.kind === "secret_unknown";
  return requireDm(ports, { requestId: key.requestId, userId: key.ownerId, isDoubtful });
}

/** The intent: from here on the old secret may have stopped. */
export function decideRotation(
  { key }: Recorded,
  click: { names: AttemptNames; actorId: string; clickId: string; isRepeated: boolean; at: number },
) {
  const { names, actorId, clickId, at } = click;
  if (key === null) return refused("unknown_key");
  const may = mayUseKey(key, actorId);
  if (may.kind === "refused") return may;
  if (click.isRepeated) return refused("same_click", { keyName: key.keyName });
  const moved = startRotation(key);
  if (moved.kind === "refused") return moved;
  const { requestId, accessKeyId } = key;
  const work = { kind: "rotate", phase: "calling" } as const;
  const attempt = beginAttempt(names, { requestId, accessKeyId, actorId, at, work });
  return step(actorId, { key: moved, attempt: { to: attempt, clickId } });
}
