import { startDeletion } from "../domain/key-steps";
import { HOUR_MS } from "../domain/limits";
import type { Actor } from "../domain/person";
import { refused } from "../domain/refusal";
import { ownedKeyId } from "../domain/request";
import { endForKey } from "../domain/request-steps";
import { type AttemptNames, beginAttempt, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type Changed, type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { mayDeleteNow } from "./may-delete-now";
import type { Outcome } from "./outcome";
import { decidePause } from "./pause-key";
import type { Ids } from "./ports";
import { type Recorded, step } from "./step";

/** Deletes a key: its owner's step, and any approver's. A key that Tigris no longer has counts as deleted. */
export async function deleteKey(
  ports: CallPorts & ChangePorts & CheckPorts & { ids: Ids },
  click: { actor: Actor; accessKeyId: string },
): Promise<Outcome> {
  const { actor, accessKeyId } = click;
  const key = await ports.store.read((record) => record.keys.find(accessKeyId));
  const may = await mayDeleteNow(ports, actor, key);
  if (may.kind === "refused") return may;
  // Whoever was looked at as a member only may not delete a key that has come to be meanwhile.
  if (key === null) return refused("unknown_key");
  const names = newAttemptNames(ports);
  const { maxDeletionsPerHour: max } = ports.settings.limits;
  const begun = await change(ports, {
    about: { accessKeyId },
    alone: { people: may.ids },
    facts: async (record) => ({
      deletions: await record.events.countDeletionsBy(may.ids, record.at - HOUR_MS),
      isPauseOpen: await record.attempts.hasOpenPause(accessKeyId),
    }),
    decide: (recorded, at, { deletions, isPauseOpen }) => {
      const by = { names, actorId: actor.userId, at };
      const isTooMany = recorded.key?.ownerId !== actor.userId && deletions >= max;
      return isTooMany ? decidePauseInstead(recorded, { ...by, isPauseOpen, max }) : decideDeletion(recorded, by);
    },
  });
  return begun.kind === "refused" ? begun : carryOutDeletion(ports, begun);
}

/** Carries out what is begun: the deletion, or above the limit the pause. */
async function carryOutDeletion(
  ports: CallPorts,
  { after, step: { attempt, say }, heldUntilMs }: Changed,
): Promise<Outcome> {
  if (attempt === undefined) return say ?? refused("unknown_key");
  const outcome = await carryOut(ports, { held: { ...after, attempt: attempt.to }, heldUntilMs });
  return say && outcome.kind === "done" ? say : outcome;
}

/** Above the limit the key works no more at once, and anybody else who may can delete it. */
export function decidePauseInstead(
  recorded: Recorded,
  { max, ...by }: Parameters<typeof decidePause>[1] & { max: number },
) {
  const paused = decidePause(recorded, by);
  if (paused.kind === "refused") return paused;
  return { ...paused, say: refused("deletion_paused", { keyName: recorded.key?.keyName ?? "", max }) };
}

/** The intent: from here on the key is on its way out, whoever finishes it, and nobody is asked for a secret of it. */
export function decideDeletion(
  { request, key, asking }: Recorded,
  { names, actorId, at }: { names: AttemptNames; actorId: string; at: number },
) {
  if (key === null) return refused("unknown_key");
  const moved = startDeletion(key, { byId: actorId, at });
  if (moved.kind === "refused") return moved;
  const { requestId, accessKeyId } = key;
  const work = { kind: "delete", phase: "calling" } as const;
  const isOwned = request !== null && ownedKeyId(request) === accessKeyId;
  const ended = isOwned ? endForKey(request, at) : null;
  return step(actorId, {
    key: moved,
    ...(ended ? { request: ended } : {}),
    asking: asking ? endForKey(asking, at) : null,
    attempt: { to: beginAttempt(names, { requestId, accessKeyId, actorId, at, work }) },
  });
}
