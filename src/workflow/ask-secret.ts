import { reasonProblem } from "../domain/input-rules";
import type { Key } from "../domain/key";
import { startRotation } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { needsApproval } from "../domain/policy";
import { type Refusal, refused } from "../domain/refusal";
import { mayUseKey } from "../domain/who-may";
import type { ChangePorts } from "./change";
import { type CheckPorts, requireRequester } from "./check-person";
import { type Created, type CreatePorts, checkApprovals, createdBy, type InvalidField, record } from "./create";

/** The key that somebody may ask a new secret of, before they are shown the form for the reason. */
export async function keyToAskFor(
  ports: CheckPorts & Pick<ChangePorts, "store">,
  { actor, accessKeyId }: { actor: Actor; accessKeyId: string },
): Promise<{ kind: "found"; key: Key } | Refusal> {
  const allowed = await requireRequester(ports, actor);
  if (allowed.kind === "refused") return allowed;
  const key = await ports.store.read((stored) => stored.keys.find(accessKeyId));
  if (key === null) return refused("unknown_key");
  const may = mayUseKey(key, actor.userId);
  if (may.kind === "refused") return may;
  const moved = startRotation(key);
  return moved.kind === "refused" ? moved : { kind: "found", key };
}

/**
 * Asks for a new secret of a key whose kind needs an approval. The old one works until the new one is revealed.
 * @param input `viewId` is the form's: sent twice, it gives the first request again
 */
export async function askForSecret(
  ports: CreatePorts,
  input: { actor: Actor; viewId: string; accessKeyId: string; reason: string | null },
): Promise<Created | InvalidField | Refusal> {
  const { actor, viewId, accessKeyId, reason } = input;
  const earlier = await ports.store.read((stored) => createdBy(stored, viewId, actor.userId));
  if (earlier) return earlier;
  const found = await keyToAskFor(ports, { actor, accessKeyId });
  if (found.kind === "refused") return found;
  const { keyName, access, endpoint } = found.key;
  const asksPeople = needsApproval(access, ports.settings.policy.approvalFor);
  const problem = reasonProblem(reason, asksPeople);
  if (problem !== null) return { kind: "invalid", field: "reason", problem };
  const [dm, approvals] = await Promise.all([
    ports.messenger.openDm(actor.userId),
    asksPeople ? checkApprovals(ports, actor.userId) : null,
  ]);
  if (approvals) return approvals;
  if (dm.kind === "unavailable") return refused("dm_unavailable", { slackCode: dm.reason });
  const asked = { kind: "secret", accessKeyId, keyName, access, endpoint } as const;
  return record(ports, { requesterId: actor.userId, viewId, dmChannelId: dm.channelId, asked, reason });
}
