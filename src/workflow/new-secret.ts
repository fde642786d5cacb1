import { startRotation } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { refused } from "../domain/refusal";
import { mayUseKey } from "../domain/who-may";
import { type AttemptNames, beginAttempt, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, requireRequester } from "./check-person";
import type { Outcome } from "./outcome";
import type { Ids } from "./ports";
import { type Recorded, step } from "./step";

/**
 * Replaces the secret of a key by `RotateAccessKey`: the old one stops at once, and the new one is delivered as the first
 * one was. A rotation is never followed by a deletion.
 * @param click `clickId` names the click: sent twice, it rotates once
 */
export async function makeNewSecret(
  ports: CallPorts & ChangePorts & CheckPorts & { ids: Ids },
  click: { actor: Actor; accessKeyId: string; clickId: string },
): Promise<Outcome> {
  const { actor, accessKeyId, clickId } = click;
  const allowed = await requireRequester(ports, actor);
  if (allowed.kind === "refused") return allowed;
  const names = newAttemptNames(ports);
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
