import type { Key } from "../domain/key";
import { liftHold } from "../domain/key-steps";
import { MAX_HELD_AT_ONCE } from "../domain/limits";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayUse } from "../domain/who-may";
import { newAttemptNames } from "./begin-attempt";
import type { CallPorts } from "./calls";
import { type Changed, type ChangePorts, change } from "./change";
import { type CheckPorts, checkActor, isApprover } from "./check-person";
import { carryOutDeletion, decideDeletion } from "./delete";
import { done, type Outcome } from "./outcome";
import type { Ids } from "./ports";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

type HeldPorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids };
/** `byId` is whose deletions wait. */
type Click = { actor: Actor; byId: string };

/** Deletes all keys that somebody wanted to go and that wait for another approver: this one's step. */
export async function confirmHeld(ports: HeldPorts, click: Click): Promise<Outcome> {
  const held = await heldKeys(ports, click);
  if ("code" in held) return held;
  const begun: Changed[] = [];
  for (const { accessKeyId } of held) {
    const names = newAttemptNames(ports);
    const changed = await change(ports, {
      about: { accessKeyId },
      decide: (recorded, at): Step | Refusal =>
        isHeldBy(recorded, click.byId)
          ? decideDeletion(recorded, { names, actorId: click.actor.userId, at })
          : NO_CHANGE,
    });
    if (changed.kind === "changed" && changed.step.attempt) begun.push(changed);
  }
  // What is written down goes, whoever finishes it.
  for (const one of begun) await carryOutDeletion(ports, one);
  return done("held_deleted", { count: begun.length, byId: click.byId });
}

/** Lets those keys stay: each is what it was before. */
export async function liftHeld(ports: HeldPorts, click: Click): Promise<Outcome> {
  const held = await heldKeys(ports, click);
  if ("code" in held) return held;
  for (const { accessKeyId } of held)
    await change(ports, {
      about: { accessKeyId },
      decide: (recorded) => {
        const lifted = recorded.key && isHeldBy(recorded, click.byId) ? liftHold(recorded.key) : null;
        return lifted ? step(click.actor.userId, { key: lifted }) : NO_CHANGE;
      },
    });
  return done("held_kept", { count: held.length, byId: click.byId });
}

/** The keys that wait, if this person may decide about them: an approver, and never the one who had them wait. */
async function heldKeys(ports: HeldPorts, { actor, byId }: Click): Promise<Key[] | Refusal> {
  const { approvers } = ports.settings;
  const checked = await checkActor(ports, actor, approvers);
  if (checked.kind === "refused") return checked;
  const use = mayUse(checked.standing);
  if (use.kind === "refused") return use;
  if (!isApprover(checked)) return refused("not_approver", { approvers });
  if (checked.ids.includes(byId)) return refused("own_hold");
  const keys = await ports.store.read((record) => record.keys.heldBy(byId, MAX_HELD_AT_ONCE));
  return keys.length === 0 ? refused("nothing_held") : keys;
}

function isHeldBy({ key }: Recorded, byId: string): boolean {
  return key?.state.kind === "deletion_held" && key.state.byId === byId;
}
