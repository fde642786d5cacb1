import type { Key } from "../domain/key";
import { addHold, mayHavePower } from "../domain/pause-steps";
import type { Actor } from "../domain/person";
import { refused } from "../domain/refusal";
import { type AttemptNames, beginAttempt, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type Changed, type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { mayDeleteNow } from "./may-delete-now";
import { done, type Outcome } from "./outcome";
import type { Ids } from "./ports";
import { type Recorded, step } from "./step";

/** Keeps a key from working until whoever paused it resumes it: its owner's step, and any approver's. */
export async function pauseKey(
  ports: CallPorts & ChangePorts & CheckPorts & { ids: Ids },
  click: { actor: Actor; accessKeyId: string },
): Promise<Outcome> {
  const { actor, accessKeyId } = click;
  const key = await ports.store.read((record) => record.keys.find(accessKeyId));
  const may = await mayDeleteNow(ports, actor, key);
  if (may.kind === "refused") return may;
  if (key === null) return refused("unknown_key");
  const names = newAttemptNames(ports);
  const begun = await change(ports, {
    about: { accessKeyId },
    facts: async (record) => ({ isPauseOpen: await record.attempts.hasOpenPause(accessKeyId) }),
    decide: (recorded, at, facts) => decidePause(recorded, { ...facts, names, actorId: actor.userId, at }),
  });
  return begun.kind === "refused" ? begun : carryOutPause(ports, begun);
}

/** Carries out a pause that is begun; where nothing had to be, or something is on its way, it says so. */
async function carryOutPause(
  ports: CallPorts,
  { after, step: { attempt, say }, heldUntilMs }: Changed,
): Promise<Outcome> {
  if (attempt) return carryOut(ports, { held: { ...after, attempt: attempt.to }, heldUntilMs });
  return say ?? refused("unknown_key");
}

/** The hold, with the attempt that takes the key's power; a pause that is on its way already takes it for this one too. */
export function decidePause(
  { key }: Recorded,
  { names, actorId, isPauseOpen, at }: { names: AttemptNames; actorId: string; isPauseOpen: boolean; at: number },
) {
  if (key === null) return refused("unknown_key");
  const { requestId, accessKeyId, keyName } = key;
  const held = addHold(key, { kind: holdOf(key, actorId), byId: actorId, at });
  if (held.kind === "refused") return held;
  if (!mayHavePower(key)) return step(actorId, { key: held, say: done("paused", { keyName }) });
  if (isPauseOpen) return step(actorId, { key: held, say: refused("pause_unconfirmed", { keyName }) });
  const work = { kind: "pause", phase: "calling" } as const;
  return step(actorId, {
    key: held,
    attempt: { to: beginAttempt(names, { requestId, accessKeyId, actorId, at, work }) },
  });
}

function holdOf({ ownerId }: Key, actorId: string): "owner" | "approver" {
  return actorId === ownerId ? "owner" : "approver";
}
