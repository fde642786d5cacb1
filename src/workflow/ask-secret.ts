import { reasonProblem } from "../domain/input-rules";
import type { Key } from "../domain/key";
import type { Actor } from "../domain/person";
import { needsPeople } from "../domain/policy/judge";
import { type Refusal, refused } from "../domain/refusal";
import type { ExtendAsked, ResumeAsked, SecretAsked } from "../domain/request";
import { mayUseKey } from "../domain/who-may";
import type { ChangePorts } from "./change";
import type { CheckPorts } from "./check-person";
import { type Requester, requireRequester } from "./check-requester";
import {
  type Created,
  type CreatePorts,
  checkApprovals,
  createdBy,
  type InvalidField,
  record,
  whyNotAsked,
} from "./create";

/** What may be asked about a key that is there. */
export type AskedOfKey = (SecretAsked | ResumeAsked | ExtendAsked)["kind"];

/** The key that somebody may ask something of, before they are shown the form for the reason. */
export async function keyToAskFor(
  ports: CheckPorts & Pick<ChangePorts, "store" | "clock">,
  { actor, accessKeyId, kind }: { actor: Actor; accessKeyId: string; kind: AskedOfKey },
): Promise<{ kind: "found"; key: Key; requester: Requester } | Refusal> {
  const key = await ports.store.read((stored) => stored.keys.find(accessKeyId));
  const own = key?.ownerId === actor.userId ? key : null;
  const requester = await requireRequester(ports, actor, own?.access ?? null);
  if (requester.kind === "refused") return requester;
  if (key === null) return refused("unknown_key");
  const may = mayUseKey(key, actor.userId);
  if (may.kind === "refused") return may;
  const { keyName, access, endpoint } = key;
  const whyNot = whyNotAsked({ kind, accessKeyId, keyName, access, endpoint }, key, {
    ownerId: actor.userId,
    at: ports.store.now(),
  });
  return whyNot ?? { kind: "found", key, requester };
}

/**
 * Asks for a new secret of a key whose kind needs an approval, for a paused one to work again, or for one to live on. The old secret
 * works until the new one is revealed.
 * @param input `viewId` is the form's: sent twice, it gives the first request again
 */
export async function askForSecret(
  ports: CreatePorts,
  input: { actor: Actor; viewId: string; accessKeyId: string; kind: AskedOfKey; reason: string | null },
): Promise<Created | InvalidField | Refusal> {
  const { actor, viewId, accessKeyId, kind, reason } = input;
  const earlier = await ports.store.read((stored) => createdBy(stored, viewId, actor.userId));
  if (earlier) return earlier;
  const found = await keyToAskFor(ports, { actor, accessKeyId, kind });
  if (found.kind === "refused") return found;
  const { keyName, access, endpoint } = found.key;
  const { ids, policy } = found.requester;
  const asksPeople = needsPeople(access, policy);
  const problem = reasonProblem(reason, asksPeople);
  if (problem !== null) return { kind: "invalid", field: "reason", problem };
  const [dm, approvals] = await Promise.all([
    ports.messenger.openDm(actor.userId),
    asksPeople ? checkApprovals(ports, { ids, policy, access }) : null,
  ]);
  if (approvals) return approvals;
  if (dm.kind === "unavailable") return refused("dm_unavailable", { slackCode: dm.reason });
  const asked = { kind, accessKeyId, keyName, access, endpoint };
  return record(ports, { requesterId: actor.userId, viewId, dmChannelId: dm.channelId, asked, reason, policy });
}
