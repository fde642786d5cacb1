import { isFree, isPaused, type Key } from "../domain/key";
import { isQuestion, keptAge } from "../domain/key-age";
import { whyBusy } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayUseKey } from "../domain/who-may";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, requireMember } from "./check-person";
import { done, type Outcome } from "./outcome";
import { type Recorded, step } from "./step";

type KeepPorts = ChangePorts & CheckPorts;

/** Why the old secret of a key can't be kept by a word of its owner's; null where it can. */
function whyNotKept(key: Key, at: number, rotateAfterMs: number | null): Refusal | null {
  const { keyName, state } = key;
  if (!isFree(state)) return whyBusy(key, state);
  if (isPaused(key)) return refused("key_paused", { keyName });
  return isQuestion(key, at, rotateAfterMs) ? null : refused("not_asked", { keyName });
}

/** The key whose old secret somebody may keep, before they are shown the form for the reason. */
export async function keyToKeep(
  ports: KeepPorts,
  { actor, accessKeyId }: { actor: Actor; accessKeyId: string },
): Promise<{ kind: "found"; key: Key } | Refusal> {
  const member = await requireMember(ports, actor);
  if (member.kind === "refused") return member;
  const { key, at } = await ports.store.read(async (record) => ({
    key: await record.keys.find(accessKeyId),
    at: record.at,
  }));
  if (key === null) return refused("unknown_key");
  const may = mayUseKey(key, actor.userId);
  if (may.kind === "refused") return may;
  return whyNotKept(key, at, ports.settings.limits.rotateAfterMs) ?? { kind: "found", key };
}

/** Its owner keeps the secret of a key that they were asked about: they are asked again once it is as old again. */
export async function keepKey(
  ports: KeepPorts,
  { actor, accessKeyId, reason }: { actor: Actor; accessKeyId: string; reason: string },
): Promise<Outcome> {
  const found = await keyToKeep(ports, { actor, accessKeyId });
  if (found.kind === "refused") return found;
  const { rotateAfterMs } = ports.settings.limits;
  const kept = await change(ports, {
    about: { accessKeyId },
    decide: (recorded, at) => decideKeep(recorded, { actorId: actor.userId, reason, rotateAfterMs, at }),
  });
  return kept.kind === "refused" ? kept : kept.step.say;
}

export function decideKeep(
  { key }: Recorded,
  click: { actorId: string; reason: string; rotateAfterMs: number | null; at: number },
) {
  const { actorId, reason, rotateAfterMs, at } = click;
  if (key === null) return refused("unknown_key");
  const may = mayUseKey(key, actorId);
  if (may.kind === "refused") return may;
  const whyNot = whyNotKept(key, at, rotateAfterMs);
  if (whyNot) return whyNot;
  return step(actorId, {
    key: { to: key.state, age: keptAge(key.age, { at, reason }), event: "key.kept" as const },
    say: done("kept", { keyName: key.keyName, until: at + (rotateAfterMs ?? 0) }),
  });
}
