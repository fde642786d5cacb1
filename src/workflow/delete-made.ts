import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { type AttemptNames, beginAttempt, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, requireApprover } from "./check-person";
import type { Outcome } from "./outcome";
import type { Ids } from "./ports";
import { type Recorded, step } from "./step";

type MadePorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids };

/**
 * Deletes a key that a key of ours has made, and that is on no record: an approver's step. Whose it is says Tigris's list at
 * this moment, not the button.
 */
export async function deleteMadeKey(ports: MadePorts, click: { actor: Actor; accessKeyId: string }): Promise<Outcome> {
  const { actor, accessKeyId } = click;
  const allowed = await requireApprover(ports, actor);
  if (allowed.kind === "refused") return allowed;
  const maker = await makerOf(ports, accessKeyId);
  if (maker.kind === "refused") return maker;
  const names = newAttemptNames(ports);
  const begun = await change(ports, {
    about: { requestId: maker.requestId },
    facts: async (record) => ({ isRecorded: await record.attempts.isRecorded(accessKeyId, "") }),
    decide: (recorded, at, facts) =>
      decideDeleteMade(recorded, { ...facts, names, actorId: actor.userId, accessKeyId, at }),
  });
  if (begun.kind === "refused") return begun;
  const { attempt } = begun.step;
  return carryOut(ports, { held: { ...begun.after, key: null, attempt: attempt.to }, heldUntilMs: begun.heldUntilMs });
}

/** The request of the key that has made another one; a refusal where that one is none of ours. */
async function makerOf(
  { tigris, store, settings }: MadePorts,
  accessKeyId: string,
): Promise<{ kind: "found"; requestId: string } | Refusal> {
  if (accessKeyId === settings.ownAccessKeyId) return refused("unknown_key");
  const read = await tigris.readKey(accessKeyId);
  if (read.kind === "unavailable") return refused("made_unknown");
  if (read.kind === "absent") return refused("made_gone", { accessKeyId });
  const { creator } = read.key;
  const maker = creator === null ? null : await store.read((record) => record.keys.find(creator));
  return maker ? { kind: "found", requestId: maker.requestId } : refused("unknown_key");
}

/** The intent. What is on the record is deleted as any other key is. */
export function decideDeleteMade(
  { request }: Recorded,
  click: { isRecorded: boolean; names: AttemptNames; actorId: string; accessKeyId: string; at: number },
) {
  const { names, actorId, accessKeyId, at } = click;
  if (request === null || click.isRecorded) return refused("unknown_key");
  const work = { kind: "delete", phase: "calling" } as const;
  return step(actorId, {
    events: [{ name: "key.made_deletion" as const, actorId, outcome: accessKeyId }],
    attempt: { to: beginAttempt(names, { requestId: request.id, accessKeyId, actorId, at, work }) },
  });
}
