import type { Key } from "../domain/key";
import { liftHold } from "../domain/key-steps";
import { MAX_HELD_AT_ONCE } from "../domain/limits";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayUse } from "../domain/who-may";
import { newAttemptNames } from "./begin-attempt";
import type { CallPorts } from "./calls";
import { type Changed, type ChangePorts, change, tell } from "./change";
import { type CheckPorts, checkActor, isApprover } from "./check-person";
import { carryOutDeletion, decideDeletion } from "./delete";
import { done, type Outcome } from "./outcome";
import type { Ids } from "./ports";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

type HeldPorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids };
/** `byId` is whose deletions wait; of those that were asked for after `until`, the message that was clicked says nothing. */
type Click = { actor: Actor; byId: string; until: number };

/** Deletes the keys that somebody wanted to go and that wait for another approver: this one's step. */
export async function confirmHeld(ports: HeldPorts, click: Click): Promise<Outcome> {
  const held = await heldKeys(ports, click);
  if (held.kind === "refused") return held;
  const { ids } = held;
  const begun: Changed[] = [];
  for (const { accessKeyId } of held.keys) {
    const names = newAttemptNames(ports);
    const changed = await change(ports, {
      about: { accessKeyId },
      decide: (recorded, at): Step | Refusal =>
        isHeld(recorded, click) ? decideDeletion(recorded, { names, actorId: click.actor.userId, ids, at }) : NO_CHANGE,
    });
    if (changed.kind === "changed" && changed.step.attempt) begun.push(changed);
  }
  // What is written down goes, whoever finishes it.
  const outcomes: Outcome[] = [];
  for (const one of begun) outcomes.push(await carryOutDeletion(ports, one));
  await askAgain(ports, click.byId);
  const count = outcomes.filter(({ kind }) => kind === "done").length;
  if (begun.length === 0) return refused("nothing_held");
  return count === begun.length
    ? done("held_deleted", { count, byId: click.byId })
    : refused("held_unconfirmed", { count, of: begun.length });
}

/** Lets those keys stay: each is what it was before. */
export async function liftHeld(ports: HeldPorts, click: Click): Promise<Outcome> {
  const held = await heldKeys(ports, click);
  if (held.kind === "refused") return held;
  let count = 0;
  for (const { accessKeyId } of held.keys) {
    const changed = await change(ports, {
      about: { accessKeyId },
      decide: (recorded): Step => {
        const lifted = recorded.key && isHeld(recorded, click) ? liftHold(recorded.key) : null;
        return lifted ? step(click.actor.userId, { key: lifted }) : NO_CHANGE;
      },
    });
    if (changed.kind === "changed" && changed.step.key) count += 1;
  }
  await askAgain(ports, click.byId);
  return count === 0 ? refused("nothing_held") : done("held_kept", { count, byId: click.byId });
}

/** What the message did not name is asked about with one of its own. */
async function askAgain(ports: HeldPorts, byId: string): Promise<void> {
  const [more] = await ports.store.read((record) => record.keys.heldBy(byId, 1));
  if (more) await tell(ports, { kind: "held_deletions", byId });
}

/** The keys that wait, if this person may decide about them: an approver, and never the one who had them wait. */
async function heldKeys(
  ports: HeldPorts,
  { actor, byId, until }: Click,
): Promise<{ kind: "held"; keys: Key[]; ids: readonly string[] } | Refusal> {
  const { approvers } = ports.settings;
  const checked = await checkActor(ports, actor, approvers);
  if (checked.kind === "refused") return checked;
  const use = mayUse(checked.standing);
  if (use.kind === "refused") return use;
  if (!isApprover(checked)) return refused("not_approver", { approvers });
  if (checked.ids.includes(byId)) return refused("own_hold");
  const waiting = await ports.store.read((record) => record.keys.heldBy(byId, MAX_HELD_AT_ONCE));
  const keys = waiting.filter((key) => isHeld({ key }, { byId, until }));
  return keys.length === 0 ? refused("nothing_held") : { kind: "held", keys, ids: checked.ids };
}

function isHeld({ key }: Pick<Recorded, "key">, { byId, until }: Pick<Click, "byId" | "until">): boolean {
  return key?.state.kind === "deletion_held" && key.state.byId === byId && key.state.at <= until;
}
