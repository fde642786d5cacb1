import type { Key } from "../domain/key";
import { holdDeletion, startDeletion } from "../domain/key-steps";
import { HOUR_MS } from "../domain/limits";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { endForKey } from "../domain/request-steps";
import { mayDelete, mayUse } from "../domain/who-may";
import { type AttemptNames, beginAttempt, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type Changed, type ChangePorts, change } from "./change";
import { type CheckPorts, checkActor, isApprover } from "./check-person";
import type { Outcome } from "./outcome";
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
  const { maxDeletionsPerHour: max } = ports.settings.policy;
  const begun = await change(ports, {
    about: { accessKeyId },
    facts: async (record) => record.events.countDeletionsBy(may.ids, ports.clock.now() - HOUR_MS),
    decide: (recorded, at, deletions) => {
      const isHeld = recorded.key?.ownerId !== actor.userId && deletions >= max;
      return isHeld
        ? decideHold(recorded, { actorId: actor.userId, at, max })
        : decideDeletion(recorded, { names, actorId: actor.userId, ids: may.ids, at });
    },
  });
  return begun.kind === "refused" ? begun : carryOutDeletion(ports, begun);
}

/** Carries out a deletion that is begun; one that waits for somebody else says so. */
export async function carryOutDeletion(ports: CallPorts, { after, step: { attempt, say } }: Changed): Promise<Outcome> {
  if (attempt) return carryOut(ports, { ...after, attempt: attempt.to });
  return say ?? refused("unknown_key");
}

/** Above the limit nobody gets a secret of the key any more, and another approver says whether it goes. */
export function decideHold({ key }: Recorded, { actorId, at, max }: { actorId: string; at: number; max: number }) {
  if (key === null) return refused("unknown_key");
  const { keyName } = key;
  const moved = holdDeletion(key, { byId: actorId, at });
  if (moved.kind === "refused") return moved;
  return step(actorId, { key: moved, say: refused("deletion_held", { keyName, max }) });
}

/**
 * The fresh look: at the owner as a member, at anybody else as an approver. Of a key that does not exist Slack is asked the
 * same as of somebody else's, so that the time that it takes tells nothing either.
 */
export async function mayDeleteNow(
  ports: CheckPorts,
  actor: Actor,
  key: Key | null,
): Promise<{ kind: "allowed"; ids: readonly string[] } | Refusal> {
  const isOwner = key?.ownerId === actor.userId;
  const checked = await checkActor(ports, actor, isOwner ? null : ports.settings.approvers);
  if (checked.kind === "refused") return checked;
  const use = mayUse(checked.standing);
  if (use.kind === "refused") return use;
  if (key === null) return refused("unknown_key");
  const may = mayDelete(key, actor.userId, !isOwner && isApprover(checked));
  return may.kind === "refused" ? may : { kind: "allowed", ids: checked.ids };
}

/** The intent: from here on the key is on its way out, whoever finishes it, and nobody is asked for a secret of it. */
export function decideDeletion(
  { key, asking }: Recorded,
  { names, actorId, ids, at }: { names: AttemptNames; actorId: string; ids: readonly string[]; at: number },
) {
  if (key === null) return refused("unknown_key");
  const moved = startDeletion(key, { byId: actorId, ids, at });
  if (moved.kind === "refused") return moved;
  const { requestId, accessKeyId } = key;
  const work = { kind: "delete", phase: "calling" } as const;
  return step(actorId, {
    key: moved,
    asking: asking ? endForKey(asking, at) : null,
    attempt: { to: beginAttempt(names, { requestId, accessKeyId, actorId, at, work }) },
  });
}
