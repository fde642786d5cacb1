import { reasonProblem } from "../domain/input-rules";
import type { Key } from "../domain/key";
import type { Life } from "../domain/key-end";
import type { Format } from "../domain/permission";
import type { Actor } from "../domain/person";
import { needsPeople } from "../domain/policy/judge";
import { type Refusal, refused } from "../domain/refusal";
import { formatOf, type KeyAsked } from "../domain/request";
import { OVERLAPS_MS, whyNotRotated } from "../domain/rotation";
import { mayUseKey } from "../domain/who-may";
import type { ChangePorts } from "./change";
import type { CheckPorts } from "./check-person";
import { type Requester, requireRequester } from "./check-requester";
import { type Created, type CreatePorts, checkApprovals, createdBy, type InvalidField, record } from "./create";

/** The key that somebody may rotate, before they are shown the form, with how its secrets are shown. */
export async function keyToRotate(
  ports: CheckPorts & Pick<ChangePorts, "store">,
  { actor, accessKeyId }: { actor: Actor; accessKeyId: string },
): Promise<{ kind: "found"; key: Key; format: Format; needsApproval: boolean; requester: Requester } | Refusal> {
  const found = await ports.store.read(async (stored) => {
    const key = await stored.keys.find(accessKeyId);
    return { key, request: key && (await stored.requests.findReadable(key.requestId)) };
  });
  const { key } = found;
  const own = key?.ownerId === actor.userId ? key : null;
  const requester = await requireRequester(ports, actor, own?.access ?? null);
  if (requester.kind === "refused") return requester;
  if (key === null) return refused("unknown_key");
  const may = mayUseKey(key, actor.userId);
  if (may.kind === "refused") return may;
  const needsApproval = needsPeople(key.access, requester.policy);
  return { kind: "found", key, format: formatOf(found.request), needsApproval, requester };
}

/**
 * Asks for a second key that takes the place of one that is there, with the same access, until the same end. The first one works on
 * until its time is told, once the second is on.
 * @param input `viewId` is the form's: sent twice, it gives the first request again
 */
export async function askForOverlap(
  ports: CreatePorts,
  input: { actor: Actor; viewId: string; accessKeyId: string; overlapMs: number; reason: string | null },
): Promise<Created | InvalidField | Refusal> {
  const { actor, viewId, accessKeyId, overlapMs, reason } = input;
  const earlier = await ports.store.read((stored) => createdBy(stored, viewId, actor.userId));
  if (earlier) return earlier;
  const found = await keyToRotate(ports, { actor, accessKeyId });
  if (found.kind === "refused") return found;
  const { key, format, needsApproval } = found;
  const whyNot = whyNotRotated(key, ports.store.now());
  if (whyNot) return whyNot;
  const { keyName, access, endpoint } = key;
  const { ids, policy } = found.requester;
  const problem = reasonProblem(reason, needsApproval);
  if (problem !== null) return { kind: "invalid", field: "reason", problem };
  const [dm, approvals] = await Promise.all([
    ports.messenger.openDm(actor.userId),
    needsApproval ? checkApprovals(ports, { ids, policy, access }) : null,
  ]);
  if (approvals) return approvals;
  if (dm.kind === "unavailable") return refused("dm_unavailable", { slackCode: dm.reason });
  const rotates = { accessKeyId, overlapMs: offeredOverlap(overlapMs) };
  const asked: KeyAsked = { kind: "key", format, life: lifeLike(key), keyName, access, endpoint, rotates };
  return record(ports, { requesterId: actor.userId, viewId, dmChannelId: dm.channelId, asked, reason, policy });
}

/** The longest of those that are offered and no longer than that: what comes with a form may be anything. */
function offeredOverlap(overlapMs: number): number {
  return OVERLAPS_MS.findLast((ms) => ms <= overlapMs) ?? OVERLAPS_MS[0];
}

/** Until the same end. */
function lifeLike({ end }: Key): Life {
  return end === null ? { kind: "open" } : { kind: "until", at: end.at };
}
